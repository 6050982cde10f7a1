#pragma once

#include <cstddef>
#include <vector>

#include "random_stream.hpp"

namespace gigasim::workload {

/// Picks one of several entries with a probability in proportion to its weight. Takes one uniform number per draw,
/// however many entries there are.
class DiscreteLaw {
 public:
  DiscreteLaw() = default;
  explicit DiscreteLaw(const std::vector<double>& weights);

  [[nodiscard]] std::size_t draw(RandomStream& random) const;

 private:
  std::vector<double> cumulative_;
};

}  // namespace gigasim::workload
