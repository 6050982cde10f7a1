#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "arrival_rate.hpp"
#include "discrete_law.hpp"
#include "random_stream.hpp"

namespace gigasim::workload {

/// Where jobs come from: the countries' clocks and weights. With no countries every job has origin -1 and lives by UTC.
struct OriginLaw {
  std::vector<std::int32_t> index;  ///< in JobSource::origins()
  std::vector<LocalClock> clocks;
  DiscreteLaw choice;
};

/// The moments of a Poisson process whose rate follows each origin's own clock, by thinning: candidates come at the
/// peak rate, each draws its origin, and is kept with the probability rate(t, origin) / peak rate.
class ThinnedPoisson {
 public:
  struct Moment {
    double at = 0.0;           ///< seconds since the period's start, not yet on the grid
    std::int32_t origin = -1;  ///< in JobSource::origins()
  };

  /// `base`: mean rate per second of all origins together.
  ThinnedPoisson(double base, const ArrivalRate& rate, const OriginLaw& origins, std::optional<units::Seconds> end,
                 const RandomStream& arrivals, const RandomStream& origin_draws);

  /// Returns the next moment; nothing at the end.
  [[nodiscard]] std::optional<Moment> next();

 private:
  ArrivalRate rate_;
  const OriginLaw* origins_;
  std::optional<units::Seconds> end_;
  RandomStream arrivals_, origin_draws_;
  double mean_gap_ = 0.0;  ///< of candidates; 0: there are none
  double now_ = 0.0;
};

}  // namespace gigasim::workload
