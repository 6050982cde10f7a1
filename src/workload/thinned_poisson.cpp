#include "thinned_poisson.hpp"

namespace gigasim::workload {

ThinnedPoisson::ThinnedPoisson(double base, const ArrivalRate& rate, const OriginLaw& origins,
                               std::optional<units::Seconds> end, const RandomStream& arrivals,
                               const RandomStream& origin_draws)
    : rate_(rate), origins_(&origins), end_(end), arrivals_(arrivals), origin_draws_(origin_draws) {
  if (base > 0.0) mean_gap_ = 1.0 / (base * rate_.bound());
}

std::optional<ThinnedPoisson::Moment> ThinnedPoisson::next() {
  if (mean_gap_ == 0.0) return std::nullopt;
  for (;;) {
    now_ += draw_exponential(arrivals_, mean_gap_);
    if (end_ && now_ >= end_->in_base_units()) return std::nullopt;
    std::int32_t origin = -1;
    LocalClock clock;
    if (!origins_->index.empty()) {
      const std::size_t chosen = origins_->choice.draw(origin_draws_);
      origin = origins_->index[chosen];
      clock = origins_->clocks[chosen];
    }
    if (arrivals_.uniform() < rate_.relative_to_bound(now_, clock)) return Moment{now_, origin};
  }
}

}  // namespace gigasim::workload
