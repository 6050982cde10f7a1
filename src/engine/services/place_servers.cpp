#include "place_servers.hpp"

#include <algorithm>
#include <iterator>
#include <limits>

#include "gigasim/units/grid.hpp"

namespace gigasim::engine {
namespace {

constexpr auto kByJob = [](const auto& server, metrics::JobIndex job) { return server.job < job; };

}  // namespace

void sort_by_arrival(std::vector<models::Request>& requests) {
  std::stable_sort(requests.begin(), requests.end(),
                   [](const models::Request& a, const models::Request& b) { return a.arrival < b.arrival; });
}

bool PlaceServers::set_ready(const std::vector<metrics::JobIndex>& ready) {
  std::vector<metrics::JobIndex> gone;
  for (const Server& server : ready_) {
    if (!std::binary_search(ready.begin(), ready.end(), server.job)) gone.push_back(server.job);
  }
  for (const metrics::JobIndex job : gone) {
    const auto at = find(ready_, job);
    leaving_.push_back(std::move(*at));
    ready_.erase(at);
  }
  bool any_new = false;
  for (const metrics::JobIndex job : ready) {
    const auto at = std::lower_bound(ready_.begin(), ready_.end(), job, kByJob);
    if (at != ready_.end() && at->job == job) continue;
    ready_.insert(at, {job, models::RequestServer(rates_, replica_)});
    any_new = true;
  }
  return any_new;
}

std::vector<models::Request> PlaceServers::take_waiting() {
  std::vector<models::Request> waiting;
  for (Server& server : ready_) {
    const auto taken = server.server.take_waiting();
    waiting.insert(waiting.end(), taken.begin(), taken.end());
  }
  return waiting;
}

void PlaceServers::deal(const std::vector<models::Request>& requests, units::Seconds now) {
  for (std::size_t i = 0; i < requests.size(); ++i) {
    ready_[i % ready_.size()].server.add(requests[i], now.in_base_units());
  }
}

bool PlaceServers::could_hold(const models::Request& request) const {
  return !ready_.empty() && ready_.front().server.could_hold(request);
}

std::vector<PlaceServers::Server>::iterator PlaceServers::find(std::vector<Server>& servers, metrics::JobIndex job) {
  return std::find_if(servers.begin(), servers.end(), [&](const Server& server) { return server.job == job; });
}

PlaceServers::GivenUp PlaceServers::give_up(metrics::JobIndex job) {
  const auto at = find(ready_, job);
  if (at == ready_.end()) return {};
  GivenUp given;
  given.waiting = at->server.take_waiting();
  // Nobody comes any more: what is in the batch can be worked off now. It is told when its time has come.
  at->server.advance(std::numeric_limits<double>::infinity());
  if (const auto end = at->server.last_end()) {
    given.until = units::ceil_to_grid(units::Seconds{*end});
    leaving_.push_back(std::move(*at));
  }
  ready_.erase(at);
  return given;
}

std::vector<models::Request> PlaceServers::lose(metrics::JobIndex job) {
  for (std::vector<Server>* servers : {&ready_, &leaving_}) {
    const auto at = find(*servers, job);
    if (at == servers->end()) continue;
    auto requests = at->server.take_all();
    servers->erase(at);
    return requests;
  }
  return {};
}

bool PlaceServers::take(const models::Request& request, double time) {
  const auto number = static_cast<double>(ready_.size());
  const std::size_t drawn = ready_.size() > 1 ? static_cast<std::size_t>(choice_.uniform() * number) : 0;
  models::RequestServer& server = ready_[drawn].server;
  if (!server.could_hold(request)) return false;
  server.add(request, time);
  return true;
}

void PlaceServers::advance(units::Seconds time, std::vector<models::ServedRequest>& answered) {
  for (std::vector<Server>* servers : {&ready_, &leaving_}) {
    for (Server& server : *servers) {
      server.server.advance(time.in_base_units());
      server.server.collect(time.in_base_units(), answered);
    }
  }
  std::erase_if(leaving_, [](const Server& server) { return server.server.unfinished() == 0; });
}

void PlaceServers::count_waiting(std::vector<std::int64_t>& by_tag) const {
  for (const std::vector<Server>* servers : {&ready_, &leaving_}) {
    for (const Server& server : *servers) server.server.count_waiting(by_tag);
  }
}

}  // namespace gigasim::engine
