#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <queue>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gigasim/scenario/failures.hpp"
#include "gigasim/units/quantity.hpp"
#include "gigasim/units/random_stream.hpp"

namespace gigasim::workload {

/// What interrupts a job that nobody planned.
enum class FailureCause : std::uint8_t {
  kAccelerator,  ///< with its memory
  kSoftware,
  kNetwork,
  kMaintenance,  ///< of the host, unplanned
  kOther,
  kPodOutage,
  kSiteOutage,
};
inline constexpr std::size_t kNumFailureCauses = 7;
/// "accelerator", "software", ...
[[nodiscard]] std::string_view name_of(FailureCause cause);

/// Returns how long a node is down in the mean: as stated, or by the classes of the document.
[[nodiscard]] units::Seconds mean_repair(const scenario::Failures& rules);

/// Nodes that go down together. Times are since the scenario's start, on the grid.
struct Outage {
  units::Seconds time{0};
  FailureCause cause = FailureCause::kOther;
  std::int64_t first_node = 0;  ///< within the partition
  std::int64_t nodes = 1;
  units::Seconds repaired{0};  ///< when they are up again
};

/// A partition as far as failures go.
struct NodePool {
  std::int64_t nodes = 0;
  std::int64_t nodes_per_pod = 0;
  units::PerSecond rate{0};  ///< of one node
  units::Seconds online{0};  ///< since when it runs, from the scenario's start, or before it; nothing fails earlier
  std::uint64_t seed = 1;    ///< of the scenario
  std::string name;          ///< of its random stream: no two pools of a scenario share it
  std::string site_name;     ///< of the stream that all pools of the site share
};

/// The outages of a partition, drawn from random streams of their own: whatever jobs run, the same nodes fail at the
/// same times. Nodes fail independently after a time of Weibull's law (from the begin, and again from each repair) with
/// the mean of the stated rate; in the early time, and for lemons, that time runs faster. Causes are drawn by the
/// published shares of Llama 3's interruptions, repairs by class. Pods and sites fail at constant rates.
///
/// O(n) to set up n nodes, O(log n) an outage.
class NodeFailures {
 public:
  NodeFailures(scenario::Failures rules, NodePool pool);
  /// When the next outage comes; nothing when nothing ever fails.
  [[nodiscard]] std::optional<units::Seconds> next_time() const;
  /// Returns the next outage, in order of time.
  [[nodiscard]] Outage next();
  [[nodiscard]] bool is_lemon(std::int64_t node) const { return lemon_[static_cast<std::size_t>(node)]; }

 private:
  using Due = std::pair<double, std::int64_t>;  // time; node, or -1 - pod, or kSite
  void schedule_node(std::int64_t node, double from);
  void schedule_wide(std::int64_t which, const scenario::WideOutages& rule, units::RandomStream& random, double from);
  [[nodiscard]] double draw_life();
  [[nodiscard]] FailureCause draw_cause();
  [[nodiscard]] double draw_repair();

  scenario::Failures rules_;
  NodePool pool_;
  double scale_ = 0.0;  // of Weibull's law, s
  units::RandomStream random_, pod_random_, site_random_;
  std::vector<bool> lemon_;
  std::priority_queue<Due, std::vector<Due>, std::greater<>> due_;
};

}  // namespace gigasim::workload
