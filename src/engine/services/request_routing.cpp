#include "request_routing.hpp"

#include <algorithm>

namespace gigasim::engine {
namespace {

/// What each source asks of each place in one round.
using Wishes = std::vector<std::vector<double>>;

Wishes no_wishes(std::size_t sources, std::size_t places) {
  Wishes none(sources, std::vector<double>(places, 0.0));
  return none;
}

/// Grants what the places have room for, each in proportion, and takes it from their room.
void grant(const Wishes& wishes, std::vector<double>& room, RequestRoutes& routes) {
  for (std::size_t place = 0; place < room.size(); ++place) {
    double asked = 0.0;
    for (const auto& of_source : wishes) asked += of_source[place];
    if (asked <= 0.0) continue;
    const double share = std::min(1.0, room[place] / asked);
    for (std::size_t source = 0; source < wishes.size(); ++source) {
      routes[source][place] += share * wishes[source][place];
    }
    room[place] = share < 1.0 ? 0.0 : room[place] - asked;
  }
}

/// Each source asks one place for all that it has left: the first of its list from `at[source]` on with room.
bool ask_next(const std::vector<RequestSource>& sources, const std::vector<double>& room,
              const std::vector<double>& left, std::vector<std::size_t>& at, Wishes& wishes) {
  bool any = false;
  for (std::size_t source = 0; source < sources.size(); ++source) {
    const std::vector<int>& list = sources[source].nearest;
    while (at[source] < list.size() && room[static_cast<std::size_t>(list[at[source]])] <= 0.0) ++at[source];
    if (left[source] <= 0.0 || at[source] == list.size()) continue;
    wishes[source][static_cast<std::size_t>(list[at[source]])] = left[source];
    any = true;
  }
  return any;
}

RequestRoutes route_by_distance(bool further, const std::vector<RequestSource>& sources, std::vector<double> room) {
  RequestRoutes routes = no_wishes(sources.size(), room.size());
  std::vector<std::size_t> at(sources.size(), 0);
  std::vector<double> left;
  left.reserve(sources.size());
  for (const RequestSource& source : sources) left.push_back(source.rate);
  for (std::size_t round = 0; round < room.size(); ++round) {
    Wishes wishes = no_wishes(sources.size(), room.size());
    if (!ask_next(sources, room, left, at, wishes)) break;
    grant(wishes, room, routes);
    if (!further) break;
    for (std::size_t source = 0; source < sources.size(); ++source) {
      double granted = 0.0;
      for (const double rate : routes[source]) granted += rate;
      // What rounding leaves over is nothing that would look for another place.
      constexpr double kRounding = 1e-12;
      left[source] = sources[source].rate - granted;
      if (left[source] <= kRounding * sources[source].rate) left[source] = 0.0;
    }
  }
  return routes;
}

RequestRoutes spread(const std::vector<RequestSource>& sources, std::vector<double> room) {
  RequestRoutes routes = no_wishes(sources.size(), room.size());
  Wishes wishes = no_wishes(sources.size(), room.size());
  for (std::size_t source = 0; source < sources.size(); ++source) {
    double all = 0.0;
    for (const int place : sources[source].nearest) all += room[static_cast<std::size_t>(place)];
    if (all <= 0.0) continue;
    for (const int place : sources[source].nearest) {
      const auto p = static_cast<std::size_t>(place);
      wishes[source][p] = sources[source].rate * room[p] / all;
    }
  }
  grant(wishes, room, routes);
  return routes;
}

}  // namespace

RequestRoutes route_requests(scenario::RequestRouting routing, const std::vector<RequestSource>& sources,
                             const std::vector<double>& capacity) {
  if (routing == scenario::RequestRouting::kSpread) return spread(sources, capacity);
  return route_by_distance(routing == scenario::RequestRouting::kSpillOver, sources, capacity);
}

}  // namespace gigasim::engine
