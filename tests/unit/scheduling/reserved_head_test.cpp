#include <catch2/catch.hpp>
#include <map>
#include <string>

#include "schedules.hpp"

using namespace gigasim;
using namespace gigasim::scheduling::test;
using scheduling::QueuedJob;
using units::Seconds;

namespace {

/// Watches a policy. After every pass it works out, from the estimated ends of what runs at that moment alone, when the
/// first of the queue could start if nobody else did, and holds the policy to it.
class Watched final : public scheduling::QueuePolicy {
 public:
  explicit Watched(std::unique_ptr<scheduling::QueuePolicy> policy) : policy_(std::move(policy)) {}

  void set_capacity(std::int64_t n) override { policy_->set_capacity(capacity_ = n); }
  void enqueue(const QueuedJob& job) override {
    waiting_[job.id] = job;
    policy_->enqueue(job);
  }
  void remove(std::int64_t id) override { policy_->remove(id); }
  void job_ended(const QueuedJob& job, Seconds started) override {
    running_.erase(job.id);
    policy_->job_ended(job, started);
  }
  void pass(Seconds now, Ids& starts) override {
    policy_->pass(now, starts);
    for (const std::int64_t id : starts) start(id, now.in_base_units());
    if (waiting_.empty()) return;
    const QueuedJob& head = waiting_.begin()->second;
    const double reserved = first_room(head.accelerators, now.in_base_units());
    const auto [promise, is_new] = promises.try_emplace(head.id, reserved);
    // The rest of the queue has just been tried: none of it may have moved the reservation away.
    if (!is_new && reserved > promise->second) late.push_back(head.id);
    promise->second = std::min(promise->second, reserved);
  }
  Ids drain() override { return policy_->drain(); }
  Ids running() const override { return policy_->running(); }
  Seconds estimate_start(const QueuedJob& job, Seconds now) const override { return policy_->estimate_start(job, now); }
  double load() const override { return policy_->load(); }
  std::int64_t capacity() const override { return capacity_; }
  std::uint64_t nodes_visited() const override { return policy_->nodes_visited(); }

  std::map<std::int64_t, double> promises;  ///< of those that were the blocked head: the earliest reservation
  Ids late;                                 ///< that started after it, or whose reservation moved back

 private:
  void start(std::int64_t id, double now) {
    const auto promise = promises.find(id);
    if (promise != promises.end() && now > promise->second) late.push_back(id);
    const QueuedJob& job = waiting_.at(id);
    running_[id] = {now + job.walltime.in_base_units(), job.accelerators};
    waiting_.erase(id);
  }

  double first_room(std::int64_t accelerators, double now) const {
    std::multimap<double, std::int64_t> ends;
    std::int64_t free = capacity_;
    for (const auto& [id, end] : running_) {
      ends.insert(end);
      free -= end.second;
    }
    double at = now;
    for (auto end = ends.begin(); free < accelerators; ++end) {
      at = std::max(at, end->first);
      free += end->second;
    }
    return at;
  }

  std::unique_ptr<scheduling::QueuePolicy> policy_;
  std::int64_t capacity_ = 0;
  std::map<std::int64_t, QueuedJob> waiting_;  // in order of arrival
  std::map<std::int64_t, std::pair<double, std::int64_t>> running_;
};

}  // namespace

TEST_CASE("easy never delays the reservation of the head, whoever is backfilled", "[scheduling][easy][property]") {
  // Jobs run at most to their estimates. The reservation of a head when it becomes the head, and at each pass after, is
  // worked out anew: it may only come nearer, and the head starts by it.
  std::size_t heads = 0;
  for (const auto* name : {"easy", "easy-sjbf"}) {
    for (unsigned seed = 0; seed < 2500; ++seed) {
      const int machine = 2 + static_cast<int>(seed % 15);
      const auto jobs = mixed_jobs(20'000 + seed, machine, 40, false, seed % 2 == 0);
      Watched policy(scheduling::make_queue_policy(name));
      policy.set_capacity(machine);
      const auto start = start_times(policy, jobs);
      INFO(name << ", seed " << seed);
      REQUIRE(policy.late.empty());
      for (const auto& [id, promise] : policy.promises) REQUIRE(start[static_cast<std::size_t>(id)] <= promise);
      heads += policy.promises.size();
    }
  }
  CHECK(heads > 20'000);  // the property was put to the test
}

TEST_CASE("the watch of reservations sees a policy that delays the head", "[scheduling][easy][property]") {
  // sqf lets narrow jobs pass for ever: the first of the queue by arrival has no reservation there.
  std::size_t late = 0;
  for (unsigned seed = 0; seed < 50; ++seed) {
    Watched policy(scheduling::make_queue_policy("easy-sqf"));
    policy.set_capacity(8);
    start_times(policy, mixed_jobs(seed, 8, 40));
    late += policy.late.size();
  }
  CHECK(late > 0);
}
