#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "gigasim/scenario/scenario.hpp"
#include "gigasim/scheduling/preemption.hpp"
#include "gigasim/scheduling/priority.hpp"
#include "gigasim/workload/job.hpp"

namespace gigasim::engine {

/// Numbers those who are charged in fair share: the holders of the sites' time where its shares are targets; else, in
/// order of first appearance, each user known by a log, and all others of a stream together.
class Accounts {
 public:
  explicit Accounts(const scenario::Scenario& scenario) : scenario_(scenario) {}

  [[nodiscard]] std::int32_t of(const workload::Job& job) {
    if (scenario_.scheduling.shares == scenario::ShareRule::kTarget) {
      const auto& holder = scenario_.workload.streams[static_cast<std::size_t>(job.stream)].time_holder;
      return holder ? static_cast<std::int32_t>(*holder) : -1;
    }
    const bool by_project = scenario_.scheduling.priority.share_by == scenario::ShareHolder::kProject;
    const std::int32_t name = by_project ? job.account : job.user;
    return numbers_.try_emplace({job.stream, name}, static_cast<std::int32_t>(numbers_.size())).first->second;
  }

 private:
  const scenario::Scenario& scenario_;
  std::map<std::pair<std::int32_t, std::int32_t>, std::int32_t> numbers_;  // by stream, and user or project
};

/// What the `multifactor` policy weighs at a site. The kind of a job is its stream.
[[nodiscard]] scheduling::PriorityRules priority_rules(const scenario::Scenario& scenario, const scenario::Site& site);

/// The policy of one queue of a site, with hard caps by time holder unless `caps` is empty. `preempting` is the same
/// object where the scenario has preemption, else null.
struct MadeQueue {
  std::unique_ptr<scheduling::QueuePolicy> policy;
  scheduling::PreemptingQueue* preempting = nullptr;
};
[[nodiscard]] MadeQueue make_queue(const scenario::Scenario& scenario, const scenario::Site& site,
                                   const scheduling::QueueOptions& options, const std::vector<double>& caps);

}  // namespace gigasim::engine
