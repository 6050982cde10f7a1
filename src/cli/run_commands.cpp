#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <csignal>
#include <filesystem>
#include <memory>
#include <optional>

#include "commands.hpp"
#include "gigasim/engine/run.hpp"
#include "gigasim/metrics/expectations.hpp"
#include "gigasim/report/report.hpp"
#include "gigasim/scheduling/queue_policy.hpp"
#include "progress.hpp"
#include "read_each.hpp"
#include "replay_scenario.hpp"
#include "scenario_options.hpp"
#include "simulate.hpp"
#include "tournament.hpp"

namespace gigasim::cli {
namespace {

struct OutputOptions {
  std::string folder;
  bool no_folder = false;
  std::string format = "table";
  LargeRuns large = LargeRuns::kRefuse;

  void declare(CLI::App& command, const std::string& folder_help) {
    command.add_option("-o,--output", folder, folder_help)->type_name("DIR");
    command.add_option("--format", format, "what goes to stdout")
        ->check(CLI::IsMember({"table", "json", "csv", "md"}))
        ->capture_default_str();
    declare_yes(command, large);
  }
};

/// Tells on stderr which expectations are not met, unless the report on stdout has told it already.
ExitCode verdict(const metrics::Results& results, bool told_in_report) {
  const auto outcomes = metrics::check_expectations(results);
  std::size_t missed = 0;
  for (const auto& outcome : outcomes) {
    if (outcome.verdict == metrics::Verdict::kMet) continue;
    ++missed;
    if (!told_in_report) {
      spdlog::error("{}: {}", outcome.expectation.at, report::expectation_line(outcome));
    }
  }
  if (missed == 0) return ExitCode::kSuccess;
  spdlog::error("{} of {} expectation{} not met", missed, outcomes.size(), outcomes.size() == 1 ? " is" : "s are");
  return ExitCode::kExpectationBreached;
}

/// The results that two commands share: load is done, this simulates, checks, writes and prints.
ExitCode simulate(scenario::Loaded loaded, const OutputOptions& output, const GlobalOptions& options) {
  for (const auto& warning : loaded.warnings) spdlog::warn("{}", warning);
  ProgressLine progress(loaded.scenario);
  LongPlanWarning long_plan(loaded.scenario);
  const bool drawn = !options.no_progress && !options.quiet;
  const auto on_progress = [&](const engine::Progress& p) {
    if (drawn) progress.update(p);
    long_plan.update(p);
  };
  const auto results = run_into(output.folder, loaded, output.large, on_progress);
  if (output.format == "json") print(report::to_json(results));
  if (output.format == "csv") print(report::to_csv(results));
  if (output.format == "md") print(report::to_markdown(results));
  if (output.format == "table") print(report::to_table(results, table_style(options)));
  if (!output.folder.empty()) spdlog::info("results are in {}", output.folder);
  if (results.complete) return verdict(results, output.format == "table" || output.format == "md");
  spdlog::warn("interrupted: these results cover only what was simulated and are marked incomplete{}",
               results.scenario.expectations.empty() ? "" : "; the expectations are not checked");
  return stop_signal() == SIGTERM ? ExitCode::kTerminated : ExitCode::kInterrupted;
}

void add_run(CLI::App& app, const GlobalOptions& options, Action& action) {
  auto* command = app.add_subcommand("run", "simulate a scenario and report throughput, energy and queue times");
  auto scenario = std::make_shared<ScenarioOptions>();
  scenario->declare(*command);
  auto output = std::make_shared<OutputOptions>();
  output->declare(*command, "result folder [results/SCENARIO or results/SCENARIO-VARIANT]");
  command->add_flag("--no-output", output->no_folder, "write no result folder");
  command->callback([=, &options, &action] {
    action = [=, &options] {
      if (output->no_folder && !output->folder.empty()) throw UsageError("--no-output and --output exclude each other");
      if (!output->no_folder && output->folder.empty()) {
        output->folder = default_folder(scenario->file, scenario->variant);
      }
      return simulate(scenario->load(), *output, options);
    };
  });
}

void add_replay(CLI::App& app, const GlobalOptions& options, Action& action) {
  auto* command =
      app.add_subcommand("replay", "replay a batch log (SWF, or a table of `gigasim import`; also .gz) on one machine");
  auto replay = std::make_shared<ReplayOptions>();
  command->add_option("LOG", replay->log, "log in Standard Workload Format, or a table of jobs; - is standard input")
      ->required();
  command->add_option("--accelerators", replay->accelerators, "size of the machine")
      ->required()
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{100'000'000}));
  auto policy_words = scheduling::queue_policy_names();
  policy_words.emplace_back(kAllPolicies);
  auto policies = std::make_shared<std::vector<std::string>>();
  command
      ->add_option("--policy", *policies,
                   "queue policy; with several, or all, one table sets them side by side; may be repeated")
      ->expected(1)
      ->take_all()
      ->check(CLI::IsMember(policy_words))
      ->default_str(replay->queue_policy);
  command->add_option("--recorded-on", replay->recorded_on,
                      "accelerator on which the log was recorded: its jobs run at another speed on --accelerator "
                      "(default: its times hold there)");
  command
      ->add_option("--recorded-class", replay->recorded_class,
                   "with --recorded-on: class of its jobs, of `speed-ratios`")
      ->check(CLI::IsMember({"pretrain", "sft", "eval", "mllm", "other", "debug"}))
      ->capture_default_str();
  command->add_option("--overrun", replay->overrun, "what becomes of a job that reaches its walltime")
      ->check(CLI::IsMember({"kill", "extend"}))
      ->capture_default_str();
  command->add_option("--estimate", replay->estimate, "what schedulers take a job's runtime to be")
      ->check(CLI::IsMember({"request", "actual"}))
      ->capture_default_str();
  command->add_option("--accelerator", replay->accelerator, "type, for energy and H100 equivalents")
      ->capture_default_str();
  command
      ->add_option("--accelerators-per-processor", replay->accelerators_per_processor,
                   "accelerators that stand for one processor of the log")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  command->add_flag("--strict", replay->strict, "a row that cannot be read refuses the log, with its place");
  declare_settings(*command, replay->settings,
                   "a rule of the policies that have it, as in --set scheduling.priority.size=1000 or --set "
                   "scheduling.backfill.depth=100; may be repeated");
  auto output = std::make_shared<OutputOptions>();
  output->declare(*command, "result folder; with several policies, one for each inside [none is written]");
  command->callback([=, &options, &action] {
    action = [=, &options] {
      const auto chosen = chosen_policies(*policies);
      if (chosen.size() > 1) {
        return run_tournament(*replay, chosen, output->folder, output->large, report_format(output->format),
                              table_style(options));
      }
      if (!chosen.empty()) replay->queue_policy = chosen.front();
      return simulate(replay_scenario(*replay), *output, options);
    };
  });
}

ExitCode compare(const std::vector<std::string>& paths, const std::string& format, const std::string& group, bool all,
                 const GlobalOptions& options) {
  if (!group.empty() && format == "json") throw UsageError("--format json holds all groups: leave --group out");
  std::vector<report::Summary> summaries;
  read_each(paths, [&](const std::string& path) {
    summaries.push_back(report::read_summary(path));
    if (!group.empty()) report::show_group(summaries.back(), group);
  });
  print(report::compare(summaries, report_format(format), table_style(options), all));
  return ExitCode::kSuccess;
}

void add_compare(CLI::App& app, const GlobalOptions& options, Action& action) {
  auto* command = app.add_subcommand("compare", "set the metrics of several results side by side");
  auto paths = std::make_shared<std::vector<std::string>>();
  command->add_option("RESULT", *paths, "result folders or results.json files; differences are to the first")
      ->required()
      ->expected(2, -1);
  auto format = std::make_shared<std::string>("table");
  command->add_option("--format", *format, "what goes to stdout")
      ->check(CLI::IsMember({"table", "json", "csv", "md"}))
      ->capture_default_str();
  auto group = std::make_shared<std::string>();
  command->add_option("--group", *group, "a group instead of the network: site=jaif, stream=research, user_type=sme");
  auto all = std::make_shared<bool>(false);
  command->add_flag("--all", *all, "tables show every metric, not the 15 that say most");
  command->callback(
      [=, &options, &action] { action = [=, &options] { return compare(*paths, *format, *group, *all, options); }; });
}

}  // namespace

void add_run_commands(CLI::App& app, const GlobalOptions& options, Action& action) {
  add_run(app, options, action);
  add_replay(app, options, action);
  add_compare(app, options, action);
}

}  // namespace gigasim::cli
