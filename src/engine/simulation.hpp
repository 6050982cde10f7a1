#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <limits>
#include <optional>
#include <queue>
#include <simgrid/s4u.hpp>
#include <string_view>
#include <utility>
#include <vector>

#include "brokering.hpp"
#include "chains.hpp"
#include "gigasim/engine/run.hpp"
#include "gigasim/units/grid.hpp"
#include "live_jobs.hpp"
#include "moulder.hpp"
#include "network_queues.hpp"
#include "node_outages.hpp"
#include "phased_run.hpp"
#include "platform.hpp"
#include "preemption.hpp"
#include "project_budgets.hpp"
#include "runners.hpp"
#include "services/services.hpp"
#include "transfers.hpp"

namespace gigasim::engine {

inline constexpr units::Seconds kForEver{std::numeric_limits<double>::infinity()};

/// The event loop. SimGrid executes the jobs and owns the clock; this class knows what happens at one instant, in this
/// order: ends (by order of arrival), wipes that are done, sites that go offline, sites that come online, arrivals (in
/// input order), one scheduling pass per queue that was touched, jobs whose patience is over (by order of arrival),
/// jobs that are brokered anew (likewise). Services act between arrivals and passes. A job of runtime 0 that starts
/// makes a second round at the same instant, and so does a job that leaves a queue.
///
/// Each end is known in advance (nothing stretches a job yet) and is checked against the execution that SimGrid ends.
///
/// The loop runs in SimGrid's own context, in the callback of a timer set at the next date that starts or ends an
/// execution. There a call of SimGrid costs no switch between contexts, and what starts at the instant of an end is
/// known to SimGrid before it solves for the next date, once for both. Instants of mere arrivals do not concern it at
/// all.
class Simulation {
 public:
  Simulation(const scenario::Scenario& scenario, workload::JobSource& source, metrics::Observer& observer,
             Platform& platform, simgrid::s4u::Engine& simgrid, RunOptions options);
  /// Runs to the end of the period, or until told to stop. Throws what goes wrong on the way.
  void run();

 private:
  using State = LiveJob::State;
  enum class Turn : std::uint8_t { kOffline, kOnline };  // in the order in which they come at one instant
  struct CapacityChange {
    units::Seconds time;
    Turn turn;
    int queue;
    std::int64_t accelerators;  // from now on
    auto operator<=>(const CapacityChange&) const = default;
  };
  using Due = std::pair<double, metrics::JobIndex>;
  using DueJobs = std::priority_queue<Due, std::vector<Due>, std::greater<>>;

  /// Works, and sets the timer for the next time; SimGrid's actors are killed with the last.
  void proceed();
  /// Works off one instant after the other until SimGrid's clock has to catch up, and returns to which date; none at
  /// the end of the run.
  [[nodiscard]] std::optional<units::Seconds> work();
  [[nodiscard]] bool changes_executions(units::Seconds date) const;
  [[nodiscard]] std::optional<units::Seconds> next_instant() const;
  void instant(units::Seconds now);
  void end_jobs(units::Seconds now);
  void end_wipes(units::Seconds now);
  void transfer_ended(metrics::JobIndex index);
  void wake_at(units::Seconds date);
  void advance_phases(units::Seconds now);
  void follow(metrics::JobIndex index, const PhasedRun::Next& next, units::Seconds now);
  [[nodiscard]] std::optional<units::Seconds> take_flow(LiveJob& live);
  void note_written(LiveJob& live);
  void halt(metrics::JobIndex index, LiveJob& live);
  units::Seconds close_run(metrics::JobIndex index, LiveJob& live, units::Seconds now, PhasedRun::Keep keep);
  void interrupt(metrics::JobIndex index, workload::FailureCause cause);
  void refuse_endless_run(const LiveJob& live);
  void fail_nodes(units::Seconds now);
  void change_capacities(units::Seconds now);
  void go_online(int queue, std::int64_t accelerators, units::Seconds now);
  void go_offline(int queue, units::Seconds now);
  void take_arrivals(units::Seconds now);
  void submit(const workload::Job& job, bool doomed, units::Seconds now);
  void refuse(metrics::JobIndex index, std::string_view reason, units::Seconds now);
  void run_services(units::Seconds now);
  void submit_replica(const ReplicaOrders::Start& start, units::Seconds now);
  void end_replica(metrics::JobIndex index, units::Seconds now);
  void withdraw_replica(metrics::JobIndex index, units::Seconds now);
  void broker_job(metrics::JobIndex index, units::Seconds now);
  [[nodiscard]] std::optional<int> choose_queue(metrics::JobIndex index);
  void enqueue(metrics::JobIndex index, int queue, units::Seconds now);
  void settle_phases(LiveJob& live);
  void carry_work(metrics::JobIndex index, LiveJob& live, units::Seconds now);
  void schedule(units::Seconds now);
  void expect_pass(int queue, units::Seconds now);
  void touch_expected(units::Seconds now);
  void stop_preempted(int queue, units::Seconds now);
  void leave_queues(units::Seconds now);
  void broker_anew(units::Seconds now);
  [[nodiscard]] bool waits(metrics::JobIndex index) const;
  [[nodiscard]] scheduling::QueuedJob as_queued(metrics::JobIndex index, const LiveJob& live);
  [[nodiscard]] scheduling::BrokeredJob as_brokered(const workload::Job& job) const;
  [[nodiscard]] units::Ticks least_request(const workload::Job& job) const;
  [[nodiscard]] units::Seconds stop_work(LiveJob& live, units::Seconds worked, const scenario::Preemption& rule);
  [[nodiscard]] units::Seconds request_there(const LiveJob& live) const;
  [[nodiscard]] units::Seconds run_of(const LiveJob& live) const;
  units::Seconds stop_run(metrics::JobIndex index, LiveJob& live, const scenario::Preemption& rule, units::Seconds now);
  [[nodiscard]] bool is_killed_at_limit(const LiveJob& live) const;
  void start_job(metrics::JobIndex index, units::Seconds now);
  void start_executions();
  void release(LiveJob& live, metrics::JobIndex index);
  void touch(int queue);
  void report_progress(units::Seconds now, bool last);

  const scenario::Scenario& scenario_;
  workload::JobSource& source_;
  metrics::Observer& observer_;
  Platform& platform_;
  simgrid::s4u::Engine& simgrid_;
  RunOptions options_;
  std::exception_ptr failure_;

  NetworkQueues queues_;
  Brokering broker_;
  Accounts accounts_;
  ProjectBudgets budgets_;
  Moulder moulder_;
  Chains chains_;
  Services services_;
  Runners runners_;
  Transfers transfers_;
  NodeOutages outages_;
  units::Seconds period_end_{std::numeric_limits<double>::infinity()};
  units::Seconds now_{0};
  std::optional<workload::Job> next_job_;
  LiveJobs jobs_;
  DueJobs ends_;                                // entries of stopped jobs are skipped
  DueJobs wipe_ends_;                           // and here
  DueJobs phase_ends_;                          // likewise
  DueJobs transfer_ends_;                       // and here
  std::vector<metrics::JobIndex> interrupted_;  // at this instant
  units::Seconds wake_date_{0};                 // of the timer that is set
  std::uint64_t wake_turn_ = 0;
  DueJobs patience_ends_;                // entries of jobs that wait no more are skipped
  DueJobs rebroker_dates_;               // those of jobs that have moved or wait no more are skipped
  std::vector<CapacityChange> changes_;  // in reverse order of time: the next one is at the back
  std::vector<metrics::JobIndex> held_;  // no site yet
  std::vector<int> touched_;
  std::vector<bool> is_touched_;
  DueJobs passes_;  // dates and queues: entries that are not expected any more do no harm
  std::vector<units::Seconds> expected_passes_;
  std::vector<std::int64_t> starts_;
  std::vector<metrics::JobIndex> to_start_;  // at this instant, not yet on SimGrid
  std::int64_t replicas_made_ = 0;
  std::uint64_t instants_ = 0;
};

}  // namespace gigasim::engine
