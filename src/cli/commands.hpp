#pragma once

#include <CLI/CLI.hpp>
#include <functional>

#include "exit_code.hpp"
#include "output.hpp"
#include "terminal.hpp"

namespace gigasim::cli {

/// What a subcommand does once the command line is read. Errors of the user and of the machine come as exceptions.
using Action = std::function<ExitCode()>;

/// Each function declares its subcommands on `app` and sets `action` when one of them is chosen. `options` is filled
/// before the action runs.
void add_scenario_commands(CLI::App& app, const GlobalOptions& options, Action& action);   // init validate show schema
void add_run_commands(CLI::App& app, const GlobalOptions& options, Action& action);        // run replay compare
void add_import_command(CLI::App& app, const GlobalOptions& options, Action& action);      // import
void add_report_command(CLI::App& app, const GlobalOptions& options, Action& action);      // report
void add_explain_command(CLI::App& app, const GlobalOptions& options, Action& action);     // explain
void add_cost_commands(CLI::App& app, const GlobalOptions& options, Action& action);       // cost
void add_profile_command(CLI::App& app, const GlobalOptions& options, Action& action);     // check
void add_baseline_commands(CLI::App& app, const GlobalOptions& options, Action& action);   // baseline
void add_catalogue_commands(CLI::App& app, const GlobalOptions& options, Action& action);  // catalogue
void add_models_commands(CLI::App& app, const GlobalOptions& options, Action& action);     // models
void add_metrics_commands(CLI::App& app, const GlobalOptions& options, Action& action);    // metrics
void add_help_commands(CLI::App& app, const GlobalOptions& options, Action& action);       // completion man

/// Wrong use that only shows after parsing (a path that cannot be written, ...): exit code 2.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace gigasim::cli
