#include "privilege_effects.hpp"

#include <algorithm>

#include "summary.hpp"

namespace gigasim::report {
namespace {

using Names = std::vector<std::string>;

const SummaryBlock* stream_of(const Summary& result, const std::string& name) {
  const std::vector<SummaryBlock>& streams = blocks_of(result, "streams");
  const auto found = std::find_if(streams.begin(), streams.end(), [&](const auto& s) { return s.name == name; });
  return found == streams.end() ? nullptr : &*found;
}

/// Of several streams together; nothing where none of them has it.
std::optional<double> sum_of(const Summary& result, const Names& streams, std::string_view metric) {
  std::optional<double> sum;
  for (const std::string& name : streams) {
    const SummaryBlock* stream = stream_of(result, name);
    if (const auto figure = stream == nullptr ? std::nullopt : figure_of(*stream, metric)) {
      sum = sum.value_or(0.0) + figure->value;
    }
  }
  return sum;
}

/// The mean over the jobs of several streams of what is known as a mean over the jobs of each.
std::optional<Figure> mean_of(const Summary& result, const Names& streams, std::string_view metric) {
  Figure mean{0.0, false};
  double jobs = 0.0;
  for (const std::string& name : streams) {
    const SummaryBlock* stream = stream_of(result, name);
    const auto figure = stream == nullptr ? std::nullopt : figure_of(*stream, metric);
    if (!figure) continue;
    const double had_a_chance = amount(*stream, "jobs_submitted") - amount(*stream, "jobs_refused");
    mean.value += figure->value * had_a_chance;
    mean.lower_bound |= figure->lower_bound;
    jobs += had_a_chance;
  }
  if (jobs <= 0.0) return std::nullopt;
  mean.value /= jobs;
  return mean;
}

std::optional<Change> change_of(const std::optional<Figure>& before, const std::optional<Figure>& after,
                                metrics::Better better) {
  if (!before || !after) return std::nullopt;
  return change_between(*before, *after, better);
}

PrivilegeGroup group_of(const Summary& result, const Summary* twin, std::string name, const Names& streams) {
  PrivilegeGroup group;
  group.name = std::move(name);
  group.jobs = sum_of(result, streams, "jobs_submitted").value_or(0.0);
  group.job_share = sum_of(result, streams, "job_share");
  group.hour_share = sum_of(result, streams, "h100_equivalent_hour_share");
  group.wait_s = mean_of(result, streams, "queue_time_mean");
  group.in_time = mean_of(result, streams, "started_within_target");
  if (twin == nullptr) return group;
  group.wait_change = change_of(mean_of(*twin, streams, "queue_time_mean"), group.wait_s, metrics::Better::kLower);
  group.in_time_change =
      change_of(mean_of(*twin, streams, "started_within_target"), group.in_time, metrics::Better::kHigher);
  const auto hours = sum_of(result, streams, "h100_equivalent_hours");
  const auto before = sum_of(*twin, streams, "h100_equivalent_hours");
  if (hours && before) group.hours_change = *hours - *before;
  return group;
}

bool met_the_same_jobs(const Summary& a, const Summary& b) {
  const std::vector<SummaryBlock>& streams = blocks_of(a, "streams");
  return streams.size() == blocks_of(b, "streams").size() &&
         std::all_of(streams.begin(), streams.end(), [&](const SummaryBlock& stream) {
           const SummaryBlock* other = stream_of(b, stream.name);
           return other != nullptr && amount(*other, "jobs_submitted") == amount(stream, "jobs_submitted");
         });
}

std::optional<std::size_t> twin_of(const std::vector<Summary>& results, std::size_t of) {
  for (std::size_t r = 0; r < results.size(); ++r) {
    if (results[r].privileges.empty() && met_the_same_jobs(results[of], results[r])) return r;
  }
  return std::nullopt;
}

}  // namespace

std::vector<PrivilegeEffect> privilege_effects(const std::vector<Summary>& results) {
  std::vector<PrivilegeEffect> effects;
  for (std::size_t r = 0; r < results.size(); ++r) {
    const Summary& result = results[r];
    if (result.privileges.empty()) continue;
    PrivilegeEffect& effect = effects.emplace_back();
    effect.result = r;
    effect.twin = twin_of(results, r);
    const Summary* twin = effect.twin ? &results[*effect.twin] : nullptr;
    Names others;
    for (const SummaryBlock& stream : blocks_of(result, "streams")) others.push_back(stream.name);
    for (const SummaryPrivilege& privilege : result.privileges) {
      effect.groups.push_back(group_of(result, twin, privilege.name, privilege.streams));
      std::erase_if(others, [&](const std::string& name) {
        return std::find(privilege.streams.begin(), privilege.streams.end(), name) != privilege.streams.end();
      });
    }
    effect.groups.push_back(group_of(result, twin, "", others));
  }
  return effects;
}

}  // namespace gigasim::report
