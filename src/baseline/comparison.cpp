#include "gigasim/baseline/comparison.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace gigasim::baseline {
namespace {

/// What a reader wants to hear of first: the network before its parts, key figures before details, large before small.
double importance(const Change& change) {
  constexpr std::array<std::string_view, 7> kKeyFigures{
      "queue_time_mean", "queue_time_p95", "jobs_finished", "accelerator_hours", "utilisation", "energy", "peak_power"};
  constexpr double kKeyFigure = 10.0;
  constexpr double kNetwork = 100.0;
  constexpr double kUsers = 10.0;  // access classes and labels
  constexpr double kSite = 3.0;
  const Entry& entry = change.entry();
  const std::string& key = entry.group_key;
  double weight = std::min(std::fabs(change.relative.value_or(1.0)), 1.0);
  if (std::find(kKeyFigures.begin(), kKeyFigures.end(), entry.metric->name) != kKeyFigures.end()) weight *= kKeyFigure;
  if (key.empty()) return weight * kNetwork;
  if (key == "site") return weight * kSite;
  return key == "origin" || key == "stream" ? weight : weight * kUsers;
}

void sort_by_importance(std::vector<Change>& changes) {
  std::stable_sort(changes.begin(), changes.end(),
                   [](const Change& a, const Change& b) { return importance(a) > importance(b); });
}

Change changed(const Entry& before, const Entry& after, double allowed) {
  Change change{Change::Kind::kSame, before, after, 0.0, std::nullopt};
  if (before.figure == after.figure) return change;
  change.kind = Change::Kind::kMoved;
  if (!before.figure || !after.figure) return change;
  change.difference = after.figure->value - before.figure->value;
  if (before.figure->value != 0.0) change.relative = change.difference / std::fabs(before.figure->value);
  const bool same_kind = before.figure->lower_bound == after.figure->lower_bound;
  if (same_kind && std::fabs(change.difference) <= allowed) change.kind = Change::Kind::kWithinTolerance;
  return change;
}

/// Walks two lists by name. `allowed` gives the tolerance of a pair.
template <class Allowed>
std::vector<Change> changes_between(const std::vector<Entry>& before, const std::vector<Entry>& after,
                                    const Allowed& allowed) {
  std::vector<Change> changes;
  auto b = before.begin();
  auto a = after.begin();
  while (b != before.end() || a != after.end()) {
    if (a == after.end() || (b != before.end() && b->name < a->name)) {
      changes.push_back({Change::Kind::kGone, *b++, {}, 0.0, std::nullopt});
    } else if (b == before.end() || a->name < b->name) {
      changes.push_back({Change::Kind::kNew, {}, *a++, 0.0, std::nullopt});
    } else {
      changes.push_back(changed(*b, *a, allowed(*b)));
      ++b;
      ++a;
    }
  }
  sort_by_importance(changes);
  return changes;
}

}  // namespace

bool Comparison::regressed() const {
  return std::any_of(changes.begin(), changes.end(), [](const Change& change) {
    return change.kind == Change::Kind::kMoved || change.kind == Change::Kind::kGone;
  });
}

std::vector<const Change*> Comparison::of(Change::Kind kind) const {
  std::vector<const Change*> found;
  for (const Change& change : changes) {
    if (change.kind == kind) found.push_back(&change);
  }
  return found;
}

namespace {

bool fits_any(const Rule& rule, const std::vector<Entry>& entries) {
  return std::any_of(entries.begin(), entries.end(), [&](const Entry& entry) { return rule.fits(entry); });
}

/// A check that cannot fail must not pass: a renamed site would otherwise never be looked at again.
std::vector<std::string> problems_of(const Baseline& baseline, const Snapshot& now, const Comparison& comparison) {
  std::vector<std::string> problems;
  for (const Rule& rule : baseline.rules) {
    if (fits_any(rule, now.entries) || fits_any(rule, baseline.snapshot.entries)) continue;
    problems.push_back(
        fmt::format("the rule \"{}\" fits no figure, neither of the baseline nor of the run", rule.pattern));
  }
  if (comparison.of(Change::Kind::kNew).size() == comparison.changes.size()) {
    problems.emplace_back("no figure of the baseline is checked: its rules ignore them all or fit none");
  }
  return problems;
}

}  // namespace

Comparison check(const Baseline& baseline, const Snapshot& now) {
  const auto allowed = [&](const Entry& entry) {
    const Rule* rule = rule_for(baseline.rules, entry);
    return rule == nullptr ? 0.0 : rule->allowed(entry);
  };
  // Rules may have been narrowed since the recording: what they ignore now is not checked.
  Comparison comparison{baseline.snapshot.source, now.source,
                        changes_between(selected(baseline.snapshot.entries, baseline.rules),
                                        selected(now.entries, baseline.rules), allowed)};
  comparison.problems = problems_of(baseline, now, comparison);
  return comparison;
}

Comparison diff(const Snapshot& before, const Snapshot& after) {
  return {before.source, after.source,
          changes_between(before.entries, after.entries, [](const Entry&) { return 0.0; })};
}

}  // namespace gigasim::baseline
