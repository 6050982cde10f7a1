#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <csignal>
#include <ctime>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "baseline_targets.hpp"
#include "commands.hpp"
#include "gigasim/baseline/comparison.hpp"
#include "gigasim/report/ci.hpp"
#include "gigasim/report/files.hpp"
#include "gigasim/units/calendar.hpp"
#include "gigasim/units/input_file.hpp"
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
    return run_checked(targets);
  }
  /// The same for scenarios that are known to load.
  [[nodiscard]] std::vector<PoolRun> run_checked(const std::vector<BaselineTarget>& targets) const {
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
    report::refuse_to_overwrite(target.baseline, {{target.scenario}});
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

/// Gathers the verdicts of a check, scenario by scenario, in every form in which they may be wanted.
class CheckVerdicts {
 public:
  CheckVerdicts(const CheckOutputs& outputs, const report::TableStyle& style) : outputs_(outputs), style_(style) {}

  /// What could not be checked at all, and why.
  void add_error(const std::string& title, const fs::path& file, const std::vector<std::string>& messages,
                 ExitCode code) {
    report::CheckSuite suite{title, {}};
    text_ += fmt::format("? {}: not checked\n", title);
    for (const std::string& message : messages) {
      spdlog::error("{}", message);
      suite.cases.push_back({"run", "run", report::CheckOutcome::kError, message, "", file.generic_string(), 0, 0});
    }
    suites_.push_back(std::move(suite));
    const nlohmann::ordered_json json{{"scenario", title}, {"passed", false}, {"problems", messages}};
    add_json(json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n');
    if (code_ == ExitCode::kSuccess) code_ = code;
  }

  void add(const baseline::Comparison& comparison, const PoolRun& run, const fs::path& baseline) {
    text_ += baseline::to_text(comparison, style_, outputs_.all ? 0 : kMostListed);
    add_json(baseline::to_json(comparison));
    suites_.push_back(baseline::to_checks(comparison, run.title(), baseline));
    moved_ = moved_ || comparison.regressed();
    if (!comparison.problems.empty() && code_ == ExitCode::kSuccess) code_ = ExitCode::kInvalidInput;
    for (const PoolExpectation& one : run.expectations) add_expectation(one, run);
  }

  /// Writes the files and says all on stdout.
  void tell() const {
    if (outputs_.format == "json") {
      print("[\n" + json_ + "]\n");
    } else {
      print(outputs_.format == "md" ? report::to_check_markdown(suites_) : text_);
    }
    if (outputs_.github) print(report::to_github_annotations(suites_));
    // After the verdict is on stdout: a file that cannot be written must not lose it.
    if (!outputs_.junit.empty()) report::replace_file(outputs_.junit, report::to_junit(suites_));
    if (!outputs_.markdown.empty()) report::replace_file(outputs_.markdown, report::to_check_markdown(suites_));
  }

  [[nodiscard]] ExitCode code() const {
    if (code_ != ExitCode::kSuccess) return code_;
    if (moved_) return ExitCode::kBaselineMoved;
    return breached_ ? ExitCode::kExpectationBreached : ExitCode::kSuccess;
  }

 private:
  void add_json(const std::string& json) { json_ += (json_.empty() ? "" : ",\n") + json; }

  void add_expectation(const PoolExpectation& one, const PoolRun& run) {
    breached_ = true;
    text_ += fmt::format("    expectation not met: {}: {}\n", one.at, one.text);
    suites_.back().cases.push_back(
        {"expect", one.at, report::CheckOutcome::kFailed, one.text, "", run.scenario.generic_string(), 0, 0});
  }

  const CheckOutputs& outputs_;
  report::TableStyle style_;
  std::string text_, json_;
  std::vector<report::CheckSuite> suites_;
  bool moved_ = false, breached_ = false;
  ExitCode code_ = ExitCode::kSuccess;
};

/// A file of an earlier check must not pass for one of this check if this one ends early.
void remove_stale(const std::string& file, const std::vector<BaselineTarget>& targets) {
  if (file.empty()) return;
  for (const BaselineTarget& target : targets) {
    if (units::is_same_file(file, target.scenario) || units::is_same_file(file, target.baseline)) {
      throw UsageError(fmt::format("{}: is read by this check, it cannot be written too", file));
    }
  }
  std::error_code ignored;
  if (fs::is_regular_file(file, ignored)) fs::remove(file, ignored);
}

std::string title_of(const BaselineTarget& target) {
  return PoolRun{target.scenario, target.variant, {}, {}, {}}.title();
}

/// What a target is checked against, or what is wrong with it.
struct Checkable {
  baseline::Baseline baseline;
  std::vector<std::string> problems;
};

Checkable checkable(const BaselineTarget& target) {
  Checkable result;
  try {
    check_scenarios({target});
    result.baseline = read_all({target}).front();
  } catch (const scenario::ScenarioError& error) {
    result.problems = error.messages();
  }
  return result;
}

ExitCode check(const BaselineOptions& options, const CheckOutputs& outputs, const GlobalOptions& global) {
  std::vector<UnreadableScenario> unreadable;
  const auto targets = baseline_targets(options.scenarios, options.variants, options.baseline, &unreadable);
  remove_stale(outputs.junit, targets);
  remove_stale(outputs.markdown, targets);
  CheckVerdicts verdicts{outputs, table_style(global)};
  for (const auto& [file, messages] : unreadable) {
    verdicts.add_error(file.string(), file, messages, ExitCode::kInvalidInput);
  }
  std::vector<BaselineTarget> good;
  std::vector<baseline::Baseline> baselines;
  for (const BaselineTarget& target : targets) {
    Checkable one = checkable(target);
    if (!one.problems.empty()) {
      verdicts.add_error(title_of(target), target.scenario, one.problems, ExitCode::kInvalidInput);
      continue;
    }
    good.push_back(target);
    baselines.push_back(std::move(one.baseline));
  }
  if (options.variants.empty()) {
    for (const fs::path& orphan : orphaned_baselines(options.scenarios, targets)) {
      verdicts.add_error(orphan.string(), orphan, {"its scenario or variant is gone: remove the file, or restore them"},
                         ExitCode::kInvalidInput);
    }
  }
  const auto runs = options.run_checked(good);
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (runs[i].code == ExitCode::kSuccess) {
      verdicts.add(baseline::check(baselines[i], runs[i].snapshot), runs[i], good[i].baseline);
    } else {
      verdicts.add_error(runs[i].title(), runs[i].scenario,
                         {fmt::format("it could not be run (exit code {})", static_cast<int>(runs[i].code))},
                         runs[i].code);
    }
  }
  verdicts.tell();
  const ExitCode worst_run = worst(runs);
  const bool stopped = worst_run == ExitCode::kInterrupted || worst_run == ExitCode::kTerminated;
  return stopped ? worst_run : verdicts.code();
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
