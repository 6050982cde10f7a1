#pragma once

#include <optional>
#include <string>
#include <vector>

#include "projection.hpp"

namespace gigasim::report::html {

/// A mark on the map and the name that should stand beside it.
struct MapMark {
  MapPoint at;
  double radius = 0.0;
  std::string name;
};

/// Where a name stands: the middle of its line of text, from there to the right or to the left.
struct MapLabel {
  MapPoint at;
  bool to_the_left = false;
};

/// Finds a place for each name, first to last, on one of four sides of its mark, where it covers no mark and no name
/// before it; nothing for a name without such a place.
[[nodiscard]] std::vector<std::optional<MapLabel>> place_labels(const std::vector<MapMark>& marks);

}  // namespace gigasim::report::html
