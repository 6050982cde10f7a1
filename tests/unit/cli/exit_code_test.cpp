#include "exit_code.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "command_info.hpp"
#include "declare.hpp"

using namespace gigasim::cli;

TEST_CASE("docs/exit-codes.md is what the table says", "[cli][docs]") {
  const std::string path = GIGASIM_SOURCE_DIR "/docs/exit-codes.md";
  if (std::getenv("GIGASIM_UPDATE_DOCS") != nullptr) std::ofstream{path, std::ios::binary} << exit_code_markdown();
  std::ifstream stream{path, std::ios::binary};
  const std::string found{std::istreambuf_iterator<char>{stream}, {}};
  INFO("docs/exit-codes.md is out of date: run this test once with GIGASIM_UPDATE_DOCS=1");
  CHECK((found == exit_code_markdown()));
}

TEST_CASE("the subcommands that the exit codes name exist, and none is only a group of others", "[cli][exit]") {
  CLI::App app;
  GlobalOptions options;
  Action action;
  declare(app, options, action);
  const CommandInfo root = describe(app);
  for (const auto& row : exit_codes()) {
    for (const auto name : row.commands) {
      int found = 0;
      for (const CommandInfo* command : flattened(root))
        found += command->words() == name && command->subcommands.empty();
      INFO(name);
      CHECK(found == 1);
    }
  }
}

TEST_CASE("exit codes rise and none is used twice", "[cli][exit]") {
  int last = -1;
  for (const auto& row : exit_codes()) {
    CHECK(static_cast<int>(row.code) > last);
    last = static_cast<int>(row.code);
  }
}
