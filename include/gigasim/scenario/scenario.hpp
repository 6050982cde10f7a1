#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "gigasim/scenario/access_terms.hpp"
#include "gigasim/scenario/ai_work.hpp"
#include "gigasim/scenario/brokering.hpp"
#include "gigasim/scenario/defaults.hpp"
#include "gigasim/scenario/expectation.hpp"
#include "gigasim/scenario/failures.hpp"
#include "gigasim/scenario/job_chain.hpp"
#include "gigasim/scenario/moulding.hpp"
#include "gigasim/scenario/preemption.hpp"
#include "gigasim/scenario/priority.hpp"
#include "gigasim/scenario/queueing.hpp"
#include "gigasim/scenario/services.hpp"
#include "gigasim/units/calendar.hpp"
#include "gigasim/units/geo.hpp"
#include "gigasim/units/quantity.hpp"

/// A scenario as plain values: validated, every default filled in, every catalogue id resolved to numbers.
namespace gigasim::scenario {

/// Results cover [start + warm_up, start + warm_up + length). With `until_drained` the run has no fixed end: it stops
/// when all streams are exhausted and every job has ended, and results cover everything after the warm-up.
struct Period {
  units::UtcTime start;
  units::Seconds warm_up{0};
  units::Seconds length{0};
  bool until_drained = false;
  /// Tells whether results are also given by quarter and year: from 90 days on.
  [[nodiscard]] bool has_quarters() const { return !until_drained && length >= units::Seconds{90.0 * 86400.0}; }
  bool operator==(const Period&) const = default;
};

enum class SiteKind { kFactory, kGigafactory, kSupercomputer, kAntenna };

/// What a figure rests on, in one word: "published", "reported", "estimated", "recalled", as the catalogue's row says,
/// or "own" for what a user states. It says nothing of the figure itself, so that two are always equal.
struct Basis {
  std::string word = "own";
  bool operator==(const Basis& /*other*/) const { return true; }
};

/// From a moment on, so many accelerators of a partition can run jobs.
struct CapacityStep {
  units::UtcTime from;
  std::int64_t accelerators = 0;
  bool operator==(const CapacityStep&) const = default;
};

/// Accelerators of one model in a site. Powers are per accelerator and include its share of the node.
struct Partition {
  std::string name;
  std::string accelerator;  ///< catalogue id
  std::string vendor;       ///< of the accelerator; empty when the catalogue names none
  std::int64_t count = 0;
  Basis count_basis;
  std::int64_t per_node = 1;
  std::int64_t pod = kDefaultPod.whole();  ///< accelerators per pod; the last pod holds the remainder
  std::optional<units::UtcTime> online, offline;
  /// What can run, the dates of the site and the power of its connection considered: dates rise, and before the first
  /// there is nothing. Empty: `count` between the dates of site and partition, or nothing when cancelled.
  std::vector<CapacityStep> steps;
  std::vector<CapacityStep> planned;  ///< by the best dates, without delays and cancellation; empty: as `steps`
  bool cancelled = false;             ///< it is never built
  double h100_equivalent = 1.0;       ///< per accelerator
  units::Bytes memory{0};             ///< per accelerator
  units::Watts idle_power{0}, full_power{0};
  bool trusted = false;       ///< sensitive jobs may run here, on whole nodes
  bool trusted_only = false;  ///< and nobody else may
  units::Seconds wipe{0};     ///< for so long an ended job's accelerators stay occupied, at idle power
  bool operator==(const Partition&) const = default;
};

/// Who pays a site's capital, as fractions that sum 1.
struct FundingShares {
  double eu = 0.0;
  double national = 0.0;
  double private_money = 0.0;
  bool operator==(const FundingShares&) const = default;
};

/// A figure of the cost model that the scenario states instead of the catalogue. Costs are reckoned after a run: no
/// figure of the simulation depends on them.
struct CostValue {
  std::string parameter;  ///< of catalogue cost-parameters, or `capex`, `system_price`
  std::string unit;       ///< of the three numbers: the unit of the catalogue's row, EUR for the latter two
  double best = 0.0;
  double low = 0.0;
  double high = 0.0;
  bool operator==(const CostValue&) const = default;
};

struct Site {
  std::string name;
  std::string title;
  SiteKind kind = SiteKind::kFactory;
  std::string country;
  units::GeoPoint location;
  std::optional<units::UtcTime> online, offline;
  std::vector<Partition> partitions;
  double pue = kDefaultPue.value();
  std::optional<double> software_efficiency;  ///< speed of AI work against a tuned stack; nothing: that of the stacks
  std::string training_software, serving_software;  ///< catalogue software-stacks; empty: the vendor's usual one
  std::optional<units::Watts> connection;           ///< grid connection, facility side
  units::Bytes storage_capacity{0};
  units::BytesPerSecond storage_bandwidth{0};
  units::BytesPerSecond spine_bandwidth{0};  ///< bisection bandwidth between pods
  units::BytesPerSecond wan_access{0};
  std::optional<units::PerSecond> onboarding;  ///< projects that its staff can take on; nothing: any number
  std::string wan_attach;                      ///< id of a WAN node
  std::map<std::string, std::string> labels;
  std::optional<FundingShares> shares;    ///< nothing: by the funding rules of the site's kind
  std::optional<TimeShares> time_shares;  ///< nothing: its time is shared by nobody's rule
  std::vector<CostValue> cost;            ///< for this site alone, by parameter
  Eligibility eligible;
  std::string queue_policy;  ///< empty: that of the scenario
  bool operator==(const Site&) const = default;
};

/// What comparing countries takes, of a country with sites or users.
struct Country {
  double population_million = 0.0;
  double gdp_beur = 0.0;  ///< a year, EUR bn
  bool eu_member = false;
  bool cohesion = false;                          ///< eligible for the EU's Cohesion Fund
  std::optional<double> carbon_g_per_kwh;         ///< of its electricity, annual mean; nothing: not known
  std::optional<double> electricity_eur_per_mwh;  ///< to a large consumer, annual mean, by the catalogue
  bool operator==(const Country&) const = default;
};

/// Whether a country, by its code, is a known member of the EU.
[[nodiscard]] inline bool is_eu_member(const std::map<std::string, Country>& countries, const std::string& code) {
  const auto found = countries.find(code);
  return found != countries.end() && found->second.eu_member;
}

// ---- workload -------------------------------------------------------------------------------------------------------

/// Which country a job comes from: fixed weights per country code, normalised to sum 1, in code order.
using OriginWeights = std::vector<std::pair<std::string, double>>;

/// Accelerators per job: value and probability, values rising, probabilities sum 1.
using SizePmf = std::vector<std::pair<std::int64_t, double>>;

struct ConstantRuntime {
  units::Seconds value;
  bool operator==(const ConstantRuntime&) const = default;
};
struct ExponentialRuntime {
  units::Seconds mean;
  bool operator==(const ExponentialRuntime&) const = default;
};
struct LognormalRuntime {
  units::Seconds median;
  double sigma = 1.0;
  bool operator==(const LognormalRuntime&) const = default;
};
/// The duration table of a catalogue job class ("seren.sft").
struct ClassRuntime {
  std::string job_class;
  bool operator==(const ClassRuntime&) const = default;
};
using RuntimeLaw = std::variant<ConstantRuntime, ExponentialRuntime, LognormalRuntime, ClassRuntime>;
/// How long a job waits for its start before it leaves. Never a ClassRuntime.
using PatienceLaw = RuntimeLaw;

/// One class of a stream's jobs.
struct JobClass {
  std::string name;    ///< catalogue id, or the stream's name for an explicit job
  double share = 1.0;  ///< of the stream's jobs *before* bundling; shares of a stream sum 1
  SizePmf sizes;
  RuntimeLaw runtime;
  /// This many consecutive jobs of one class and size are submitted as one job that lasts the sum of their durations.
  std::int64_t bundle = 1;
  bool in_bursts = true;  ///< pre-training jobs never come in bursts
  /// How fast its jobs run on each partition, in the order of sites and partitions: runtimes are divided by this.
  /// Empty: 1 everywhere, or as `Stream.needs` or `Stream.work` say.
  std::vector<double> speeds;
  double mean_speed = 1.0;  ///< over the accelerators that the demand is measured against
  bool operator==(const JobClass&) const = default;
};

struct Walltime {
  enum class Kind { kExact, kFactor, kModel } kind = Kind::kModel;
  double factor = 1.0;          ///< for kFactor: request = factor x runtime
  std::string model = "theta";  ///< for kModel: catalogue id
  units::Seconds limit{kDefaultWalltimeLimit.value()};
  bool operator==(const Walltime&) const = default;
};

struct SyntheticArrivals {
  /// Jobs per second before the profile; nothing when the stream takes a share of the workload's demand.
  std::optional<units::PerSecond> rate;
  double demand_share = 0.0;             ///< share of the workload's demand in accelerator time; all shares sum 1
  std::optional<double> load;            ///< own demand as a fraction of the reference capacity
  std::string profile = "constant";      ///< "constant" or a catalogue id; local time of the job's origin
  std::string bursts = "none";           ///< "none" or a catalogue id
  std::optional<std::int64_t> max_jobs;  ///< the stream ends after this many
  double growth_per_year = 0.0;  ///< 0.3: the rate grows by 30 % in 365.25 d, continuously, from the period's start
  bool operator==(const SyntheticArrivals&) const = default;
};

enum class Overrun { kKill, kExtend };

/// A logged machine's jobs, replayed.
struct Trace {
  std::string file;  ///< absolute, or relative to the working directory
  std::string format = "swf";
  double accelerators_per_processor = 1.0;
  bool strict = false;              ///< a row that cannot be read refuses the log; else it is left out and counted
  std::vector<double> speeds = {};  ///< as JobClass.speeds
  bool operator==(const Trace&) const = default;
};

struct Stream {
  std::string name;
  std::string access_class;  ///< catalogue id; empty when not given
  std::map<std::string, std::string> labels;
  OriginWeights origin;              ///< empty: no origin is known (logs)
  std::optional<Projects> projects;  ///< nothing: users have access already
  std::optional<Trace> trace;
  // A synthetic stream has the rest.
  SyntheticArrivals arrivals;
  std::vector<JobClass> classes;
  Walltime walltime;
  std::optional<PatienceLaw> patience;  ///< also of a log's jobs; nothing: they wait for ever
  bool sensitive = false;               ///< its jobs run on trusted partitions only, on whole nodes
  std::int32_t privilege = -1;          ///< index in Scheduling.privileges: the first that names one of its labels
  Requirements needs;
  Residency residency = Residency::kAnywhere;
  std::optional<TimeHolder> time_holder;  ///< whose share of a site's time its jobs use, where one is known
  std::optional<JobChain> after;          ///< its jobs come after those of another stream, and have no arrivals
  std::optional<Moulding> moldable;       ///< the number of accelerators is chosen at submission
  std::optional<Checkpointing> checkpoint;
  std::int32_t service = -1;   ///< index in Workload.services of the one whose replicas are its jobs; -1: none
  std::optional<AiWork> work;  ///< its jobs are given as work; nothing: by their runtime
  bool operator==(const Stream&) const = default;
};

struct Workload {
  std::optional<double> load;           ///< demand of all streams with a share, over the reference capacity
  double reference_accelerators = 0.0;  ///< time mean of the accelerators online in the reference's results period
  std::vector<Stream> streams;          ///< those of the services last
  std::vector<Service> services;
  std::map<std::string, units::GeoPoint> origin_places;  ///< of the users of each country that a stream names
  bool operator==(const Workload&) const = default;
};

// ---- policies and network -------------------------------------------------------------------------------------------

/// What others may do with reserved accelerators that the privileged do not use.
enum class UnusedReserve {
  kLent,  ///< run short jobs there while none of the privileged waits
  kIdle,  ///< nothing
};

/// A right of the jobs that carry a label: docs/models/scheduling.md says what it means.
struct Privilege {
  std::string name;
  std::vector<std::string> labels;  ///< any of these: "user_type=sme", "access_class=...", "stream=..."
  double reserve = 0.0;             ///< share of each partition's accelerators
  std::vector<std::string> sites;   ///< names of those where it holds
  UnusedReserve unused = UnusedReserve::kLent;
  bool priority = false;                         ///< the privileged wait ahead of everybody else
  units::Seconds lend_up_to{kLendUpTo.value()};  ///< longest request that may borrow
  bool operator==(const Privilege&) const = default;
};

struct Scheduling {
  std::string queue_policy = "easy";  ///< of the sites that have none of their own
  std::string broker = "home";
  Overrun overrun = Overrun::kKill;
  std::vector<Privilege> privileges;
  ShareRule shares = ShareRule::kNone;                         ///< what the time shares of sites mean
  units::Seconds target_queue_time{kTargetQueueTime.value()};  ///< what `started_within_target` measures against
  BrokerWeights weights;                                       ///< for the broker `weighted`
  std::optional<units::Seconds> rebroker_after;  ///< a job that waits in a queue for so long is brokered anew
  QueueRules queues{};
  PriorityRules priority;
  std::vector<Preemption> preemption;
  [[nodiscard]] const std::string& policy_at(const Site& site) const {
    return site.queue_policy.empty() ? queue_policy : site.queue_policy;
  }
  bool operator==(const Scheduling&) const = default;
};

enum class WanCapacity { kLow, kBest, kHyper };

struct Network {
  WanCapacity wan = WanCapacity::kBest;
  bool operator==(const Network&) const = default;
};

/// Which of the dates that a plan can mean come true.
enum class RolloutDates { kBest, kEarliest, kLatest, kDrawn };

struct Scenario {
  std::string name;
  std::string description;
  std::string variant;  ///< empty for the base
  std::uint64_t seed = 1;
  Period period;
  RolloutDates rollout_dates = RolloutDates::kBest;
  std::vector<Site> sites;
  std::map<std::string, Country> countries;  ///< by code: those of the sites and of the users
  Workload workload;
  Scheduling scheduling;
  Network network;
  std::optional<Failures> failures;  ///< nothing: no node ever fails
  std::vector<CostValue> cost;       ///< for all sites, by parameter
  std::vector<Expectation> expectations;
  bool operator==(const Scenario&) const = default;
};

}  // namespace gigasim::scenario
