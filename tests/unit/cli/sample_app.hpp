#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace sample {

/// A small command line with one of everything.
struct SampleApp {
  CLI::App app{"sim: a simulator", "sim"};
  std::string colour = "auto", file, folder, kind;
  std::vector<std::string> settings;
  bool quiet = false;

  SampleApp() {
    app.fallthrough();
    app.require_subcommand(1);
    app.set_help_flag("-h,--help", "help");
    app.add_option("--color", colour, "colour it")->check(CLI::IsMember({"auto", "never"}))->capture_default_str();
    auto* run = app.add_subcommand("run", "simulate [it]: don't wait");
    run->add_option("SCENARIO", file, "a `scenario`")->required();
    run->add_option("-o,--output", folder, "where\\to")->type_name("DIR");
    run->add_option("--set", settings, "change it")->type_name("PATH=VALUE")->expected(1)->take_all();
    run->add_flag("-q,--quiet", quiet, ".silent");
    run->add_flag("--hidden", quiet, "not shown")->group("");
    auto* facts = app.add_subcommand("facts", "what is known");
    facts->require_subcommand(1);
    facts->add_subcommand("list", "all")->add_option("WHAT", kind, "which")->check(CLI::IsMember({"a", "b"}));
  }
};

}  // namespace sample
