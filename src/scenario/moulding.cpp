#include "gigasim/scenario/moulding.hpp"

#include <algorithm>

#include "gigasim/units/grid.hpp"
#include "gigasim/units/portable_math.hpp"

namespace gigasim::scenario {
namespace {

double between(const std::vector<std::pair<std::int64_t, double>>& points, std::int64_t accelerators) {
  const auto above = std::upper_bound(points.begin(), points.end(), accelerators,
                                      [](std::int64_t n, const auto& point) { return n < point.first; });
  if (above == points.end()) return points.back().second;
  const auto n = static_cast<double>(accelerators);
  if (above == points.begin()) return above->second * n / static_cast<double>(above->first);
  const auto& [from, low] = *(above - 1);
  const double part = (n - static_cast<double>(from)) / static_cast<double>(above->first - from);
  return low + (above->second - low) * part;
}

}  // namespace

double SpeedUp::at(std::int64_t accelerators) const {
  const auto n = static_cast<double>(accelerators);
  switch (law) {
    case Law::kAmdahl:
      return 1.0 / (parameter + (1.0 - parameter) / n);
    case Law::kPower:
      return units::portable_pow(n, parameter);
    case Law::kPoints:
      return between(points, accelerators);
    case Law::kLinear:
      break;
  }
  return n;
}

std::vector<std::int64_t> Moulding::candidates() const {
  std::vector<std::int64_t> sizes;
  for (std::int64_t size = min; size < max; size *= 2) sizes.push_back(size);
  sizes.push_back(max);
  const auto wastes = [this](std::int64_t n) { return speed_up.at(n) / static_cast<double>(n) < min_efficiency; };
  sizes.erase(std::remove_if(sizes.begin() + 1, sizes.end(), wastes), sizes.end());
  return sizes;
}

units::Seconds Moulding::scaled(units::Seconds time, std::int64_t reference, std::int64_t accelerators) const {
  if (accelerators == reference) return time;
  return units::ceil_to_grid(time * (speed_up.at(reference) / speed_up.at(accelerators)));
}

}  // namespace gigasim::scenario
