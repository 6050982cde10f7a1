#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gigasim/units/quantity.hpp"

namespace gigasim::scheduling {

/// What a broker may see of a job.
struct BrokeredJob {
  std::int32_t origin = -1;  ///< index of the country it comes from; -1 when not known
  std::int64_t accelerators = 0;
  units::Seconds walltime{0};   ///< as requested at speed 1
  std::int32_t privilege = -1;  ///< index among those of the network; -1 for none
  bool sensitive = false;       ///< on trusted partitions only, on whole nodes
  std::int32_t needs = 0;       ///< index of what it asks of a site, whatever its size
  int except = -1;              ///< a queue that does not come into question: where it waits already
  std::int32_t stream = -1;     ///< index of its stream; -1 when it has none
  std::int32_t group = -1;      ///< whose share of a site's time it uses; -1 for nobody's
  /// Of a request that was rounded up, which is rounded anew at another speed; estimate 0: it was not.
  struct Rounding {
    units::Seconds estimate{0};  ///< what was rounded
    units::Seconds runtime{0};   ///< below which it is not
    units::Seconds limit{0};     ///< above which it is not, where the runtime is below
  } rounding{};
};

/// What a site is like, seen from a job.
struct SiteFacts {
  double distance_km = 0.0;  ///< from the job's origin; 0 where that is not known
  double carbon_g_per_kwh = 0.0;
  double electricity_eur_per_mwh = 0.0;
};

/// What a broker may ask about the queues of the network. A queue is one partition of one site. A queue is *eligible*
/// for a job when what does not change allows it: accelerators, memory, residency, whose jobs the site takes, trust.
class QueueDirectory {
 public:
  virtual ~QueueDirectory() = default;
  [[nodiscard]] virtual int num_queues() const = 0;
  /// The eligible queues in order of preference: those of the job's own country first, then by distance. For an origin
  /// that is not known: in the order of the scenario. O(1): made once for all jobs that ask the same.
  [[nodiscard]] virtual const std::vector<int>& by_distance(const BrokeredJob& job) const = 0;
  /// How many of by_distance(job) lie in the job's own country.
  [[nodiscard]] virtual std::size_t num_at_home(const BrokeredJob& job) const = 0;
  /// Whether the queue is eligible and online, is large enough for the job beside what is reserved for others, and
  /// stays online for its walltime. O(1).
  [[nodiscard]] virtual bool accepts(int queue, const BrokeredJob& job) const = 0;
  [[nodiscard]] virtual double load(int queue) const = 0;
  [[nodiscard]] virtual units::Seconds now() const = 0;
  [[nodiscard]] virtual units::Seconds estimate_start(int queue, const BrokeredJob& job) const = 0;
  /// Walltimes are divided by this: how fast the job runs there.
  [[nodiscard]] virtual double speed(int /*queue*/, const BrokeredJob& /*job*/) const { return 1.0; }
  [[nodiscard]] virtual SiteFacts facts(int queue, const BrokeredJob& job) const = 0;
};

/// Why a broker chose a queue.
enum class Reason : std::uint8_t {
  kAtHome,       ///< the least loaded in the job's own country
  kNearest,      ///< the nearest that accepts
  kInTurn,       ///< its turn
  kLeastLoaded,  ///< the least loaded
  kAtOnce,       ///< the nearest that can start the job at once
  kEarliest,     ///< the earliest estimate
  kScore,        ///< the lowest score
};

/// What a broker decided.
struct Choice {
  int queue = -1;
  Reason reason = Reason::kNearest;
  std::optional<double> score;          ///< what it compared: lower is better; nothing where it did not compare
  int next = -1;                        ///< the second best of those that it looked at; -1: none
  std::optional<double> next_score;     ///< of that one
  std::optional<units::Seconds> start;  ///< its estimate, where it made one
};

/// Chooses the queue that a job joins, among those that accept it.
class Broker {
 public:
  virtual ~Broker() = default;
  /// Returns a queue that accepts the job; nothing when none does.
  [[nodiscard]] virtual std::optional<Choice> choose(const BrokeredJob& job, const QueueDirectory& queues) = 0;
  /// Hears that the load of a queue has changed.
  virtual void load_changed(int queue, double load);
};

/// What `weighted` puts on each criterion, in the units of make_broker().
struct Weights {
  double queue = 1.0;
  double distance = 0.0;
  double carbon = 0.0;
  double price = 0.0;
};

/// The names that make_broker() takes.
[[nodiscard]] const std::vector<std::string>& broker_names();

/// Returns the broker called `name`; throws std::invalid_argument for any other name. S eligible queues, H of them in
/// the country.
///
/// - `home`: the least loaded queue of the job's own country that accepts it, else the nearest anywhere. O(H) at home.
/// - `nearest`: the nearest queue by great-circle distance from the origin's place. O(1) while the nearest accepts.
/// - `round_robin`: the next queue in turn that accepts. O(1) while the next accepts.
/// - `least_loaded`: the lowest load (accelerators running and queued over capacity). O(log S) a change of load; O(1)
///   while the least loaded accepts.
/// - `earliest_start`: asks each queue that accepts the job for an estimate, nearest first, and takes the earliest;
///   of two or more at home that can start it at once the least loaded, other ties go to the nearer. O(S log r) until
///   one can start it at once: asking every site is what this broker is. Its score is the estimated queue time in days.
/// - `weighted`: the lowest score over the queues that accept the job, ties to the nearer. O(S log r).
///
///       score = w_queue T / 1 d + w_distance D / 1000 km + w_carbon C / (100 g/kWh) + w_price P / (100 EUR/MWh)
///
///   T is the estimated queue time, D the great-circle distance from the origin's place, C and P the annual means of
///   the site's country. The divisors are fixed, not the extremes of the sites at hand: so the score of a site does not
///   depend on which others there are, and a weight reads as days of waiting per 1000 km (and so on) when w_queue is 1.
///   With the weights 1, 0, 0, 0 it chooses as earliest_start does, but for its choice at home.
[[nodiscard]] std::unique_ptr<Broker> make_broker(std::string_view name, const Weights& weights = {});

}  // namespace gigasim::scheduling
