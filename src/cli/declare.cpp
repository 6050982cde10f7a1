#include "declare.hpp"

#include <fmt/format.h>

#include <cmath>

#include "examples.hpp"
#include "gigasim/units/printable.hpp"
#include "gigasim/units/text.hpp"

namespace gigasim::cli {
namespace {

/// Ends the help of every subcommand with the exit codes that it has, and an example.
void add_footers(CLI::App& app, const std::string& words) {
  for (CLI::App* command : app.get_subcommands([](CLI::App*) { return true; })) {
    const std::string name = words.empty() ? command->get_name() : words + ' ' + command->get_name();
    const std::string_view example = example_of(name);
    const std::string shown = example.empty() ? "" : fmt::format("\nExample: {}", example);
    if (!example.empty()) command->footer("\n" + exit_code_help(name) + shown);
    add_footers(*command, name);
  }
}

}  // namespace

CLI::Validator positive_number() {
  const auto breach = [](const std::string& text) {
    const auto number = units::parse_number(text);
    if (!number || !std::isfinite(*number)) return fmt::format("must be a number, got {}", text);
    return *number > 0.0 ? std::string{} : fmt::format("must be more than zero, got {}", text);
  };
  return CLI::Validator{breach, "POSITIVE"};
}

void declare(CLI::App& app, GlobalOptions& options, Action& action) {
  app.name("gigasim");
  app.description("gigasim: a discrete-event simulator of the European network of AI factories and AI gigafactories");
  app.footer("\n" + exit_code_help() + "\nStart with: gigasim init my.yaml && gigasim run my.yaml");
  app.set_version_flag("--version", "gigasim " GIGASIM_VERSION);
  app.require_subcommand(1);
  app.fallthrough();  // global options may stand before or after the subcommand

  app.add_option("--color", options.colour, "colour the output")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->capture_default_str();
  app.add_flag("-q,--quiet", options.quiet, "only errors on stderr");
  app.add_flag("-v,--verbose", options.verbose, "more on stderr");
  app.add_flag("--no-progress", options.no_progress, "no progress line");

  add_scenario_commands(app, options, action);
  add_run_commands(app, options, action);
  add_import_command(app, options, action);
  add_report_command(app, options, action);
  add_explain_command(app, options, action);
  add_cost_commands(app, options, action);
  add_profile_command(app, options, action);
  add_baseline_commands(app, options, action);
  add_catalogue_commands(app, options, action);
  add_models_commands(app, options, action);
  add_metrics_commands(app, options, action);
  add_help_commands(app, options, action);
  add_footers(app, "");
}

void suggest_command(const CLI::App& app, const std::string& word) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    names.push_back(command->get_name());
  }
  const auto guess = units::nearest(word, names);
  fmt::print(stderr, "\"{}\" is no subcommand{}\n", units::printable(word),
             guess ? fmt::format(", did you mean \"{}\"?", *guess) : "");
}

}  // namespace gigasim::cli
