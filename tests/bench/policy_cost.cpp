// What an event costs a queue policy as its queue grows: the first N jobs of a log are submitted at 0, the others
// follow at their own pace, and the first 20,000 events (ends and arrivals) after the submission at 0 are timed.
//
//   policy_cost LOG ACCELERATORS POLICY DEPTH N...      (DEPTH 0: none)
//
// Prints a line for each N: N, microseconds of processor time per event, index nodes per event.

#include <fmt/format.h>

#include <cstdlib>
#include <ctime>
#include <queue>
#include <string>
#include <utility>
#include <vector>

#include "gigasim/scheduling/priority.hpp"
#include "gigasim/scheduling/queue_policy.hpp"
#include "gigasim/workload/source.hpp"
#include "one_machine.hpp"

namespace {

using namespace gigasim;

constexpr std::int64_t kEvents = 20'000;
constexpr std::size_t kAccounts = 100;  // that `multifactor` tells apart

std::vector<workload::Job> all_jobs(const std::string& log, std::int64_t accelerators) {
  const auto scenario = bench::one_machine(log, accelerators);
  const auto source = workload::open_streams(scenario);
  std::vector<workload::Job> jobs;
  while (const auto job = source->next()) jobs.push_back(*job);
  return jobs;
}

/// The machine and its clock, driven by hand.
class Machine {
 public:
  Machine(scheduling::QueuePolicy& policy, const std::vector<workload::Job>& jobs, std::size_t at_once)
      : policy_(policy), jobs_(jobs), started_(jobs.size()), next_(at_once), late_(jobs[at_once].submit) {
    for (std::size_t i = 0; i < at_once; ++i) policy_.enqueue(queued(i));
    pass(units::Seconds{0});
  }

  /// All events of one instant. Returns how many there were; 0 when all is over.
  std::int64_t instant() {
    std::int64_t events = 0;
    units::Seconds now = next_ < jobs_.size() ? submit(next_) : units::Seconds{1e300};
    if (!ends_.empty()) now = std::min(now, units::Seconds{ends_.top().first});
    for (; !ends_.empty() && ends_.top().first == now.in_base_units(); ends_.pop(), ++events) {
      policy_.job_ended(queued(ends_.top().second), started_[ends_.top().second]);
    }
    for (; next_ < jobs_.size() && submit(next_) == now; ++next_, ++events) policy_.enqueue(queued(next_));
    pass(now);
    return events;
  }

 private:
  [[nodiscard]] units::Seconds submit(std::size_t i) const { return jobs_[i].submit - late_; }
  [[nodiscard]] scheduling::QueuedJob queued(std::size_t i) const {
    scheduling::QueuedJob job{static_cast<std::int64_t>(i), jobs_[i].accelerators, jobs_[i].walltime};
    job.submit = std::max(units::Seconds{0}, submit(i));
    job.account = static_cast<std::int32_t>(i % kAccounts);
    return job;
  }
  void pass(units::Seconds now) {
    starts_.clear();
    policy_.pass(now, starts_);
    for (const auto id : starts_) {
      const auto i = static_cast<std::size_t>(id);
      started_[i] = now;
      ends_.push({(now + std::min(jobs_[i].runtime, jobs_[i].walltime)).in_base_units(), i});
    }
  }

  using End = std::pair<double, std::size_t>;
  scheduling::QueuePolicy& policy_;
  const std::vector<workload::Job>& jobs_;
  std::vector<units::Seconds> started_;
  std::size_t next_;
  units::Seconds late_;
  std::priority_queue<End, std::vector<End>, std::greater<>> ends_;
  std::vector<std::int64_t> starts_;
};

std::unique_ptr<scheduling::QueuePolicy> make_policy(const std::string& name, const scheduling::QueueOptions& options) {
  if (name != "multifactor") return scheduling::make_queue_policy(name, options);
  scheduling::PriorityRules rules;
  rules.age = rules.size = rules.fair_share = 1.0;
  rules.age_limit = rules.half_life = units::Seconds{7 * 86400.0};
  return scheduling::make_multifactor_queue(rules, options);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 6) {
    fmt::print(stderr, "usage: policy_cost LOG ACCELERATORS POLICY DEPTH N...\n");
    return 2;
  }
  const std::int64_t accelerators = std::atoll(argv[2]);
  const auto jobs = all_jobs(argv[1], accelerators);
  scheduling::QueueOptions options;
  if (const std::int64_t depth = std::atoll(argv[4]); depth > 0) options.backfill.depth = depth;
  for (int n = 5; n < argc; ++n) {
    const auto policy = make_policy(argv[3], options);
    policy->set_capacity(accelerators);
    const auto at_once = static_cast<std::size_t>(std::atoll(argv[n]));
    if (at_once >= jobs.size()) {
      fmt::print(stderr, "policy_cost: the log has no more than {} jobs\n", jobs.size());
      return 1;
    }
    Machine machine(*policy, jobs, at_once);
    const auto nodes = policy->nodes_visited();
    const std::clock_t begun = std::clock();
    std::int64_t events = 0;
    while (events < kEvents) {
      const std::int64_t more = machine.instant();
      if (more == 0) {
        fmt::print(stderr, "policy_cost: {} jobs make fewer than {} events behind {}\n", jobs.size(), kEvents, argv[n]);
        return 1;
      }
      events += more;
    }
    const double took_us = static_cast<double>(std::clock() - begun) * 1e6 / static_cast<double>(CLOCKS_PER_SEC);
    const auto per_event = static_cast<double>(events);
    fmt::print("{} {:.3f} {:.1f}\n", argv[n], took_us / per_event,
               static_cast<double>(policy->nodes_visited() - nodes) / per_event);
  }
  return 0;
}
