#pragma once

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
  units::Seconds walltime{0};
  std::int32_t privilege = -1;  ///< index among those of the network; -1 for none
  bool sensitive = false;       ///< on trusted partitions only, on whole nodes
  std::int32_t stream = -1;     ///< index of its stream; -1 when it has none
  std::int32_t group = -1;      ///< whose share of a site's time it uses; -1 for nobody's
};

/// What a broker may ask about the queues of the network. A queue is one partition of one site.
class QueueDirectory {
 public:
  virtual ~QueueDirectory() = default;
  [[nodiscard]] virtual int num_queues() const = 0;
  /// The queues in order of preference for an origin: those of its own country first, then by distance. For origin -1:
  /// in the order of the scenario.
  [[nodiscard]] virtual const std::vector<int>& by_distance(std::int32_t origin) const = 0;
  /// How many of by_distance(origin) lie in the origin's own country.
  [[nodiscard]] virtual std::size_t num_at_home(std::int32_t origin) const = 0;
  /// Whether the queue is online, lets the job in, is large enough for it beside what is reserved for others, and stays
  /// online for the job's walltime.
  [[nodiscard]] virtual bool accepts(int queue, const BrokeredJob& job) const = 0;
  [[nodiscard]] virtual double load(int queue) const = 0;
  [[nodiscard]] virtual units::Seconds now() const = 0;
  [[nodiscard]] virtual units::Seconds estimate_start(int queue, const BrokeredJob& job) const = 0;
};

/// Chooses the queue that a job joins, among those that accept it.
class Broker {
 public:
  virtual ~Broker() = default;
  /// Returns a queue that accepts the job; nothing when none does.
  [[nodiscard]] virtual std::optional<int> choose(const BrokeredJob& job, const QueueDirectory& queues) = 0;
  /// Hears that the load of a queue has changed.
  virtual void load_changed(int queue, double load);
};

/// The names that make_broker() takes.
[[nodiscard]] const std::vector<std::string>& broker_names();

/// Returns the broker called `name`; throws std::invalid_argument for any other name. S queues, H of them in the
/// country.
///
/// - `home`: the least loaded queue of the job's own country that accepts it, else the nearest anywhere. O(H) at home.
/// - `nearest`: the nearest queue by great-circle distance from the origin's place. O(1) while the nearest accepts.
/// - `round_robin`: the next queue in turn that accepts. O(1) while the next accepts.
/// - `least_loaded`: the lowest load (accelerators running and queued over capacity). O(log S) a change of load.
/// - `earliest_start`: asks each queue that accepts the job for an estimate, nearest first, and takes the earliest;
/// ties go to
///   the nearer. O(S log r) until one can start it at once: asking every site is what this broker is.
[[nodiscard]] std::unique_ptr<Broker> make_broker(std::string_view name);

}  // namespace gigasim::scheduling
