#include "map_labels.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

#include "display_width.hpp"

namespace gigasim::report::html {
namespace {

constexpr double kLetter = 7.0, kLine = 13.0, kGap = 4.0;  ///< of the letters of style.css, on the safe side

struct Box {
  double left = 0.0, top = 0.0, right = 0.0, bottom = 0.0;
  [[nodiscard]] bool meets(const Box& other) const {
    return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
  }
};

Box around(const MapMark& mark) {
  return {mark.at.x - mark.radius, mark.at.y - mark.radius, mark.at.x + mark.radius, mark.at.y + mark.radius};
}

Box box_of(const MapLabel& label, double width) {
  const double left = label.to_the_left ? label.at.x - width : label.at.x;
  return {left, label.at.y - kLine / 2.0, left + width, label.at.y + kLine / 2.0};
}

bool inside_frame(const Box& box) {
  return box.left >= 0.0 && box.right <= kMapWidth && box.top >= 0.0 && box.bottom <= kMapHeight;
}

/// Right, left, upper right, lower right, upper left, lower left.
std::array<MapLabel, 6> candidates(const MapMark& mark) {
  const double beside = mark.radius + kGap;
  const double slanted = mark.radius * std::sqrt(0.5) + kGap;
  const auto at = [&](double x, double y) { return MapPoint{mark.at.x + x, mark.at.y + y}; };
  return {MapLabel{at(beside, 0.0), false},       MapLabel{at(-beside, 0.0), true},
          MapLabel{at(slanted, -slanted), false}, MapLabel{at(slanted, slanted), false},
          MapLabel{at(-slanted, -slanted), true}, MapLabel{at(-slanted, slanted), true}};
}

}  // namespace

std::vector<std::optional<MapLabel>> place_labels(const std::vector<MapMark>& marks) {
  std::vector<Box> taken;
  std::transform(marks.begin(), marks.end(), std::back_inserter(taken), around);
  std::vector<std::optional<MapLabel>> labels;
  for (const MapMark& mark : marks) {
    std::optional<MapLabel>& label = labels.emplace_back();
    if (mark.name.empty()) continue;
    const double width = display_width(mark.name) * kLetter;
    for (const MapLabel& candidate : candidates(mark)) {
      const Box box = box_of(candidate, width);
      const auto in_the_way = [&](const Box& other) { return box.meets(other); };
      if (!inside_frame(box) || std::any_of(taken.begin(), taken.end(), in_the_way)) continue;
      label = candidate;
      taken.push_back(box);
      break;
    }
  }
  return labels;
}

}  // namespace gigasim::report::html
