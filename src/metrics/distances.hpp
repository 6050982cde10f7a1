#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gigasim/scenario/scenario.hpp"

namespace gigasim::metrics {

/// Great-circle distances between the places that jobs come from and the sites, worked out once.
class Distances {
 public:
  /// `origins` are the country codes that Job::origin indexes; their places are those of the scenario.
  Distances(const scenario::Scenario& scenario, const std::vector<std::string>& origins);

  /// Whole metres; nothing when origin or site is -1, or the origin's place is not known.
  [[nodiscard]] std::optional<std::int64_t> metres(std::int32_t origin, std::int32_t site) const {
    if (origin < 0 || site < 0) return std::nullopt;
    const std::vector<std::int64_t>& row = metres_[static_cast<std::size_t>(origin)];
    return row.empty() ? std::nullopt : std::optional{row[static_cast<std::size_t>(site)]};
  }

 private:
  std::vector<std::vector<std::int64_t>> metres_;  ///< by origin and site; empty for an origin without a place
};

}  // namespace gigasim::metrics
