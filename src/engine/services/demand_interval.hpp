#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "gigasim/metrics/services.hpp"

namespace gigasim::engine {

/// Rates are given in thousandths of a request per second.
inline constexpr auto kThousand = static_cast<double>(scenario::kThousandths);

/// Returns the rate of requests that come in so many ticks, in thousandths of a request per second; exact where it is
/// whole.
[[nodiscard]] inline double rate_of_parts(metrics::RequestParts parts, units::Ticks ticks) {
  const metrics::RequestParts whole = parts / ticks;
  return static_cast<double>(whole) + static_cast<double>(parts % ticks) / static_cast<double>(ticks);
}

/// The requests that come between two decisions, by origin, at a constant rate: whole thousandths of a request per
/// second and, as evenly as can be, the parts that these leave over. All have come at its end, to the last part.
class DemandInterval {
 public:
  DemandInterval() = default;
  DemandInterval(units::Seconds begin, units::Seconds end, std::vector<metrics::RequestParts> offered)
      : begin_(begin), ticks_(units::to_ticks(end - begin)), offered_(std::move(offered)) {}

  /// Thousandths of a request per second.
  [[nodiscard]] double rate(std::size_t origin) const { return rate_of_parts(offered_[origin], ticks_); }
  [[nodiscard]] std::vector<double> rates() const {
    std::vector<double> rates;
    for (std::size_t o = 0; o < offered_.size(); ++o) rates.push_back(rate(o));
    return rates;
  }
  /// Parts from its begin to a time within it.
  [[nodiscard]] metrics::RequestParts until(units::Seconds time, std::size_t origin) const {
    const units::Ticks ticks = units::to_ticks(time - begin_);
    const auto left_over = static_cast<double>(offered_[origin] % ticks_);
    return offered_[origin] / ticks_ * ticks +
           static_cast<metrics::RequestParts>(left_over * (static_cast<double>(ticks) / static_cast<double>(ticks_)));
  }

 private:
  units::Seconds begin_{0};
  units::Ticks ticks_ = 1;
  std::vector<metrics::RequestParts> offered_;
};

}  // namespace gigasim::engine
