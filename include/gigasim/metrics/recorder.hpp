#pragma once

#include <memory>
#include <stdexcept>
#include <string>

#include "gigasim/metrics/observer.hpp"
#include "gigasim/metrics/results.hpp"

namespace gigasim::metrics {

/// The books do not balance at the end of a run: our own fault, and the run has failed.
class ConservationError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Folds the events of one run into Results. Every event costs O(1) in jobs, hosts and sites (amortised).
class Recorder final : public Observer {
 public:
  /// `origins` are the country codes that Job::origin indexes.
  Recorder(const scenario::Scenario& scenario, std::vector<std::string> origins);
  ~Recorder() override;

  void job_submitted(JobIndex job, const workload::Job& as_submitted, units::Seconds now) override;
  void exclusions_known(std::int32_t number, std::span<const Exclusion> by_partition) override;
  void job_brokered(JobIndex job, const Decision& decision, units::Seconds now) override;
  void job_moulded(JobIndex job, std::int64_t accelerators, units::Seconds runtime, units::Seconds walltime) override;
  void job_queued(JobIndex job, Place place, units::Seconds now) override;
  void job_started(JobIndex job, Place place, std::span<const PodShare> pods, units::Seconds now) override;
  void job_ended(JobIndex job, Outcome outcome, units::Seconds now) override;
  void wipe_ended(JobIndex job, units::Seconds now) override;
  void job_preempted(JobIndex job, units::Seconds lost, units::Seconds now) override;
  void job_interrupted(JobIndex job, workload::FailureCause cause, units::Seconds lost, units::Seconds now) override;
  void job_set_back(JobIndex job, units::Seconds lost, units::Seconds now) override;
  void job_spent(JobIndex job, Spent on, units::Seconds since, units::Seconds until, units::Seconds now) override;
  void nodes_down(Place place, std::int64_t accelerators, units::Seconds now) override;
  void job_left(JobIndex job, units::Seconds now) override;
  void job_refused(JobIndex job, std::string_view reason, units::Seconds now) override;
  void capacity_changed(Place place, std::int64_t accelerators_online, units::Seconds now) override;
  void requests_answered(const ServiceStretch& stretch) override;
  void replicas_idle(std::int32_t stream, Place place, std::int64_t hundredths, units::Seconds now) override;
  void run_ended(units::Seconds now, bool interrupted) override;

  /// Checks conservation (jobs in = finished + killed + refused + left + running + queued; accelerator-ticks by job =
  /// by pod = by site, in exact integers, over the whole run, the runs that preemptions ended included; what a
  /// preempted job ran = what it asked for + what it lost; sensitive jobs on trusted machines) and returns the results.
  /// Call it once, after run_ended. Throws ConservationError, also for the first impossible event of the run: the
  /// observer's calls themselves never throw it, since no exception may pass through the engine's actors.
  [[nodiscard]] Results results(const std::vector<workload::ImportReport>& imports,
                                const std::vector<workload::StreamPlan>& plans,
                                const std::vector<workload::Project>& projects = {});

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace gigasim::metrics
