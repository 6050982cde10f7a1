#include <fmt/format.h>

#include <map>

#include "gigasim/baseline/comparison.hpp"
#include "gigasim/report/humane.hpp"

namespace gigasim::baseline {
namespace {

/// "queue_time" of "queue_time_p95": the metrics that share a path in results.json belong together.
std::string family_of(const metrics::Metric& metric) {
  const std::size_t dot = metric.json_path.find('.');
  if (dot == std::string_view::npos) return std::string{metric.name};
  const std::size_t last = metric.json_path.size() - dot;  // ".p95" and "_p95" are as long
  return std::string{metric.name.substr(0, metric.name.size() - last)};
}

std::string group_of(const Entry& entry) {
  return entry.group_key.empty() ? "network" : fmt::format("{}={}", entry.group_key, entry.group_value);
}

}  // namespace

report::CheckSuite to_checks(const Comparison& comparison, const std::string& name,
                             const std::filesystem::path& baseline_file) {
  using Kind = Change::Kind;
  std::map<std::pair<std::string, std::string>, std::vector<const Change*>> cases;
  for (const Change& change : comparison.changes) {
    if (change.kind == Kind::kNew) continue;
    cases[{group_of(change.entry()), family_of(*change.entry().metric)}].push_back(&change);
  }
  std::string why;
  for (const std::string& cause : causes(comparison.before, comparison.after)) why += cause + '\n';
  report::CheckSuite suite{name, {}};
  for (const auto& [names, changes] : cases) {
    report::CheckCase one{names.first, names.second, report::CheckOutcome::kPassed, "", "", "", 0, 0};
    for (const Change* change : changes) {  // most important first
      if (change->kind != Kind::kMoved && change->kind != Kind::kGone) continue;
      one.outcome = report::CheckOutcome::kFailed;
      if (one.message.empty()) one.message = in_words(*change);
      one.details += figures_in_words(*change) + '\n';
    }
    if (one.outcome == report::CheckOutcome::kFailed) {
      one.details += why;
      one.file = baseline_file.generic_string();
    }
    suite.cases.push_back(std::move(one));
  }
  for (const std::string& problem : comparison.problems) {
    suite.cases.push_back(
        {"baseline", "rules", report::CheckOutcome::kError, problem, "", baseline_file.generic_string(), 0, 0});
  }
  return suite;
}

}  // namespace gigasim::baseline
