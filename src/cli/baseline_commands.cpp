#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <csignal>
#include <ctime>
#include <filesystem>
#include <memory>

#include "baseline_targets.hpp"
#include "commands.hpp"
#include "gigasim/baseline/comparison.hpp"
#include "gigasim/report/ci.hpp"
#include "gigasim/report/files.hpp"
#include "gigasim/units/calendar.hpp"
#include "gigasim/units/text.hpp"
#include "git_revision.hpp"
#include "scenario_options.hpp"
#include "scenario_pool.hpp"

namespace gigasim::cli {
namespace {

namespace fs = std::filesystem;

void check_scenarios(const std::vector<BaselineTarget>& targets) {
  std::vector<std::string> errors;
  for (const BaselineTarget& target : targets) {
    ScenarioOptions options;
    options.file = target.scenario.string();
    options.variant = target.variant;
    try {
      (void)options.load();
    } catch (const scenario::ScenarioError& error) {
      for (const std::string& message : error.messages()) {
        if (std::find(errors.begin(), errors.end(), message) == errors.end()) errors.push_back(message);
      }
    }
  }
  if (!errors.empty()) throw scenario::ScenarioError(errors);
}

/// What record, check and update have in common.
struct BaselineOptions {
  std::vector<std::string> scenarios, variants;
  std::string baseline;
  int jobs = 0;  // 0: one per processor
  LargeRuns large = LargeRuns::kRefuse;

  void declare(CLI::App& command, const char* place_option, const std::string& place_help) {
    command.add_option("SCENARIO", scenarios, "scenario files, or folders of them; each with all its variants")
        ->required();
    command.add_option("--variant", variants, "only this variant; \"base\" is the scenario itself; may be repeated")
        ->type_name("NAME")
        ->expected(1)
        ->take_all();
    command.add_option(place_option, baseline, place_help)->type_name("PATH");
    command.add_option("-j,--jobs", jobs, "simulations at a time [one per processor]")->check(CLI::Range(1, 4096));
    declare_yes(command, large);
  }

  [[nodiscard]] std::vector<BaselineTarget> targets() const { return baseline_targets(scenarios, variants, baseline); }

  /// Runs all targets, each in a process of its own. Throws scenario::ScenarioError if a scenario is wrong, with each
  /// mistake once, however many variants share it.
  [[nodiscard]] std::vector<PoolRun> run(const std::vector<BaselineTarget>& targets) const {
    check_scenarios(targets);
    std::vector<PoolRun> runs;
    runs.reserve(targets.size());
    for (const BaselineTarget& target : targets) {
      runs.push_back({target.scenario, target.variant, {}, {}, {}, large});
    }
    run_all(runs, jobs > 0 ? jobs : usual_processes());
    return runs;
  }
};

/// Today, or SOURCE_DATE_EPOCH for builds that must be the same any day.
std::string today() {
  const char* epoch = std::getenv("SOURCE_DATE_EPOCH");
  const auto stated = epoch == nullptr ? std::nullopt : units::parse_integer(epoch);
  const units::UtcTime now{stated.value_or(static_cast<std::int64_t>(std::time(nullptr)))};
  return units::format_utc_long(now).substr(0, 10);
}

void report_written(const BaselineTarget& target, const char* what) {
  print(fmt::format("{} {}\n", what, target.baseline.string()));
}

ExitCode record(const BaselineOptions& options, bool force) {
  const auto targets = options.targets();
  std::string existing;
  for (const BaselineTarget& target : targets) {
    if (!force && fs::exists(target.baseline)) existing += "\n  " + target.baseline.string();
  }
  if (!existing.empty()) {
    throw UsageError(
        "these baselines exist; change them with `gigasim baseline update --reason ...`, or give --force:" + existing);
  }
  const auto runs = options.run(targets);
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (runs[i].code != ExitCode::kSuccess) continue;
    baseline::Baseline made;
    made.rules = baseline::default_rules(runs[i].snapshot);
    made.snapshot = {runs[i].snapshot.source, baseline::selected(runs[i].snapshot.entries, made.rules)};
    made.history.push_back({today(), runs[i].snapshot.source.gigasim_version, "recorded"});
    baseline::write(targets[i].baseline, made);
    report_written(targets[i], "recorded");
  }
  return worst(runs);
}

/// Reads the baselines of all targets, before any time is spent on simulating.
std::vector<baseline::Baseline> read_all(const std::vector<BaselineTarget>& targets) {
  std::vector<baseline::Baseline> baselines;
  std::vector<std::string> errors;
  for (const BaselineTarget& target : targets) {
    if (!fs::exists(target.baseline)) {
      errors.push_back(fmt::format("{}: no such baseline; make it with `gigasim baseline record {}{}`",
                                   target.baseline.string(), target.scenario.string(),
                                   target.variant.empty() ? "" : " --variant " + target.variant));
      continue;
    }
    try {
      baselines.push_back(baseline::read(target.baseline));
    } catch (const scenario::ScenarioError& error) {
      errors.insert(errors.end(), error.messages().begin(), error.messages().end());
    }
  }
  if (!errors.empty()) throw scenario::ScenarioError(errors);
  return baselines;
}

struct CheckOutputs {
  std::string format = "table", junit, markdown;
  bool github = false, all = false;
};

constexpr std::size_t kMostListed = 20;

ExitCode check(const BaselineOptions& options, const CheckOutputs& outputs, const GlobalOptions& global) {
  const auto targets = options.targets();
  const auto baselines = read_all(targets);
  const auto runs = options.run(targets);
  const report::TableStyle style = table_style(global);
  std::string text;
  std::string json;
  std::vector<report::CheckSuite> suites;
  bool moved = false;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const std::string title = runs[i].title();
    if (runs[i].code != ExitCode::kSuccess) {
      const std::string problem = fmt::format("it could not be run (exit code {})", static_cast<int>(runs[i].code));
      text += fmt::format("? {}: {}\n", title, problem);
      suites.push_back(
          {title,
           {{"run", "run", report::CheckOutcome::kError, problem, "", runs[i].scenario.generic_string(), 0, 0}}});
      continue;
    }
    const auto comparison = baseline::check(baselines[i], runs[i].snapshot);
    moved = moved || comparison.regressed();
    text += baseline::to_text(comparison, style, outputs.all ? 0 : kMostListed);
    json += (json.empty() ? "" : ",\n") + baseline::to_json(comparison);
    suites.push_back(baseline::to_checks(comparison, title, targets[i].baseline));
  }
  if (outputs.format == "json") text = "[\n" + json + "]\n";
  if (outputs.format == "md") text = report::to_check_markdown(suites);
  print(text);
  if (outputs.github) print(report::to_github_annotations(suites));
  // After the verdict is on stdout: a file that cannot be written must not lose it.
  if (!outputs.junit.empty()) report::replace_file(outputs.junit, report::to_junit(suites));
  if (!outputs.markdown.empty()) report::replace_file(outputs.markdown, report::to_check_markdown(suites));
  const ExitCode code = worst(runs);
  if (code != ExitCode::kSuccess) return code;
  return moved ? ExitCode::kBaselineMoved : ExitCode::kSuccess;
}

ExitCode update(const BaselineOptions& options, const std::string& reason, const GlobalOptions& global) {
  if (reason.find_first_not_of(" \t\n") == std::string::npos) {
    throw UsageError("--reason is empty: say why the figures are right as they are now");
  }
  const auto targets = options.targets();
  auto baselines = read_all(targets);
  const auto runs = options.run(targets);
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (runs[i].code != ExitCode::kSuccess) continue;
    baseline::Baseline& kept = baselines[i];
    const auto& now = runs[i].snapshot;
    const auto comparison = baseline::check(kept, now);
    const bool same = comparison.of(baseline::Change::Kind::kSame).size() == comparison.changes.size();
    if (same && kept.snapshot.source == now.source) {
      report_written(targets[i], "unchanged");
      continue;
    }
    print(baseline::to_text(comparison, table_style(global), kMostListed));
    kept.snapshot = {now.source, baseline::selected(now.entries, kept.rules)};
    kept.history.push_back({today(), now.source.gigasim_version, reason});
    baseline::write(targets[i].baseline, kept);
    report_written(targets[i], "updated");
  }
  return worst(runs);
}

baseline::Snapshot snapshot_of(const std::string& path) {
  if (fs::is_directory(path) || fs::path(path).extension() == ".json") {
    try {
      return baseline::snapshot_of_result(path);
    } catch (const std::runtime_error& error) {
      throw scenario::ScenarioError({error.what()});
    }
  }
  return baseline::read(path).snapshot;
}

ExitCode diff(const std::vector<std::string>& paths, const std::string& revision, const std::string& format, bool all,
              const GlobalOptions& global) {
  if (revision.empty() != (paths.size() == 2)) {
    throw UsageError("give two baselines or results, or one baseline and --against REVISION");
  }
  const auto before =
      revision.empty()
          ? snapshot_of(paths[0])
          : baseline::parse(file_at_revision(paths[0], revision), fmt::format("{}:{}", revision, paths[0])).snapshot;
  const auto comparison = baseline::diff(before, snapshot_of(paths.back()));
  print(format == "json" ? baseline::to_json(comparison)
                         : baseline::to_text(comparison, table_style(global), all ? 0 : kMostListed));
  return ExitCode::kSuccess;
}

void add_record(CLI::App& app, Action& action) {
  auto* command = app.add_subcommand("record", "run scenarios and keep their figures as baselines");
  auto options = std::make_shared<BaselineOptions>();
  options->declare(*command, "-o,--output", "baseline file, or folder of them [baselines/ beside the scenario]");
  auto force = std::make_shared<bool>(false);
  command->add_flag("--force", *force, "replace baselines that exist, their rules and history too");
  command->callback([=, &action] { action = [=] { return record(*options, *force); }; });
}

void add_check(CLI::App& app, const GlobalOptions& global, Action& action) {
  auto* command =
      app.add_subcommand("check", "run scenarios and compare with their baselines; exit code 5 when a figure moved");
  auto options = std::make_shared<BaselineOptions>();
  options->declare(*command, "--baseline", "baseline file, or folder of them [baselines/ beside the scenario]");
  auto outputs = std::make_shared<CheckOutputs>();
  command->add_option("--format", outputs->format, "what goes to stdout")
      ->check(CLI::IsMember({"table", "json", "md"}))
      ->capture_default_str();
  command->add_option("--junit", outputs->junit, "also write JUnit XML")->type_name("FILE");
  command->add_option("--markdown", outputs->markdown, "also write a summary for pull requests")->type_name("FILE");
  command->add_flag("--github", outputs->github, "also print annotations of GitHub Actions");
  command->add_flag("--all", outputs->all, "list every figure that moved, not only the most important ones");
  command->callback([=, &global, &action] { action = [=, &global] { return check(*options, *outputs, global); }; });
}

void add_update(CLI::App& app, const GlobalOptions& global, Action& action) {
  auto* command = app.add_subcommand("update", "run scenarios and replace the figures of their baselines");
  auto options = std::make_shared<BaselineOptions>();
  options->declare(*command, "--baseline", "baseline file, or folder of them [baselines/ beside the scenario]");
  auto reason = std::make_shared<std::string>();
  command->add_option("--reason", *reason, "why the new figures are right; kept in the file's history")
      ->required()
      ->type_name("TEXT");
  command->callback([=, &global, &action] { action = [=, &global] { return update(*options, *reason, global); }; });
}

void add_diff(CLI::App& app, const GlobalOptions& global, Action& action) {
  auto* command = app.add_subcommand("diff", "say what differs between two baselines or results");
  auto paths = std::make_shared<std::vector<std::string>>();
  command->add_option("FILE", *paths, "baselines, result folders or results.json files")->required()->expected(1, 2);
  auto revision = std::make_shared<std::string>();
  command->add_option("--against", *revision, "git revision of the one baseline given")->type_name("REVISION");
  auto format = std::make_shared<std::string>("table");
  command->add_option("--format", *format, "what goes to stdout")
      ->check(CLI::IsMember({"table", "json"}))
      ->capture_default_str();
  auto all = std::make_shared<bool>(false);
  command->add_flag("--all", *all, "list every difference, not only the most important ones");
  command->callback(
      [=, &global, &action] { action = [=, &global] { return diff(*paths, *revision, *format, *all, global); }; });
}

}  // namespace

void add_baseline_commands(CLI::App& app, const GlobalOptions& options, Action& action) {
  auto* command = app.add_subcommand("baseline", "keep figures in version control and check that they do not move");
  command->require_subcommand(1);
  add_record(*command, action);
  add_check(*command, options, action);
  add_update(*command, options, action);
  add_diff(*command, options, action);
}

}  // namespace gigasim::cli
