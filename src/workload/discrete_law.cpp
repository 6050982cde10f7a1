#include "discrete_law.hpp"

#include <algorithm>

namespace gigasim::workload {

DiscreteLaw::DiscreteLaw(const std::vector<double>& weights) {
  cumulative_.reserve(weights.size());
  double sum = 0.0;
  for (const double weight : weights) cumulative_.push_back(sum += weight);
}

std::size_t DiscreteLaw::draw(RandomStream& random) const {
  const double at = random.uniform() * cumulative_.back();
  const auto found = std::upper_bound(cumulative_.begin(), cumulative_.end() - 1, at);
  return static_cast<std::size_t>(found - cumulative_.begin());
}

}  // namespace gigasim::workload
