#include "tournament.hpp"

#include <algorithm>
#include <map>

#include "gigasim/report/tournament.hpp"
#include "gigasim/scheduling/queue_policy.hpp"
#include "gigasim/workload/source.hpp"
#include "output.hpp"

namespace gigasim::cli {
namespace {

report::Contestant contestant_of(const std::string& policy, const baseline::Snapshot& snapshot) {
  report::Contestant contestant{policy, {}};
  for (const std::string_view metric : report::tournament_metrics()) {
    const auto entry = std::find_if(snapshot.entries.begin(), snapshot.entries.end(),
                                    [&](const baseline::Entry& e) { return e.name == metric; });
    contestant.figures.push_back(entry == snapshot.entries.end() ? std::nullopt : entry->figure);
  }
  return contestant;
}

/// How jobs waited on the machine that wrote the log.
report::Contestant as_logged(const workload::LoggedWaits& waits) {
  const std::map<std::string_view, double> known{{"queue_time_mean", waits.mean_wait_s},
                                                 {"queue_time_p95", waits.p95_wait_s},
                                                 {"queue_time_max", waits.max_wait_s},
                                                 {"bounded_slowdown_mean", waits.mean_bounded_slowdown}};
  report::Contestant contestant{"as logged", {}};
  for (const std::string_view metric : report::tournament_metrics()) {
    const auto found = known.find(metric);
    contestant.figures.push_back(
        found == known.end() ? std::nullopt : std::optional{metrics::Distribution::Figure{found->second, false}});
  }
  return contestant;
}

/// Reads the log once before all others do, so that what is wrong with it is told once.
std::optional<workload::LoggedWaits> logged_waits(const ReplayOptions& replay) {
  return workload::open_streams(replay_scenario(replay).scenario)->imports().front().as_logged;
}

}  // namespace

std::vector<std::string> chosen_policies(const std::vector<std::string>& words) {
  if (std::find(words.begin(), words.end(), kAllPolicies) != words.end()) return scheduling::queue_policy_names();
  std::vector<std::string> chosen;
  for (const std::string& word : words) {
    if (std::find(chosen.begin(), chosen.end(), word) == chosen.end()) chosen.push_back(word);
  }
  return chosen;
}

ExitCode run_tournament(const ReplayOptions& replay, const std::vector<std::string>& policies,
                        const std::filesystem::path& folder, LargeRuns large, report::Format format,
                        const report::TableStyle& style) {
  const auto waits = logged_waits(replay);
  std::vector<PoolRun> runs;
  for (const std::string& policy : policies) {
    ReplayOptions options = replay;
    options.queue_policy = policy;
    PoolRun& run = runs.emplace_back();
    run.scenario = replay.log;
    run.variant = policy;
    run.large = large;
    if (!folder.empty()) run.folder = folder / policy;
    run.load = [options] { return replay_scenario(options); };
  }
  run_all(runs, usual_processes());
  if (const ExitCode code = worst(runs); code != ExitCode::kSuccess) return code;
  std::vector<report::Contestant> contestants;
  contestants.reserve(runs.size() + 1);
  for (const PoolRun& run : runs) contestants.push_back(contestant_of(run.variant, run.snapshot));
  if (waits) contestants.push_back(as_logged(*waits));
  print(report::tournament(contestants, format, style));
  return ExitCode::kSuccess;
}

}  // namespace gigasim::cli
