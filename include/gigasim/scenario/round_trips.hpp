#pragma once

#include <string>
#include <vector>

#include "gigasim/scenario/scenario.hpp"

namespace gigasim::scenario {

/// What the requests of one origin see of the places of a service.
struct OriginView {
  std::vector<int> nearest;                ///< places that may answer them, by round trip; ties in order of the sites
  std::vector<units::Seconds> round_trip;  ///< by place
};

/// Returns the view from each of `origins` (country codes). A round trip is twice the least latency from the
/// national research network of the origin to where the site is attached, by the catalogue's backbone: the way from the
/// user to that network is left out. Places that the service's residency or the site's own rules exclude are not
/// listed.
[[nodiscard]] std::vector<OriginView> views_of_origins(const Scenario& scenario, const Service& service,
                                                       const std::vector<std::string>& origins);

}  // namespace gigasim::scenario
