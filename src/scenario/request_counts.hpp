#pragma once

#include "diagnostics.hpp"
#include "gigasim/scenario/services.hpp"
#include "spec.hpp"

namespace gigasim::scenario {

/// Requests of a log, with all its repetitions, that come in `seconds` from the period's start, before they are scaled.
[[nodiscard]] double logged_requests(const TracedDemand& traced, double seconds);

/// Refuses services that could have more requests than whole numbers count (kMostRequestParts), all together.
///
/// Of a rate r(t) = r (1 + g)^t with bursts of length l come r (1 + g)^T (T + l b) at most in a period T, where b is
/// the largest factor that can be drawn: bursts have the mean 1, so that it takes one such to be far above.
class RequestCount {
 public:
  explicit RequestCount(const Period& period) : period_(period) {}
  /// `demand` as settled from `spec`; one error where it is too much with those added before.
  void add(const RequestDemandSpec& spec, const RequestDemand& demand, Context& context);

 private:
  [[nodiscard]] double most_of(const RequestDemand& demand) const;

  const Period& period_;
  double sum_ = 0.0;
};

}  // namespace gigasim::scenario
