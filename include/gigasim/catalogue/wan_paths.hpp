#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "gigasim/catalogue/catalogue.hpp"

namespace gigasim::catalogue {

/// One way through the research backbone: links by index in wan_links(), in order from the start.
struct WanPath {
  std::vector<std::size_t> links;
  units::Seconds latency{0};
  units::BytesPerSecond bottleneck{0};  ///< at best capacities
};

/// Returns the paths of least latency from one node of the backbone to each of `targets` (Dijkstra; ties go to the node
/// that comes first in the table). Sites and national networks carry only their own traffic: a path passes through
/// backbone PoPs, and through a national network only at its ends. Empty path for the start itself.
[[nodiscard]] std::vector<WanPath> shortest_paths(const std::string& from, const std::vector<std::string>& targets);

}  // namespace gigasim::catalogue
