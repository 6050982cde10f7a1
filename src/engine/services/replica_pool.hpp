#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "gigasim/metrics/observer.hpp"
#include "gigasim/units/quantity.hpp"

namespace gigasim::engine {

/// The replicas of a service at one site, from the submission of their jobs to their end: they wait, start up, load
/// their weights, are ready, and may have to finish what they have begun when they are given up. All that start to load
/// at one instant share the site's storage among themselves and with those that load already; how long a load takes is
/// settled when it begins.
class ReplicaPool {
 public:
  struct Timing {
    units::Seconds start_up{0};
    units::Bytes weights{0};           ///< of one replica
    units::BytesPerSecond storage{0};  ///< of the site, for all
  };
  explicit ReplicaPool(const Timing& timing) : timing_(timing) {}

  void submitted(metrics::JobIndex job, units::Seconds now);
  void started(metrics::JobIndex job, units::Seconds now);
  /// It is preempted: it waits again, and will have to start up and load again.
  void stopped(metrics::JobIndex job, units::Seconds now);
  void gone(metrics::JobIndex job);
  /// It is given up, and has something to finish until then.
  void drain(metrics::JobIndex job, units::Seconds until);
  /// Begins loads and makes ready what is due. Returns those that have finished what they had, and forgets them.
  std::vector<metrics::JobIndex> advance(units::Seconds now);
  /// When the next replica begins to load, gets ready or has finished.
  [[nodiscard]] std::optional<units::Seconds> next_date() const;

  [[nodiscard]] std::int64_t waiting() const { return waiting_; }
  [[nodiscard]] std::int64_t ready() const { return ready_; }
  /// Which are ready, rising.
  [[nodiscard]] std::vector<metrics::JobIndex> ready_jobs() const;
  /// Those that hold accelerators and have not been given up.
  [[nodiscard]] std::int64_t running() const {
    return static_cast<std::int64_t>(replicas_.size()) - waiting_ - draining_;
  }
  [[nodiscard]] std::int64_t draining() const { return draining_; }
  /// Whether one has waited since before `now`.
  [[nodiscard]] bool is_short(units::Seconds now) const;
  /// Which one to give up first: the last that waits, else the last that is not ready, else the last.
  /// Those that are given up already do not count.
  [[nodiscard]] metrics::JobIndex to_give_up() const;

 private:
  enum class Stage : std::uint8_t { kWaiting, kStartingUp, kLoading, kReady, kDraining };
  struct Replica {
    Stage stage = Stage::kWaiting;
    units::Seconds date{0};  ///< since when it waits; when it begins to load; when it is ready; when it has finished
  };
  void enter(metrics::JobIndex job, Replica& replica, Stage stage, units::Seconds date);
  void leave(metrics::JobIndex job, const Replica& replica);

  Timing timing_;
  std::map<metrics::JobIndex, Replica> replicas_;
  std::set<std::pair<double, metrics::JobIndex>> dates_;  // of those that start up, load or drain
  std::int64_t waiting_ = 0, loading_ = 0, ready_ = 0, draining_ = 0;
};

}  // namespace gigasim::engine
