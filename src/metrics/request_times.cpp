#include "request_times.hpp"

#include <algorithm>

#include "gigasim/units/portable_math.hpp"

namespace gigasim::metrics {
namespace {

constexpr double kSmallest = 1e-4;  // s
constexpr std::size_t kStepsPerDecade = 200;
constexpr std::size_t kNumSteps = 10 * kStepsPerDecade;
constexpr double kTen = 10.0;

/// Place on the grid, in steps.
double steps_at(double seconds) {
  static const double kPerStep = units::portable_log(kTen) / static_cast<double>(kStepsPerDecade);
  const double place = units::portable_log(std::max(seconds, kSmallest) / kSmallest) / kPerStep;
  return std::clamp(place, 0.0, static_cast<double>(kNumSteps));
}

double seconds_at(double place) {
  return kSmallest * units::portable_pow(kTen, place / static_cast<double>(kStepsPerDecade));
}

std::size_t step_of(double place) {
  return std::min(static_cast<std::size_t>(place), kNumSteps - 1);
}

}  // namespace

void RequestTimeGrid::add(const RequestTime& time, double weight) {
  if (weight <= 0.0) return;
  if (steps_.empty()) steps_.resize(kNumSteps);
  weight_ += weight;
  sum_ += weight * time.mean;
  const double p50 = steps_at(time.p50);
  const double p95 = std::max(p50, steps_at(time.p95));
  const double p99 = std::max(p95, steps_at(time.p99));
  constexpr double kUpToMedian = 0.50;
  constexpr double kMedianTo95 = 0.45;
  constexpr double k95To99 = 0.04;
  constexpr double kLast = 0.01;
  spread(std::max(0.0, p50 - (p95 - p50)), p50, kUpToMedian * weight);
  spread(p50, p95, kMedianTo95 * weight);
  spread(p95, p99, k95To99 * weight);
  spread(p99, std::min(static_cast<double>(kNumSteps), p99 + (p99 - p95)), kLast * weight);
}

void RequestTimeGrid::add(double seconds) {
  if (steps_.empty()) steps_.resize(kNumSteps);
  weight_ += 1.0;
  sum_ += seconds;
  steps_[step_of(steps_at(seconds))] += 1.0;
}

void RequestTimeGrid::spread(double from, double to, double weight) {
  const std::size_t first = step_of(from);
  const std::size_t last = step_of(to);
  if (first == last) {
    steps_[first] += weight;
    return;
  }
  const double per_step = weight / (to - from);
  steps_[first] += per_step * (static_cast<double>(first + 1) - from);
  for (std::size_t step = first + 1; step < last; ++step) steps_[step] += per_step;
  steps_[last] += per_step * (to - static_cast<double>(last));
}

void RequestTimeGrid::add(const RequestTimeGrid& other) {
  if (other.steps_.empty()) return;
  if (steps_.empty()) steps_.resize(kNumSteps);
  weight_ += other.weight_;
  sum_ += other.sum_;
  for (std::size_t step = 0; step < kNumSteps; ++step) steps_[step] += other.steps_[step];
}

double RequestTimeGrid::quantile(double share) const {
  const double wanted = share * weight_;
  double below = 0.0;
  std::size_t last = 0;
  for (std::size_t step = 0; step < kNumSteps; ++step) {
    if (steps_[step] <= 0.0) continue;
    last = step;
    if (below + steps_[step] >= wanted) {
      return seconds_at(static_cast<double>(step) + (wanted - below) / steps_[step]);
    }
    below += steps_[step];
  }
  return seconds_at(static_cast<double>(last + 1));  // rounding: the very last
}

RequestTimes RequestTimeGrid::figures() const {
  if (weight_ <= 0.0) return {};
  constexpr double kMedian = 0.5;
  constexpr double kP95 = 0.95;
  constexpr double kP99 = 0.99;
  return {sum_ / weight_, quantile(kMedian), quantile(kP95), quantile(kP99)};
}

}  // namespace gigasim::metrics
