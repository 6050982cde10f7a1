#include "quantile_law.hpp"

#include <algorithm>
#include <cmath>

#include "gigasim/units/portable_math.hpp"

namespace gigasim::workload {

QuantileLaw::QuantileLaw(std::vector<std::pair<double, double>> quantiles) : quantiles_(std::move(quantiles)) {}

std::int64_t QuantileLaw::at(double u) const {
  const auto upper = std::lower_bound(quantiles_.begin(), quantiles_.end(), u,
                                      [](const auto& point, double value) { return point.first < value; });
  double size = quantiles_.back().second;
  if (upper == quantiles_.begin()) {
    size = upper->second;
  } else if (upper != quantiles_.end()) {
    const auto lower = upper - 1;
    const double inside = (u - lower->first) / (upper->first - lower->first);
    size = lower->second * units::portable_exp(inside * units::portable_log(upper->second / lower->second));
  }
  return static_cast<std::int64_t>(std::floor(size + 0.5));
}

double QuantileLaw::fraction_up_to(double x) const {
  if (x < quantiles_.front().second) return 0.0;
  for (std::size_t i = 1; i < quantiles_.size(); ++i) {
    const auto [before, lower] = quantiles_[i - 1];
    const auto [fraction, upper] = quantiles_[i];
    if (x >= upper) continue;
    return before + (fraction - before) * units::portable_log(x / lower) / units::portable_log(upper / lower);
  }
  return 1.0;
}

double QuantileLaw::mean() const {
  double mean = 0.0;
  const auto largest = static_cast<std::int64_t>(std::floor(quantiles_.back().second + 0.5));
  for (std::int64_t n = 1; n <= largest; ++n) mean += 1.0 - fraction_up_to(static_cast<double>(n) - 0.5);
  return mean;
}

double QuantileLaw::variation() const {
  double square = 0.0;
  const auto largest = static_cast<std::int64_t>(std::floor(quantiles_.back().second + 0.5));
  for (std::int64_t n = 1; n <= largest; ++n) {
    const auto count = static_cast<double>(n);
    square += (2.0 * count - 1.0) * (1.0 - fraction_up_to(count - 0.5));  // n^2 - (n - 1)^2
  }
  const double average = mean();
  return std::sqrt(std::max(0.0, square / (average * average) - 1.0));
}

}  // namespace gigasim::workload
