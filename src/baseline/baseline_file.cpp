#include <fmt/format.h>

#include <cerrno>
#include <fstream>
#include <iterator>
#include <system_error>

#include "gigasim/baseline/baseline.hpp"
#include "gigasim/report/files.hpp"
#include "gigasim/units/input_file.hpp"

namespace gigasim::baseline {

Baseline read(const std::filesystem::path& file) {
  const std::string why = units::why_not_a_file(file);
  if (why == "is a directory") {
    throw scenario::ScenarioError({fmt::format("{}: a folder, not a baseline", file.string())});
  }
  if (!why.empty()) throw scenario::ScenarioError({fmt::format("{}: cannot be read: {}", file.string(), why)});
  std::ifstream in{file, std::ios::binary};
  if (!in) {
    throw scenario::ScenarioError(
        {fmt::format("{}: cannot be read: {}", file.string(), std::generic_category().message(errno))});
  }
  return parse(std::string{std::istreambuf_iterator<char>{in}, std::istreambuf_iterator<char>{}}, file.string());
}

void write(const std::filesystem::path& file, const Baseline& baseline) {
  report::replace_file(file, to_text(baseline));
}

}  // namespace gigasim::baseline
