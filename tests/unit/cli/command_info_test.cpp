#include "command_info.hpp"

#include <catch2/catch.hpp>

#include "declare.hpp"
#include "sample_app.hpp"

using namespace gigasim::cli;

TEST_CASE("the declared command line is read back as plain values", "[cli][help]") {
  const sample::SampleApp sample;
  const CommandInfo root = describe(sample.app);
  REQUIRE(root.subcommands.size() == 2);
  const CommandInfo& run = root.subcommands[0];
  CHECK(run.joined("-") == "sim-run");
  REQUIRE(run.options.size() == 4);  // the hidden one is left out
  CHECK(run.options[1].names == std::vector<std::string>{"-o", "--output"});
  CHECK(run.options[1].value.name == "DIR");
  CHECK(run.options[1].value.offer == Offer::kFolders);
  CHECK(run.options[2].many);
  CHECK(run.options[3].value.name.empty());
  REQUIRE(run.positionals.size() == 1);
  CHECK(run.positionals[0].value.name == "SCENARIO");
  CHECK(run.positionals[0].value.offer == Offer::kScenarios);
  CHECK(run.positionals[0].required);
  REQUIRE(run.inherited.size() == 1);  // not --help, which every command has of its own
  CHECK(run.inherited[0].value.words == std::vector<std::string>{"auto", "never"});
  CHECK(run.inherited[0].value.default_text == "auto");
}

TEST_CASE("nested subcommands inherit through all levels", "[cli][help]") {
  const sample::SampleApp sample;
  const CommandInfo root = describe(sample.app);
  const CommandInfo& list = root.subcommands[1].subcommands[0];
  CHECK(list.words() == "facts list");
  CHECK(list.positionals[0].value.words == std::vector<std::string>{"a", "b"});
  CHECK(list.inherited.size() == 1);
  CHECK(flattened(root).size() == 4);
}

TEST_CASE("every positional of gigasim has something to offer", "[cli][help]") {
  CLI::App app;
  GlobalOptions options;
  Action action;
  declare(app, options, action);
  const CommandInfo root = describe(app);
  for (const CommandInfo* command : flattened(root)) {
    for (const auto& positional : command->positionals) {
      if (positional.value.name == "JOB") continue;  // its result alone knows it
      INFO(command->words() << ' ' << positional.value.name << " is not in the vocabulary of value_words.cpp");
      CHECK(positional.value.offer != Offer::kNothing);
    }
  }
}
