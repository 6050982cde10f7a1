#include "own_tables.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "commands.hpp"
#include "gigasim/catalogue/overlay.hpp"
#include "gigasim/scenario/load.hpp"
#include "gigasim/units/input_file.hpp"

namespace gigasim::cli {

void use_own_tables(const std::vector<std::pair<std::string, std::string>>& kinds_and_files) {
  std::vector<catalogue::OverlayFile> files;
  for (const auto& [kind, file] : kinds_and_files) {
    if (const std::string why = units::why_not_a_file(file); !why.empty()) {
      throw UsageError(fmt::format("{}: cannot be read: {}", file, why));
    }
    std::ifstream in{file, std::ios::binary};
    if (!in) throw UsageError(fmt::format("{}: cannot be read", file));
    files.push_back({kind, file, {std::istreambuf_iterator<char>{in}, std::istreambuf_iterator<char>{}}});
  }
  std::vector<catalogue::OverlayProblem> problems;
  catalogue::use_edition(catalogue::edition_with(files, problems));
  std::vector<std::string> messages;
  messages.reserve(problems.size());
  for (const auto& problem : problems) {
    messages.push_back(fmt::format("{}:{}:{}: {}", problem.file, problem.line, problem.column, problem.text));
  }
  if (!messages.empty()) throw scenario::ScenarioError{messages};
}

}  // namespace gigasim::cli
