#pragma once

#include <cstdint>
#include <deque>
#include <utility>
#include <vector>

#include "gigasim/scenario/services.hpp"
#include "gigasim/units/quantity.hpp"
#include "request_routing.hpp"

namespace gigasim::engine {

/// What an autoscaler knows of a place.
struct ScalingPlace {
  bool online = false;
  double rate = 0.0;         ///< requests per second that a replica answers within the objective
  std::int64_t room = 0;     ///< replicas that the machine can hold at most
  std::int64_t running = 0;  ///< replicas that hold accelerators
  bool is_short = false;     ///< replicas have waited there since the last decision
};

/// Shares out a whole number in proportion to weights by largest remainders, ties to the first; nothing where the
/// weight is 0.
[[nodiscard]] std::vector<std::int64_t> share_out(std::int64_t number, const std::vector<double>& weights);

/// Decides how many replicas of a service each place should have.
///
///     wanted at a place = ceil(requests per second for it / (target_load x rate of a replica))
///
/// where requests go to places as they are routed, to all that are online as if they had room. Under `spill_over` a
/// place that is short is taken to have no more replicas than run: what is too much for these goes to the next place,
/// while those that wait there go on waiting. `fixed` and `min` are shared out by how much demand each place is the
/// nearest to, in the long run; `max` cuts all places in proportion. A place gives replicas back only when as few were
/// enough at all decisions within `scale_in_after`.
class Autoscaler {
 public:
  explicit Autoscaler(const scenario::Service& service) : service_(service) {}

  /// `sources` with the rates to be served, `weights` their shares in the long run. Times must not fall.
  [[nodiscard]] std::vector<std::int64_t> decide(units::Seconds now, const std::vector<RequestSource>& sources,
                                                 const std::vector<double>& weights,
                                                 const std::vector<ScalingPlace>& places);

 private:
  [[nodiscard]] std::vector<std::int64_t> wanted(const std::vector<RequestSource>& sources,
                                                 const std::vector<double>& weights,
                                                 const std::vector<ScalingPlace>& places) const;

  const scenario::Service& service_;
  std::deque<std::pair<units::Seconds, std::vector<std::int64_t>>> decisions_;  // within the hold
};

}  // namespace gigasim::engine
