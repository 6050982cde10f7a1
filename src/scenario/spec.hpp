#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "gigasim/catalogue/speeds.hpp"
#include "gigasim/models/device.hpp"
#include "gigasim/scenario/scenario.hpp"
#include "queueing_spec.hpp"
#include "service_spec.hpp"
#include "type.hpp"

/// A scenario as written, before catalogue values are filled in and ids become numbers.
namespace gigasim::scenario {

struct PowerSpec {
  Origin at;
  Setting<units::Watts> idle, full;
};

struct PartitionSpec {
  Origin at;
  Setting<std::string> name, accelerator;
  Setting<std::int64_t> count, per_node, pod;
  Setting<units::UtcTime> online, offline;
  Setting<units::Seconds> delay;
  Setting<double> cancellation;
  Setting<double> h100_equivalent;
  PowerSpec power;
  Setting<bool> trusted, trusted_only;
  Setting<units::Seconds> wipe;
  Setting<bool> remove;
};

/// More power from a date on.
struct UpgradeSpec {
  Origin at;
  Setting<std::string> name;
  Setting<units::UtcTime> date;
  Setting<units::Watts> connection;
  Setting<bool> remove;
};
struct ConnectionSpec {
  Origin at;
  Setting<units::Watts> connection;
  std::vector<UpgradeSpec> upgrades;
};
struct StorageSpec {
  Origin at;
  Setting<units::Bytes> capacity;
  Setting<units::BytesPerSecond> bandwidth;
};
struct FabricSpec {
  Origin at;
  Setting<units::BytesPerSecond> spine;
};
/// Ids of catalogue software-stacks.
struct SoftwareSpec {
  Origin at;
  Setting<std::string> training, serving;
};
struct WanSpec {
  Origin at;
  Setting<units::BytesPerSecond> access;
  Setting<std::string> attach;
};

/// Who pays; what is left to 100 % is private.
struct SharesSpec {
  Origin at;
  Setting<double> eu, national, private_money;
};

/// Whose time the site's is; what is left to 100 % is private.
struct TimeSharesSpec {
  Origin at;
  Setting<double> eu, national, private_use;
};

struct SiteSpec {
  Origin at;
  Setting<std::string> name, title, country;
  Setting<SiteKind> kind;
  Setting<units::GeoPoint> location;
  Setting<units::UtcTime> online, offline;
  Setting<units::Seconds> delay;
  Setting<double> cancellation;
  std::vector<PartitionSpec> partitions;
  Setting<double> pue, software_efficiency;
  ConnectionSpec power;
  SoftwareSpec software;
  StorageSpec storage;
  FabricSpec fabric;
  WanSpec wan;
  Setting<units::PerSecond> onboarding;
  Setting<std::map<std::string, std::string>> labels;
  std::optional<SharesSpec> shares;
  std::optional<TimeSharesSpec> time_shares;
  Setting<std::vector<CostValue>> cost;
  Setting<Eligibility> eligible;
  Setting<std::string> queue_policy;
  Setting<bool> remove;
};

/// What a load of 100 % is measured against.
struct DemandOf {
  enum class Kind { kReference, kOwn, kAccelerators } kind = Kind::kReference;
  double accelerators = 0.0;
  std::map<std::string, double> of_type = {};  ///< of kAccelerators, by catalogue id; empty: as the own sites have them
};
struct DemandSpec {
  Origin at;
  Setting<double> load;
  Setting<DemandOf> of;
  Setting<double> growth;
};
struct StreamDemandSpec {
  Origin at;
  Setting<double> load;
};

struct TraceSpec {
  Origin at;
  Setting<std::string> file, format;
  Setting<double> accelerators_per_processor;
  Setting<bool> strict;
};

/// Where jobs come from: weights of all countries by a column of the catalogue, or stated weights.
struct OriginSpec {
  enum class Kind { kPopulation, kGdp, kWeights } kind = Kind::kPopulation;
  OriginWeights weights;
};

struct ArrivalsSpec {
  Origin at;
  Setting<units::PerSecond> rate;
  Setting<std::string> profile, bursts;
  Setting<std::int64_t> max_jobs;
  Setting<double> growth;
};

/// A mix by id, or classes.
struct MixSpec {
  std::string mix;
  std::vector<std::string> classes;
};

struct SizeBoundsSpec {
  Origin at;
  Setting<std::int64_t> min, max;
};

/// Sizes of an explicit job: one number, the pmf of a catalogue job class, or a pmf.
using SizesSpec = std::variant<std::int64_t, std::string, SizePmf>;

struct MoldableSpec {
  Origin at;
  Setting<std::int64_t> min, max;
  Setting<SpeedUp> speed_up;
  Setting<SizePick> pick;
  Setting<double> min_efficiency;
};

struct CheckpointSpec {
  Origin at;
  Setting<units::Bytes> size, load;
  Setting<std::optional<units::Seconds>> interval;
  Setting<bool> asynchronous;
  Setting<units::Seconds> staging;
};

/// Tokens, FLOP or accelerator-seconds of a job: the same for all, or log-normal.
struct WorkAmount {
  double median = 0.0;
  double sigma = 0.0;
};

/// A job with a runtime, or with work of which the runtime follows.
struct JobSpec {
  Origin at;
  Setting<SizesSpec> accelerators;
  Setting<RuntimeLaw> runtime;
  std::optional<MoldableSpec> moldable;
  Setting<models::AiTask> task;
  Setting<std::string> ai_model;
  Setting<WorkAmount> training_tokens, tokens, flop, accelerator_hours;
  Setting<double> utilisation;
  Setting<units::Seconds> deadline;
  Setting<models::Precision> precision;
  Setting<double> sequence, batch, input, output;  ///< tokens

  /// The amount of work, in tokens, FLOP or accelerator-seconds; nothing where there is a runtime.
  [[nodiscard]] const Setting<WorkAmount>& amount() const {
    if (flop) return flop;
    if (accelerator_hours) return accelerator_hours;
    return training_tokens ? training_tokens : tokens;
  }
  [[nodiscard]] double median() const { return amount()->median; }
};

/// Where the terms of access come from that a stream does not state itself.
enum class ProjectTerms { kStated, kClass };

struct ProjectsSpec {
  Origin at;
  Setting<std::int64_t> jobs;
  Setting<ProjectTerms> terms;
  Setting<units::Seconds> decision, allocation;
  Setting<double> budget;  ///< accelerator-hours
  Setting<CutOffs> cut_offs;
};

/// `A100`, or `{ accelerator: A100, class: sft }`; without an accelerator: times are the same everywhere.
struct RecordedOn {
  std::string accelerator;
  std::string speed_class;  ///< id of scalable-fractions; empty where the job classes of a mix say it
};

struct RequiresSpec {
  Origin at;
  Setting<std::vector<AcceptedAccelerator>> accelerators;
  Setting<units::Bytes> memory;
};

struct StreamSpec {
  Origin at;
  Setting<std::string> name, access_class;
  Setting<std::map<std::string, std::string>> labels;
  Setting<OriginSpec> origin;
  Setting<std::string> sectors;
  std::optional<ProjectsSpec> projects;
  std::optional<TraceSpec> trace;
  Setting<std::string> after;
  Setting<units::Seconds> after_delay;
  Setting<double> share;
  StreamDemandSpec demand;
  ArrivalsSpec arrivals;
  Setting<MixSpec> mix;
  SizeBoundsSpec accelerators;
  Setting<std::int64_t> size_factor, bundle;
  std::optional<JobSpec> job;
  Setting<Walltime> walltime;
  Setting<PatienceLaw> patience;
  Setting<bool> sensitive;
  RequiresSpec needs;
  Setting<RecordedOn> recorded_on;
  Setting<Residency> residency;
  std::optional<CheckpointSpec> checkpoint;
  Setting<bool> remove;
};

struct RequestDemandSpec {
  Origin at;
  Setting<OriginSpec> origin;
  Setting<units::PerSecond> peak, mean;
  Setting<std::string> profile;
  Setting<double> growth;
  std::optional<RequestBurstsSpec> bursts;
  Setting<std::string> request_lengths;
  std::optional<TokensSpec> tokens;
  std::optional<RequestTraceSpec> trace;
};

struct ServiceSpec {
  Origin at;
  Setting<std::string> name, ai_model;
  Setting<models::Precision> precision;
  Setting<std::int64_t> tensor;
  Setting<std::map<std::string, std::string>> labels;
  Setting<double> prefix_cache_hits;
  RequestDemandSpec demand;
  std::optional<ObjectiveSpec> objective;
  Setting<Residency> residency;
  Setting<RequestRouting> routing;
  ReplicasSpec replicas;
  Setting<WhenShort> when_short;
  Setting<Fidelity> fidelity;
  Setting<bool> remove;
};

struct WorkloadSpec {
  Origin at;
  DemandSpec demand;
  Setting<catalogue::SpeedRange> speed_ratios;
  std::vector<StreamSpec> streams;
  std::vector<ServiceSpec> services;
};

/// A duration, or until all jobs have ended.
struct Length {
  units::Seconds duration{0};
  bool until_drained = false;
};
struct PeriodSpec {
  Origin at;
  Setting<units::UtcTime> start;
  Setting<units::Seconds> warm_up;
  Setting<Length> length;
};

struct PrivilegeSpec {
  Origin at;
  Setting<std::string> name;
  Setting<std::vector<std::string>> label, at_sites;
  Setting<std::vector<SiteKind>> at_kinds;
  Setting<double> reserve;
  Setting<UnusedReserve> unused;
  Setting<bool> priority;
  Setting<units::Seconds> lend_up_to;
  Setting<bool> remove;
};

struct WeightsSpec {
  Origin at;
  Setting<double> queue, distance, carbon, price;
};

/// Weights of the `multifactor` policy.
struct PrioritySpec {
  Origin at;
  Setting<double> age, size, access_class, fair_share, qos;
  Setting<units::Seconds> age_limit, half_life;
  Setting<ShareHolder> share_by;
  Setting<bool> favour_small;
  Setting<std::map<std::string, double>> classes, levels;
};

struct PreemptionSpec {
  Origin at;
  Setting<std::string> name;
  Setting<std::vector<std::string>> by, of;
  Setting<PreemptionMode> mode;
  Setting<units::Seconds> cost;
  Setting<bool> remove;
};

struct SchedulingSpec {
  Origin at;
  Setting<std::string> queue_policy, broker;
  Setting<Overrun> overrun;
  Setting<ShareRule> shares;
  Setting<units::Seconds> target_queue_time;
  std::vector<PrivilegeSpec> privileges;
  std::optional<WeightsSpec> weights;
  Setting<units::Seconds> rebroker_after;
  Setting<Estimate> estimate;
  BackfillSpec backfill;
  std::vector<ReservationSpec> reservations;
  std::optional<PrioritySpec> priority;
  std::vector<PreemptionSpec> preemption;
};
struct EarlyFailuresSpec {
  Origin at;
  Setting<double> factor;
  Setting<units::Seconds> length;
};
struct LemonsSpec {
  Origin at;
  Setting<double> share, factor;
};
struct WideOutagesSpec {
  Origin at;
  Setting<units::PerSecond> rate;
  Setting<units::Seconds> repair;
};
struct FailuresSpec {
  Origin at;
  Setting<units::PerSecond> rate;
  Setting<std::map<std::string, units::PerSecond>> rates;
  Setting<double> shape, spares;
  std::optional<EarlyFailuresSpec> early;
  std::optional<LemonsSpec> lemons;
  Setting<std::optional<units::Seconds>> repair;
  Setting<units::Seconds> restart;
  std::optional<WideOutagesSpec> pods, sites;
};
struct NetworkSpec {
  Origin at;
  Setting<WanCapacity> wan;
};

struct RolloutSpec {
  Origin at;
  Setting<RolloutDates> dates;
};

struct ScenarioSpec {
  Origin at;
  Setting<std::string> name, description;
  Setting<std::int64_t> seed;
  PeriodSpec period;
  RolloutSpec rollout;
  std::vector<SiteSpec> sites;
  WorkloadSpec workload;
  SchedulingSpec scheduling;
  NetworkSpec network;
  std::optional<FailuresSpec> failures;
  Setting<std::vector<CostValue>> cost;
  std::vector<Setting<Expectation>> expect;
};

}  // namespace gigasim::scenario
