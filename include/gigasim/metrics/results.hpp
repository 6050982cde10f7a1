#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gigasim/metrics/observer.hpp"
#include "gigasim/metrics/regional.hpp"
#include "gigasim/scenario/scenario.hpp"
#include "gigasim/units/calendar.hpp"
#include "gigasim/workload/source.hpp"

/// What a run says: plain values, from which every report is made.
namespace gigasim::metrics {

inline constexpr int kResultsSchemaVersion = 1;

struct JobCounts {
  std::int64_t submitted = 0, finished = 0, killed = 0, refused = 0, running = 0, queued = 0;
  std::int64_t failed = 0, cancelled = 0;  ///< of the finished ones
  std::int64_t left = 0;                   ///< gave up waiting
  std::int64_t preempted = 0;              ///< stopped for another job at least once
  std::int64_t trusted_violations = 0;     ///< of those that started: where they may not run
  std::int64_t rebrokered = 0;             ///< that moved to another queue after waiting
  std::int64_t out_of_budget = 0;          ///< of the refused ones: their project's budget or allocation was over
  std::int64_t quota_violations = 0;       ///< of those that started: beyond a hard cap
  [[nodiscard]] std::int64_t unfinished() const { return running + queued; }
  [[nodiscard]] std::int64_t completed() const { return finished - failed - cancelled; }
  bool operator==(const JobCounts&) const = default;
};

/// Location figures of a sample that may hold censored values (jobs that have not started: their queue time is known to
/// be at least their age). Quantiles are nearest-rank. A figure in which a censored value takes part is a lower bound.
struct Distribution {
  struct Figure {
    double value = 0.0;
    bool lower_bound = false;
    /// Of a lower bound: what the figure cannot exceed however long the censored values become; nothing when they have
    /// no limit.
    std::optional<double> at_most{};
    bool operator==(const Figure&) const = default;
  };
  std::int64_t count = 0;
  Figure mean, median, p95, p99, max;
  bool operator==(const Distribution&) const = default;
};

/// A mean and the size of its sample; without a sample there is no mean.
struct Mean {
  std::int64_t count = 0;
  double value = 0.0;
  bool operator==(const Mean&) const = default;
};

/// How equally the users fare, of the jobs with a queue time whose user is known. Nothing for fewer than two users.
struct UserFigures {
  std::optional<double> count;
  std::optional<double> wait_jain;      ///< Jain's fairness index of the users' mean queue times
  std::optional<double> slowdown_jain;  ///< and of their mean bounded slowdowns
  bool operator==(const UserFigures&) const = default;
};

/// What the projects of the results period were granted and what their jobs had of it, in accelerator-hours, over the
/// whole run. Only projects with a budget that are on board by the end.
struct GrantedHours {
  std::int64_t projects = 0;
  double budget = 0.0, used = 0.0;
  bool operator==(const GrantedHours&) const = default;
};

/// Delivered accelerator-hours by the holder of the time that they use, as fractions of all, in the order of
/// scenario::kTimeHolders, and what their shares of the site's time are. Nothing where no job has a holder, or where
/// there are no shares.
struct DeliveredShares {
  std::array<std::optional<double>, scenario::kNumTimeHolders> delivered{}, target{};
  bool operator==(const DeliveredShares&) const = default;
};

/// What failures and checkpoints cost in the results period. Only where the scenario has failures, or jobs that save
/// their work.
struct ReliabilityFigures {
  std::int64_t interruptions = 0;
  double lost_accelerator_hours = 0.0;        ///< of work that was done again
  double restart_accelerator_hours = 0.0;     ///< detection, other nodes, start-up
  double load_accelerator_hours = 0.0;        ///< reading from storage
  double checkpoint_accelerator_hours = 0.0;  ///< work stopped for
  double repair_accelerator_hours = 0.0;      ///< of nodes that are down, whoever would have had them
  std::optional<double> goodput;              ///< share of the accelerator-hours delivered that was work which counts
  std::array<std::int64_t, workload::kNumFailureCauses> interruptions_by_cause{};
  std::array<double, workload::kNumFailureCauses> lost_by_cause{};  ///< accelerator-hours
  bool operator==(const ReliabilityFigures&) const = default;
};

/// What the jobs that are given as work did in the results period. Nothing of a kind that no stream of the run has.
struct AiFigures {
  /// Of work that counts: what is done again counts once.
  std::array<std::optional<double>, models::kAiTaskWords.size()> tokens{};  ///< in the order of models::AiTask
  std::optional<double> tokens_trained;                                     ///< of the tasks that train
  std::optional<double> training_runs_per_month;                            ///< finished, in 30 d
  std::optional<double> model_flop;
  std::optional<double> mfu;  ///< model FLOP over the peak of the accelerators while they were held
  std::optional<double> training_h100_equivalent_hours;
  bool operator==(const AiFigures&) const = default;
};

/// The figures of one group of jobs (the network, a site, an access class, ...). Jobs are those submitted in the
/// results period; hours, energy and power are those of the results period.
struct Block {
  std::string name;
  JobCounts jobs;
  Distribution queue_time_s;
  Distribution queue_time_weighted_s;        ///< weighted by the job's accelerator-hours
  Distribution bounded_slowdown;             ///< max(1, (queue time + runtime) / max(runtime, 10 s))
  double finished_per_day = 0.0;             ///< jobs
  std::optional<double> job_share;           ///< of the network's jobs; nothing where there are none
  double accelerator_hours = 0.0;            ///< delivered
  double accelerator_hours_available = 0.0;  ///< of the machines this group may be compared with (its site, or all)
  double h100_equivalent_hours = 0.0;
  double h100_equivalent_hours_available = 0.0;
  std::optional<double> h100_equivalent_hour_share;  ///< of the network's; nothing where it delivered none
  double accelerators_online = 0.0;                  ///< time mean, of the same machines
  double h100_equivalents_online = 0.0;              ///< time mean
  double it_power_online_mw = 0.0;                   ///< time mean of what is online at full power
  double h100_equivalent_hours_lost_to_delay = 0.0;  ///< planned, but not there
  double utilisation = 0.0;
  double offered_load = 0.0;                  ///< accelerator-hours asked for by the jobs submitted / available
  double unfinished_accelerator_hours = 0.0;  ///< still to be delivered to jobs of the whole run
  double oldest_queued_age_s = 0.0;
  double queue_length_mean = 0.0;     ///< jobs, time mean
  Mean pods_per_job;                  ///< of the jobs that have started
  Mean walltime_accuracy;             ///< planned run over the time requested
  Mean distance_km;                   ///< from a job's origin to the site it was sent to, where both are known
  std::int64_t projects = 0;          ///< that applied in the results period
  std::int64_t projects_waiting = 0;  ///< of these, not on board at the end of the run
  Mean decision_time_s;
  Distribution onboarding_time_s;
  Distribution time_to_access_s;  ///< from the application to the start of the first job
  GrantedHours granted;
  DeliveredShares delivered;
  double energy_it_mwh = 0.0;
  double energy_mwh = 0.0;  ///< facility: IT x PUE
  double mean_power_mw = 0.0;
  double peak_power_mw = 0.0;
  double unserved_h100_equivalent_hours = 0.0;         ///< asked for by the jobs that left
  Distribution::Figure started_within_target;          ///< share of the jobs with a queue time
  double reserved_unused_h100_equivalent_hours = 0.0;  ///< of the reserves for this group, or of all at its machines
  double held_idle_accelerator_hours = 0.0;            ///< rest of whole nodes, and wiping
  Mean trusted_utilisation;                            ///< of the trusted accelerators; `count` of them
  /// By how much longer sensitive jobs wait than others, in seconds. Of the network only; nothing where either waits
  /// for nothing, or where only a lower bound of the others' wait is known.
  std::optional<Distribution::Figure> trusted_wait_premium_s;
  RegionalFigures regional;                        ///< of the network only
  std::int64_t preemptions = 0;                    ///< of the jobs submitted in the results period
  double preemption_lost_accelerator_hours = 0.0;  ///< of the same
  double preempted_accelerator_hours = 0.0;        ///< of work in the period that preemptions in it undid
  UserFigures users;                               ///< of the network only
  std::optional<ReliabilityFigures> reliability;
  bool has_machines = false;                     ///< its hours are those of machines, not of a group of jobs
  double inference_accelerator_hours = 0.0;      ///< of accelerator_hours: held by replicas of services
  double inference_h100_equivalent_hours = 0.0;  ///< of h100_equivalent_hours, likewise
  ServiceFigures service;
  AiFigures ai;
  bool operator==(const Block&) const = default;
};

/// One row of jobs.csv.
struct JobRecord {
  std::int64_t number = 0;
  std::int32_t stream = -1, origin = -1;
  Place place;
  std::int64_t accelerators = 0;  ///< asked for
  std::int64_t held = 0;          ///< occupied since the start: more where it takes whole nodes
  std::int32_t pods = 0;
  units::Seconds submit{0};
  std::optional<units::Seconds> start, end;  ///< first start, last end; the end of a job that left is when it did
  units::Seconds wiped{0};                   ///< how long its accelerators stayed occupied after its end
  units::Seconds runtime{0}, walltime{0};
  Outcome outcome = Outcome::kQueued;
  workload::Ending ending = workload::Ending::kCompleted;
  bool in_results_period = true;
  bool out_of_budget = false;  ///< why it was refused
  std::int16_t refusal = -1;   ///< the same: index in Results.refusal_reasons; -1: it was not
  std::int16_t job_class = 0;  ///< index in the classes of its stream; 0 for a log's
  std::int32_t project = -1;   ///< index in Results.projects
  std::int32_t user = -1;      ///< within its stream; -1 when not known
  std::int32_t preemptions = 0;
  std::int32_t interruptions = 0;
  /// Whether it has had several runs.
  [[nodiscard]] bool was_stopped() const { return preemptions + interruptions > 0; }
  units::Seconds resumed{0};     ///< its last start: the first one unless it was preempted
  units::Seconds ran_before{0};  ///< computing before its last preemption, in all
  units::Seconds lost{0};        ///< by so much preemptions make its runs longer, in all
  units::Seconds delayed{0};     ///< and so much failures, checkpoints and loading do
  Decision decision;             ///< the last one of a broker about it
  std::int32_t moves = 0;        ///< how often re-brokering moved it
};

/// A run of a replica of a service, up to its end, its preemption or the end of the run.
struct ReplicaRun {
  std::int32_t stream = -1;
  Place place;
  std::int64_t accelerators = 0;
  units::Seconds start{0}, end{0};
  bool operator==(const ReplicaRun&) const = default;
};

enum class StoppedBy : std::uint8_t { kPreemption, kFailure };

/// A run of a job that was not its last: the job waits again.
struct StoppedRun {
  JobIndex job = 0;  ///< index in Results.jobs
  Place place;
  std::int64_t accelerators = 0, held = 0;  ///< computing and occupied
  units::Seconds start{0}, end{0};
  StoppedBy by = StoppedBy::kPreemption;
  bool operator==(const StoppedRun&) const = default;
};

/// Hourly means of one site; daily ones for results of more than 400 days.
struct SeriesRow {
  std::int64_t hour = 0;  ///< since the scenario's start
  std::int32_t site = 0;
  double queue_length = 0.0;
  double busy_accelerators = 0.0;
  double online_accelerators = 0.0;
  double it_power_mw = 0.0;
};

/// Realised against planned demand of one stream.
struct StreamDemand {
  std::string stream;
  double planned_share = 0.0;  ///< of all accelerator-hours asked for by synthetic streams
  double realised_share = 0.0;
  /// Asked for by its jobs submitted in the results period, at the speed that they have where they queue.
  double realised_accelerator_hours = 0.0;
  /// Over the accelerators that the demand is measured against; nothing for a rate, growth and runs until drained.
  struct Loads {
    double asked = 0.0;          ///< as the scenario says, a mean over whole weeks
    double in_period = 0.0;      ///< what is to be expected in the results period: its hours and weekdays
    double at_mean_speed = 0.0;  ///< of the jobs that came, at the mean speed of those accelerators
    double realised = 0.0;       ///< the same jobs at the speed that they have where they queue
  };
  std::optional<Loads> loads;
  std::int64_t bundle = 1;
};

struct Results {
  scenario::Scenario scenario;
  bool complete = true;                             ///< false when the run was interrupted
  units::Seconds results_begin{0}, results_end{0};  ///< the results period, since the scenario's start
  Block network;
  std::vector<Block> sites, access_classes, origins, streams, labels;  ///< labels: "user_type=sme"
  std::vector<Block> quarters, years;                                  ///< "2027-Q1", "2027"
  Regional regional;
  std::vector<CapacityShare> capacity_by_basis;  ///< by what the accelerator counts rest on: "published", "own", ...
  std::vector<StreamDemand> demand;
  std::vector<workload::ImportReport> imports;
  std::map<std::string, std::int64_t> refused;     ///< by reason, whole run
  std::vector<std::string> refusal_reasons;        ///< the same in words, as they first came
  std::vector<std::string> origins_of_jobs;        ///< country codes that JobRecord::origin indexes
  std::vector<workload::Project> projects;         ///< all that applied
  std::vector<JobRecord> jobs;                     ///< by arrival, the warm-up included
  std::vector<std::vector<Exclusion>> exclusions;  ///< by number: what stood in the way, by partition
  std::vector<StoppedRun> stopped_runs;            ///< in order of time
  std::vector<ReplicaRun> replica_runs;            ///< by arrival; replicas are not among the jobs
  std::vector<ServiceRow> services;                ///< by service, then all, by site, by origin, by both
  std::vector<SeriesRow> timeseries;
  std::vector<std::string> warnings;
};

}  // namespace gigasim::metrics
