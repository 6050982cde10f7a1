#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "eligible_queues.hpp"
#include "gigasim/metrics/observer.hpp"
#include "gigasim/scenario/scenario.hpp"
#include "gigasim/scheduling/broker.hpp"
#include "gigasim/scheduling/queue_policy.hpp"
#include "node_map.hpp"
#include "pod_allocator.hpp"
#include "queue_making.hpp"
#include "queue_reservations.hpp"

namespace gigasim::engine {

/// So many accelerators are online from a moment on.
struct Step {
  units::Seconds from;
  std::int64_t accelerators = 0;
};

/// A partition as the scheduler sees it.
struct Queue {
  metrics::Place place;
  std::int64_t accelerators = 0;             ///< that are online now
  std::vector<Step> steps;                   ///< to come, in order of time
  std::optional<units::Seconds> offline_at;  ///< for good; nothing: never
  std::int64_t node = 1;                     ///< accelerators per node, for those that take whole nodes
  bool trusted = false;
  units::Seconds wipe{0};
  std::vector<double> reserves;          ///< by privilege of the network: its share here
  std::vector<std::int32_t> privileges;  ///< by privilege of the network: its index here; -1 where it does not hold
  std::vector<double> caps;              ///< by time holder: what its jobs hold at most; empty: no limit
  std::vector<std::int64_t> room;        ///< by privilege + 1: what is online and not reserved for others
  QueueReservations reservations;
  std::unique_ptr<scheduling::QueuePolicy> policy;
  scheduling::PreemptingQueue* preempting = nullptr;  ///< the policy, where the scenario has preemption
  PodAllocator pods;
  std::unique_ptr<NodeMap> nodes;  ///< where nodes fail
  double spares = 0.0;             ///< share of the nodes that run no jobs but in the place of others

  void occupy(metrics::JobIndex job, std::vector<metrics::PodShare>& into, std::int64_t asked);
  void vacate(metrics::JobIndex job, std::vector<metrics::PodShare>& held);

  /// What a job occupies while it runs here.
  [[nodiscard]] std::int64_t occupied(std::int64_t asked, bool sensitive) const {
    return sensitive ? (asked + node - 1) / node * node : asked;
  }
  void set_accelerators(std::int64_t online);
  /// Whether the job is small enough for what is online now, or for what else may be, beside what is reserved for
  /// others, and finds a gap between reservations at its speed here.
  [[nodiscard]] bool has_room(const scheduling::BrokeredJob& job, double speed) const;
  [[nodiscard]] bool has_room(const scheduling::BrokeredJob& job, double speed, std::int64_t online) const;
  /// The same, however long it runs.
  [[nodiscard]] bool is_wide_enough(const scheduling::BrokeredJob& job, std::int64_t online) const;
  /// How many accelerators the jobs of its time holder may hold.
  [[nodiscard]] std::int64_t cap_of(const scheduling::BrokeredJob& job, std::int64_t online) const;
  /// The job as the policy sees it: its accelerators stay occupied while they are wiped.
  [[nodiscard]] scheduling::QueuedJob queued(std::int64_t id, const scheduling::BrokeredJob& job, double speed,
                                             units::Seconds submit) const;

 private:
  [[nodiscard]] bool finds_gap(const scheduling::BrokeredJob& job, double speed, std::int64_t online) const;
  [[nodiscard]] std::int64_t without_spares(std::int64_t online) const;
  [[nodiscard]] std::int64_t room_beside(std::int32_t privilege, std::int64_t online) const;
};

/// A time that a job takes at speed 1, at another speed: rounded up to the grid.
[[nodiscard]] units::Seconds at_speed(units::Seconds time, double speed);
/// What the user of a job asks for where it runs at a speed; never below what it takes there.
[[nodiscard]] units::Seconds request_at(const scheduling::BrokeredJob& job, double speed);

/// All queues of the network, and what brokers may ask about them.
class NetworkQueues final : public scheduling::QueueDirectory {
 public:
  /// `origins` are the country codes that jobs come from.
  NetworkQueues(const scenario::Scenario& scenario, const std::vector<std::string>& origins);

  [[nodiscard]] std::vector<Queue>& queues() { return queues_; }
  [[nodiscard]] Queue& operator[](int queue) { return queues_[static_cast<std::size_t>(queue)]; }
  /// Brokers ask at this time.
  void set_time(units::Seconds now) { now_ = now; }
  /// So many accelerators of a queue are online from now on.
  void set_accelerators(int queue, std::int64_t online);
  /// Changes whenever a queue goes online or offline, or grows.
  [[nodiscard]] std::uint64_t epoch() const { return epoch_; }

  /// What a job asks of a site: BrokeredJob::needs.
  [[nodiscard]] std::int32_t needs_of(const workload::Job& job) const { return eligible_.needs_of(job); }
  /// The lowest speed of a job in the queues that may ever take it; 1 when none may.
  [[nodiscard]] double slowest(const scheduling::BrokeredJob& job) const;
  /// How fast a job runs in a queue.
  [[nodiscard]] double speed(int queue, const scheduling::BrokeredJob& job) const override {
    return eligible_.speed(job.needs, queue);
  }
  /// The job as the policy of a queue sees it.
  [[nodiscard]] scheduling::QueuedJob queued(int queue, std::int64_t id, const scheduling::BrokeredJob& job,
                                             units::Seconds submit) const {
    return queues_[static_cast<std::size_t>(queue)].queued(id, job, speed(queue, job), submit);
  }
  /// What keeps the job from a queue now: kNone exactly when accepts() holds for a job without `except`.
  [[nodiscard]] metrics::Exclusion exclusion(int queue, const scheduling::BrokeredJob& job) const;
  /// Jobs of one kind meet the same exclusions as far as these never change.
  [[nodiscard]] std::int32_t kind_of(const scheduling::BrokeredJob& job) const { return view(job).kind; }
  /// Whether there are reservations: then exclusions depend on the stream and on how long a job runs.
  [[nodiscard]] bool have_reservations() const { return have_reservations_; }
  /// Whether some queue that is online may go offline within the job's request.
  [[nodiscard]] bool ends_within(const scheduling::BrokeredJob& job) const;
  /// Whether some queue that will grow will take the job then.
  [[nodiscard]] bool will_be_accepted(const scheduling::BrokeredJob& job) const;
  /// Why no queue ever takes the job.
  [[nodiscard]] std::string_view reason_of_refusal(const scheduling::BrokeredJob& job) const;

  [[nodiscard]] int num_queues() const override { return static_cast<int>(queues_.size()); }
  [[nodiscard]] const std::vector<int>& by_distance(const scheduling::BrokeredJob& job) const override {
    return view(job).order;
  }
  [[nodiscard]] std::size_t num_at_home(const scheduling::BrokeredJob& job) const override { return view(job).at_home; }
  [[nodiscard]] bool accepts(int queue, const scheduling::BrokeredJob& job) const override;
  [[nodiscard]] double load(int queue) const override;
  [[nodiscard]] units::Seconds now() const override { return now_; }
  [[nodiscard]] units::Seconds estimate_start(int queue, const scheduling::BrokeredJob& job) const override;
  [[nodiscard]] scheduling::SiteFacts facts(int queue, const scheduling::BrokeredJob& job) const override;

 private:
  static std::vector<Queue> make_queues(const scenario::Scenario& scenario);
  static Queue make_queue(const scenario::Scenario& scenario, metrics::Place place);
  static std::vector<metrics::Place> places(const std::vector<Queue>& queues);
  [[nodiscard]] const EligibleQueues::View& view(const scheduling::BrokeredJob& job) const {
    return eligible_.view(job.needs, job.origin);
  }
  [[nodiscard]] bool is_eligible(std::size_t queue, const scheduling::BrokeredJob& job) const {
    return view(job).exclusions[queue] == metrics::Exclusion::kNone;
  }
  /// Whether the queue is there for the job's whole request when it starts at `start`.
  [[nodiscard]] bool lasts(std::size_t queue, const scheduling::BrokeredJob& job, units::Seconds start) const;
  [[nodiscard]] std::string_view unsuitable(const scheduling::BrokeredJob& job) const;
  [[nodiscard]] bool has_room(std::size_t queue, const scheduling::BrokeredJob& job, std::int64_t online) const {
    return queues_[queue].has_room(job, speed(static_cast<int>(queue), job), online);
  }
  /// Whether `holds(queue, accelerators)`, of the number of a queue, for any queue that is eligible, or for any at all,
  /// at any time.
  template <class Holds>
  [[nodiscard]] bool ever(const scheduling::BrokeredJob& job, bool eligible_only, Holds holds) const;

  std::vector<Queue> queues_;
  EligibleQueues eligible_;
  std::vector<scheduling::SiteFacts> facts_;  // by queue, without the distance
  bool have_reservations_ = false;
  double slowest_ = 1.0;                     // speed of any job anywhere, at most 1
  std::optional<units::Seconds> first_end_;  // of a queue that is online
  std::uint64_t epoch_ = 1;
  units::Seconds now_{0};
};

}  // namespace gigasim::engine
