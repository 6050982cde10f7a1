#include "quota.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <tuple>

#include "delays.hpp"
#include "gigasim/scenario/rollout.hpp"
#include "gigasim/units/share.hpp"

namespace gigasim::metrics {
namespace {

/// A job takes or gives back what it holds; what is given back at an instant can be taken at it.
struct HoldChange {
  Ticks at = 0;
  bool takes = false;
  std::size_t job = 0;
  friend bool operator<(const HoldChange& a, const HoldChange& b) {
    return std::tie(a.at, a.takes, a.job) < std::tie(b.at, b.takes, b.job);
  }
};

class PartitionQuota {
 public:
  PartitionQuota(const scenario::Scenario& scenario, Place place)
      : start_(scenario.period.start),
        shares_(*scenario.sites[static_cast<std::size_t>(place.site)].time_shares),
        steps_(scenario::capacity_steps(scenario.sites[static_cast<std::size_t>(place.site)],
                                        scenario.sites[static_cast<std::size_t>(place.site)]
                                            .partitions[static_cast<std::size_t>(place.partition)])) {}

  /// Returns whether the holder has more than it may.
  bool change(scenario::TimeHolder holder, std::int64_t by, Ticks at) {
    std::int64_t& held = held_[static_cast<std::size_t>(holder)];
    held += by;
    return by > 0 &&
           held > units::whole_share(shares_.of(holder), accelerators_at(steps_, start_ + units::from_ticks(at)));
  }

 private:
  units::UtcTime start_;
  scenario::TimeShares shares_;
  std::vector<scenario::CapacityStep> steps_;
  std::array<std::int64_t, scenario::kNumTimeHolders> held_{};
};

bool is_capped(const JobRecord& job, const scenario::Scenario& scenario) {
  return job.start && scenario.sites[static_cast<std::size_t>(job.place.site)].time_shares &&
         scenario.workload.streams[static_cast<std::size_t>(job.stream)].time_holder;
}

std::vector<HoldChange> hold_changes(const std::vector<JobRecord>& jobs, const scenario::Scenario& scenario,
                                     Ticks end_of_run) {
  std::vector<HoldChange> changes;
  for (std::size_t j = 0; j < jobs.size(); ++j) {
    if (!is_capped(jobs[j], scenario)) continue;
    const Ticks from = units::to_ticks(*jobs[j].start);
    const Ticks to = jobs[j].end ? units::to_ticks(*jobs[j].end + jobs[j].wiped) : end_of_run;
    if (to == from) continue;  // it held something for no time
    changes.push_back({from, true, j});
    changes.push_back({to, false, j});
  }
  std::sort(changes.begin(), changes.end());
  return changes;
}

}  // namespace

std::vector<bool> quota_breaches(const std::vector<JobRecord>& jobs, const scenario::Scenario& scenario,
                                 Ticks end_of_run) {
  if (scenario.scheduling.shares != scenario::ShareRule::kCap) return {};
  std::vector<bool> breaches(jobs.size(), false);
  std::vector<std::vector<PartitionQuota>> quotas(scenario.sites.size());
  for (std::size_t s = 0; s < quotas.size(); ++s) {
    if (!scenario.sites[s].time_shares) continue;
    for (std::size_t p = 0; p < scenario.sites[s].partitions.size(); ++p) {
      quotas[s].emplace_back(scenario, Place{static_cast<std::int32_t>(s), static_cast<std::int32_t>(p)});
    }
  }
  for (const HoldChange& change : hold_changes(jobs, scenario, end_of_run)) {
    const JobRecord& job = jobs[change.job];
    PartitionQuota& quota =
        quotas[static_cast<std::size_t>(job.place.site)][static_cast<std::size_t>(job.place.partition)];
    const auto holder = *scenario.workload.streams[static_cast<std::size_t>(job.stream)].time_holder;
    breaches[change.job] = quota.change(holder, change.takes ? job.held : -job.held, change.at) || breaches[change.job];
  }
  return breaches;
}

}  // namespace gigasim::metrics
