#include "point_law.hpp"

#include <algorithm>
#include <cmath>

#include "gigasim/units/portable_math.hpp"

namespace gigasim::models {
namespace {

/// Weights to sum 1, and values moved so that the mean is right in spite of few points.
Weighted adjusted(Weighted points, double mean) {
  double sum = 0.0;
  double first = 0.0;
  for (const auto& [value, weight] : points) {
    sum += weight;
    first += value * weight;
  }
  const double factor = mean * sum / first;
  for (auto& [value, weight] : points) {
    value *= factor;
    weight /= sum;
  }
  return points;
}

}  // namespace

Weighted lognormal_points(double mean, double cv) {
  if (cv <= 0.0) return {{mean, 1.0}};
  const double variance = units::portable_log(1.0 + cv * cv);
  const double sigma = std::sqrt(variance);
  // The trapezoidal rule over the normal density: errors fall faster than any power of the step.
  constexpr int kSide = 10;
  constexpr double kStep = 0.35;
  Weighted points;
  for (int i = -kSide; i <= kSide; ++i) {
    const double z = kStep * i;
    points.emplace_back(units::portable_exp(sigma * z), units::portable_exp(-z * z / 2.0));
  }
  return adjusted(std::move(points), mean);
}

Weighted gamma_points(double mean, double variance) {
  if (mean <= 0.0 || variance <= 1e-12 * mean * mean) return {{mean, 1.0}};
  constexpr int kCells = 20;
  const double shape = std::max(mean * mean / variance, 0.2);
  const double scale = mean / shape;
  const double sigma = std::sqrt(shape) * scale;
  // Cells grow with the value where the density is steepest at 0.
  const double low = std::sqrt(std::max(0.0, mean - 4.0 * sigma));
  const double high = std::sqrt(mean + 9.0 * sigma);
  const double top = (2.0 * shape - 1.0) * units::portable_log(std::sqrt(mean)) - shape;
  Weighted points;
  for (int i = 0; i < kCells; ++i) {
    const double root = low + (high - low) * (i + 0.5) / kCells;
    const double value = root * root;
    points.emplace_back(value,
                        units::portable_exp((2.0 * shape - 1.0) * units::portable_log(root) - value / scale - top));
  }
  return adjusted(std::move(points), mean);
}

Weighted beta_points(double mean, double variance) {
  if (mean <= 0.0 || mean >= 1.0 || variance <= 1e-12) return {{mean, 1.0}};
  constexpr int kCells = 12;
  const double size = std::max(mean * (1.0 - mean) / variance - 1.0, 0.05);
  const double a = mean * size - 1.0;
  const double b = (1.0 - mean) * size - 1.0;
  const double sigma = std::sqrt(variance);
  const double low = std::max(0.0, mean - 4.0 * sigma);
  const double high = std::min(1.0, mean + 6.0 * sigma);
  const double top = a * units::portable_log(mean) + b * units::portable_log(1.0 - mean);
  Weighted points;
  for (int i = 0; i < kCells; ++i) {
    // Cells shrink towards both ends, where the density may have no bound: value = 3 u^2 - 2 u^3.
    const double u = (i + 0.5) / kCells;
    const double value = low + (high - low) * u * u * (3.0 - 2.0 * u);
    const double density =
        units::portable_exp(a * units::portable_log(value) + b * units::portable_log(1.0 - value) - top);
    points.emplace_back(value, density * u * (1.0 - u));
  }
  points = adjusted(std::move(points), mean);
  for (auto& point : points) point.first = std::min(point.first, 1.0);
  return points;
}

Weighted condensed(const Weighted& points, double cell) {
  Weighted few;
  double sum = 0.0;
  double weight = 0.0;
  for (const auto& [value, share] : points) {
    sum += value * share;
    weight += share;
    if (weight < cell) continue;
    few.emplace_back(sum / weight, weight);
    sum = weight = 0.0;
  }
  if (weight > 0.0) few.emplace_back(sum / weight, weight);
  return few;
}

PointLaw::PointLaw(Weighted points) : beyond_(std::move(points)) {
  std::sort(beyond_.begin(), beyond_.end());
  double beyond = 0.0;
  for (auto point = beyond_.rbegin(); point != beyond_.rend(); ++point) {
    auto& [value, share] = *point;
    mean_ += value * share;
    const double weight = share;
    share = beyond + weight / 2.0;
    beyond += weight;
  }
}

double PointLaw::beyond(double value) const {
  const auto above = std::upper_bound(beyond_.begin(), beyond_.end(), value,
                                      [](double v, const auto& point) { return v < point.first; });
  if (above == beyond_.begin()) return 1.0;
  const auto& [low, share] = *std::prev(above);
  if (above == beyond_.end()) return value > low ? 0.0 : share;
  return share + (above->second - share) * (value - low) / (above->first - low);
}

}  // namespace gigasim::models
