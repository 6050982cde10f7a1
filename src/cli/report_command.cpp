#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <memory>
#include <set>

#include "baseline_targets.hpp"
#include "commands.hpp"
#include "gigasim/report/html.hpp"
#include "gigasim/report/report.hpp"
#include "output.hpp"
#include "read_each.hpp"
#include "scenario_options.hpp"
#include "scenario_pool.hpp"
#include "simulate.hpp"

namespace gigasim::cli {
namespace {

bool is_scenario(const std::filesystem::path& path) {
  return path.extension() == ".yaml" || path.extension() == ".yml";
}

/// The scenarios with their variants, or only the named ones, to be run into the usual folders. Throws
/// scenario::ScenarioError for a mistake in any of them, before the first is run, and UsageError for an unknown
/// variant.
std::vector<PoolRun> runs_of(const std::vector<std::string>& paths, const std::vector<std::string>& variants) {
  std::vector<std::string> scenarios;
  std::copy_if(paths.begin(), paths.end(), std::back_inserter(scenarios), is_scenario);
  std::vector<PoolRun> runs;
  std::set<std::filesystem::path> folders;
  for (const BaselineTarget& target : baseline_targets(scenarios, variants, "")) {
    ScenarioOptions options;
    options.file = target.scenario.string();
    options.variant = target.variant;
    static_cast<void>(options.load());
    runs.push_back({target.scenario, target.variant, default_folder(target.scenario, target.variant), {}, {}});
    report::check_folder(runs.back().folder);
    if (!folders.insert(runs.back().folder).second) {
      throw UsageError(fmt::format("two runs would both be written to {}", runs.back().folder.string()));
    }
  }
  return runs;
}

/// The results to be shown: those that are there, and those of the runs, in the order in which they were named.
std::vector<std::string> results_of(const std::vector<std::string>& paths, const std::vector<PoolRun>& runs) {
  std::vector<std::string> results;
  for (const std::string& path : paths) {
    if (!is_scenario(path)) results.push_back(path);
    for (const PoolRun& run : runs) {
      if (run.scenario == path) results.push_back(run.folder.string());
    }
  }
  if (results.size() > report::HtmlReport::kMostResults) {
    throw UsageError(
        fmt::format("{} results do not fit beside each other: a page takes up to {} (choose with --variant)",
                    results.size(), report::HtmlReport::kMostResults));
  }
  return results;
}

ExitCode write_report(const std::vector<std::string>& paths, const std::vector<std::string>& variants,
                      const std::string& file, LargeRuns large) {
  const std::vector<std::filesystem::path> inputs(paths.begin(), paths.end());
  if (file != "-") {
    for (const std::filesystem::path& input : inputs) {
      report::refuse_to_overwrite(file, {{input, input / "results.json", input / "manifest.json"}});
    }
  }
  std::vector<PoolRun> runs = runs_of(paths, variants);
  for (PoolRun& run : runs) run.large = large;
  const std::vector<std::string> results = results_of(paths, runs);
  if (!runs.empty()) {
    spdlog::info("simulating {} run{}, {} at a time", runs.size(), runs.size() == 1 ? "" : "s", usual_processes());
    run_all(runs, usual_processes());
    if (const ExitCode code = worst(runs); code != ExitCode::kSuccess) return code;
  }
  report::HtmlReport html;
  read_each(results, [&](const std::string& path) { html.add(path); });
  if (file == "-") {
    print_as_is(html.page());
    return ExitCode::kSuccess;
  }
  write_text(file, html.page());
  spdlog::info("the report is in {}", file);
  return ExitCode::kSuccess;
}

}  // namespace

void add_report_command(CLI::App& app, const GlobalOptions& /*options*/, Action& action) {
  auto* command =
      app.add_subcommand("report", "write an HTML page on scenarios or results, to read, print and forward");
  auto paths = std::make_shared<std::vector<std::string>>();
  command
      ->add_option("RESULT", *paths,
                   "result folders, or scenario files (.yaml), which are run first with all their variants; the others "
                   "are compared with the first")
      ->required()
      ->expected(1, static_cast<int>(report::HtmlReport::kMostResults));
  auto variants = std::make_shared<std::vector<std::string>>();
  command
      ->add_option("--variant", *variants,
                   "of scenario files only this variant; \"base\" is the scenario itself; may be repeated")
      ->type_name("NAME")
      ->expected(1)
      ->take_all();
  auto file = std::make_shared<std::string>("report.html");
  command->add_option("-o,--output", *file, "file to write; - for stdout")->type_name("FILE")->capture_default_str();
  auto large = std::make_shared<LargeRuns>(LargeRuns::kRefuse);
  declare_yes(*command, *large);
  command->callback([=, &action] { action = [=] { return write_report(*paths, *variants, *file, *large); }; });
}

}  // namespace gigasim::cli
