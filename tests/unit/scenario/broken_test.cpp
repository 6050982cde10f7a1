#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "gigasim/workload/request_trace.hpp"
#include "scenario_files.hpp"

using namespace gigasim::scenario;

namespace {

struct Case {
  std::string file;
  std::string messages;  ///< one per line
};

/// Reads tests/broken/expected.txt: `== FILE FLAG`, then the messages.
std::vector<Case> expectations() {
  std::ifstream table{"expected.txt"};
  std::vector<Case> cases;
  for (std::string line; std::getline(table, line);) {
    if (line.starts_with("== ")) {
      std::istringstream words{line.substr(3)};
      cases.emplace_back();
      words >> cases.back().file;
    } else if (!cases.empty() && !line.empty()) {
      cases.back().messages += line + "\n";
    }
  }
  return cases;
}

std::string messages_of(const std::string& file) {
  try {
    static_cast<void>(load(file, {"", {}, metrics_of_tests(), gigasim::workload::read_request_trace}));
  } catch (const ScenarioError& error) {
    std::string all;
    for (const std::string& message : error.messages()) all += message + "\n";
    return all;
  }
  return "(no error)";
}

}  // namespace

TEST_CASE("every broken scenario is refused with exactly the messages of the table", "[scenario][broken]") {
  std::filesystem::current_path(GIGASIM_SOURCE_DIR "/tests/broken");
  const auto cases = expectations();
  REQUIRE(cases.size() >= 30);
  for (const Case& broken : cases) {
    INFO(broken.file);
    CHECK(messages_of(broken.file) == broken.messages);
  }
}

TEST_CASE("every file among the broken scenarios stands in the table", "[scenario][broken]") {
  std::filesystem::current_path(GIGASIM_SOURCE_DIR "/tests/broken");
  const auto cases = expectations();
  for (const auto& file : std::filesystem::directory_iterator{"."}) {
    if (file.path().extension() != ".yaml") continue;
    INFO(file.path());
    CHECK(std::any_of(cases.begin(), cases.end(), [&](const Case& c) { return c.file == file.path().filename(); }));
  }
}
