#pragma once

#include <vector>

#include "gigasim/scenario/services.hpp"

namespace gigasim::engine {

/// Requests of one kind of users: how many a second, and who may answer them, the nearest first.
struct RequestSource {
  double rate = 0.0;
  std::vector<int> nearest;  ///< indices of places; empty: nobody may
};

/// How much of each source each place answers: requests per second, [source][place].
using RequestRoutes = std::vector<std::vector<double>>;

/// Sends the requests of all sources to places that can answer `capacity` of them a second. What is short is shared out
/// in proportion to what each source asks of a place.
///
/// - `nearest`: to the first place of the list with any capacity, and nowhere else.
/// - `spill_over`: the same, and in further rounds what found no room to the next place of the list. O(sources x
///   places^2) at most.
/// - `spread`: to all places of the list in proportion to their capacity.
///
/// No place answers more than its capacity, no source sends more than its rate (to within rounding).
[[nodiscard]] RequestRoutes route_requests(scenario::RequestRouting routing, const std::vector<RequestSource>& sources,
                                           const std::vector<double>& capacity);

}  // namespace gigasim::engine
