#include "file_bytes.hpp"

#include <fmt/format.h>

#include <fstream>
#include <system_error>
#include <utility>

#include "text_check.hpp"

namespace gigasim::scenario {

namespace fs = std::filesystem;

FileBytes read_file_bytes(const fs::path& file, const char* what) {
  std::error_code error;
  const auto status = fs::status(file, error);
  if (!fs::exists(status))
    return {"", error && error != std::errc::no_such_file_or_directory ? error.message() : "file not found"};
  if (fs::is_directory(status)) return {"", fmt::format("is a directory, not {}", what)};
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
