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

/// Numbers those who are charged in fair share, in order of first appearance: each user known by a log, else all of a
/// stream together.
class Accounts {
 public:
  [[nodiscard]] std::int32_t of(const workload::Job& job) {
    return numbers_.try_emplace({job.stream, job.user}, static_cast<std::int32_t>(numbers_.size())).first->second;
  }

 private:
  std::map<std::pair<std::int32_t, std::int32_t>, std::int32_t> numbers_;  // by stream and user
};

/// What the `multifactor` policy weighs. The kind of a job is its stream.
[[nodiscard]] scheduling::PriorityRules priority_rules(const scenario::Scenario& scenario);

/// The policy of one queue. `preempting` is the same object where the scenario has preemption, else null.
struct MadeQueue {
  std::unique_ptr<scheduling::QueuePolicy> policy;
  scheduling::PreemptingQueue* preempting = nullptr;
};
[[nodiscard]] MadeQueue make_queue(const scenario::Scenario& scenario, const std::string& policy,
                                   const scheduling::QueueOptions& options);

}  // namespace gigasim::engine
