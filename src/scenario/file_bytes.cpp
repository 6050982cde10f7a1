#include "file_bytes.hpp"

#include <fmt/format.h>

#include <fstream>
#include <utility>

#include "gigasim/units/input_file.hpp"
#include "text_check.hpp"

namespace gigasim::scenario {

namespace fs = std::filesystem;

FileBytes read_file_bytes(const fs::path& file, const char* what) {
  if (const std::string why = units::why_not_a_file(file); !why.empty()) {
    return {"", why == "is a directory" ? fmt::format("is a directory, not {}", what) : why};
  }
  std::ifstream stream{file, std::ios::binary};
  if (!stream) return {"", "cannot be opened"};
  std::string bytes(kLargestFile + 1, '\0');
  stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (stream.bad()) return {"", "cannot be read"};
  bytes.resize(static_cast<std::size_t>(stream.gcount()));
  if (bytes.size() > kLargestFile)
    return {"", fmt::format("is larger than {} MiB", kLargestFile / (std::size_t{1024} * 1024))};
  return {std::move(bytes), ""};
}

}  // namespace gigasim::scenario
