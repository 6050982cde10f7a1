#include "request_traffic.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace gigasim::engine {
namespace {

/// Requests that are told at once: bounds what has to be kept of them.
constexpr std::int64_t kAtOnce = 100'000;

}  // namespace

RequestTraffic::RequestTraffic(const scenario::Scenario& scenario, const scenario::Service& service,
                               const workload::RequestDemand& demand, const std::vector<std::string>& origins,
                               const std::vector<const scenario::OriginView*>& views, const std::vector<Place>& places)
    : service_(service),
      arrivals_(scenario, service, demand, origins),
      routes_(scenario.seed, service.name, "routes"),
      views_(views),
      counts_(views.size()),
      up_to_(views.size(), std::vector<double>(places.size(), 0.0)),
      waiting_(views.size(), 0) {
  for (const Place& place : places) {
    const std::string& name = scenario.sites[static_cast<std::size_t>(place.site)].name;
    const units::RandomStream choice(scenario.seed, service.name, fmt::format("replicas at {}", name));
    places_.push_back({place.site, PlaceServers(place.rates, place.replica, choice)});
  }
}

std::optional<units::Seconds> RequestTraffic::give_up(std::size_t place, metrics::JobIndex job, units::Seconds now) {
  PlaceServers& servers = places_[place].servers;
  PlaceServers::GivenUp given = servers.give_up(job);
  if (servers.has_ready()) {
    servers.deal(given.waiting, now);
  } else {
    held_.insert(held_.end(), given.waiting.begin(), given.waiting.end());
  }
  waiting_is_known_ = false;
  return given.until;
}

void RequestTraffic::lose(std::size_t place, metrics::JobIndex job) {
  const auto requests = places_[place].servers.lose(job);
  held_.insert(held_.end(), requests.begin(), requests.end());
  waiting_is_known_ = false;
}

void RequestTraffic::begin_stretch(units::Seconds now, const std::vector<RequestSource>& asked,
                                   const RequestRoutes& routes) {
  for (std::size_t o = 0; o < routes.size(); ++o) {
    double routed = 0.0;
    for (const double rate : routes[o]) routed += rate;
    constexpr double kRounding = 1e-9;  // what the routes leave over so is not turned away
    const bool all = service_.when_short == scenario::WhenShort::kQueue || routed >= asked[o].rate * (1.0 - kRounding);
    const double whole = all ? routed : asked[o].rate;
    double sum = 0.0;
    for (std::size_t p = 0; p < places_.size(); ++p) {
      sum += routes[o][p];
      up_to_[o][p] = whole > 0.0 ? sum / whole : 0.0;
    }
    if (all && whole > 0.0) {  // 1 exactly, from the last place on that has a share
      for (std::size_t p = places_.size(); p-- > 0;) {
        up_to_[o][p] = 1.0;
        if (routes[o][p] > 0.0) break;
      }
    }
  }
  deal_anew(now);
  std::vector<models::Request> held = std::exchange(held_, {});
  sort_by_arrival(held);
  for (const models::Request& request : held) send(request, now.in_base_units());
  waiting_is_known_ = false;
}

/// By the routes; nothing where these have no room.
std::optional<std::size_t> RequestTraffic::place_for(std::size_t origin) {
  const std::vector<double>& up_to = up_to_[origin];
  if (up_to.empty() || up_to.back() <= 0.0) return std::nullopt;
  const double drawn = routes_.uniform();
  const auto place = std::upper_bound(up_to.begin(), up_to.end(), drawn) - up_to.begin();
  return place < static_cast<std::ptrdiff_t>(up_to.size()) ? std::optional{static_cast<std::size_t>(place)}
                                                           : std::nullopt;
}

/// What was taken in stays in: under `shed` the routes may have no room for it, so that it stays at its place.
void RequestTraffic::deal_anew(units::Seconds now) {
  if (joined_.empty()) return;
  const bool everywhere = service_.when_short == scenario::WhenShort::kQueue;
  std::vector<std::vector<models::Request>> parts(places_.size());
  for (std::size_t p = 0; p < places_.size(); ++p) {
    if (!everywhere && std::find(joined_.begin(), joined_.end(), p) == joined_.end()) continue;
    std::vector<models::Request> waiting = places_[p].servers.take_waiting();
    sort_by_arrival(waiting);
    for (const models::Request& request : waiting) {
      const auto routed = everywhere ? place_for(static_cast<std::size_t>(request.tag)) : std::nullopt;
      const bool may_go = routed && places_[*routed].servers.could_hold(request);
      parts[may_go ? *routed : p].push_back(request);
    }
  }
  for (std::size_t p = 0; p < places_.size(); ++p) {
    sort_by_arrival(parts[p]);
    if (!parts[p].empty()) places_[p].servers.deal(parts[p], now);
  }
  joined_.clear();
}

void RequestTraffic::send(const models::Request& request, double time) {
  const auto origin = static_cast<std::size_t>(request.tag);
  const auto place = place_for(origin);
  if (place && places_[*place].servers.has_ready()) {
    if (!places_[*place].servers.take(request, time)) ++counts_[origin].shed;  // longer than any memory
    return;
  }
  const bool waits = service_.when_short == scenario::WhenShort::kQueue && !views_[origin]->nearest.empty();
  if (waits) {
    held_.push_back(request);
  } else {
    ++counts_[origin].shed;
  }
}

bool RequestTraffic::go_on(units::Seconds to) {
  for (std::int64_t n = 0; n < kAtOnce; ++n) {
    auto arriving = arrivals_.next_before(to);
    if (!arriving) {
      work(to);
      waiting_is_known_ = false;
      return false;
    }
    arriving->request.tag = static_cast<std::int64_t>(arriving->origin);
    ++counts_[arriving->origin].offered;
    send(arriving->request, arriving->request.arrival);
    last_ = units::Seconds{arriving->request.arrival};
  }
  work(last_);
  return true;
}

void RequestTraffic::work(units::Seconds until) {
  for (std::size_t p = 0; p < places_.size(); ++p) {
    ended_.clear();
    places_[p].servers.advance(until, ended_);
    for (const models::ServedRequest& one : ended_) {
      const auto origin = static_cast<std::size_t>(one.request.tag);
      ++counts_[origin].served;
      metrics::AnsweredRequest& answered = answered_.emplace_back();
      answered.origin = static_cast<std::int32_t>(origin);
      answered.site = places_[p].site;
      answered.first_token = one.time_to_first_token() + views_[origin]->round_trip[p].in_base_units();
      answered.output_token = one.time_per_output_token();
      answered.input_tokens = static_cast<double>(one.request.input_tokens);
      answered.output_tokens = static_cast<double>(one.request.output_tokens);
      answered.within_objective = service_.objective.is_kept(answered.first_token, answered.output_token);
    }
  }
}

std::int64_t RequestTraffic::waiting(std::size_t origin) {
  if (!waiting_is_known_) count_waiting();
  return waiting_[origin];
}

void RequestTraffic::count_waiting() {
  waiting_is_known_ = true;
  std::fill(waiting_.begin(), waiting_.end(), 0);
  for (const models::Request& request : held_) ++waiting_[static_cast<std::size_t>(request.tag)];
  if (service_.when_short != scenario::WhenShort::kQueue) return;
  for (const Served& place : places_) place.servers.count_waiting(waiting_);
}

void RequestTraffic::report(const std::vector<std::int32_t>& numbers, std::vector<metrics::OfferedRequests>& offered,
                            std::vector<metrics::AnsweredRequest>& answered) {
  for (std::size_t o = 0; o < counts_.size(); ++o) {
    Counts& counts = counts_[o];
    const std::int64_t left = counts.before + counts.offered - counts.served - counts.shed;
    offered.push_back({numbers[o], counts.offered * metrics::kPartsPerRequest,
                       counts.served * metrics::kPartsPerRequest, counts.shed * metrics::kPartsPerRequest,
                       counts.before * metrics::kPartsPerRequest, left * metrics::kPartsPerRequest});
    counts = {left, 0, 0, 0};
  }
  answered.swap(answered_);
  answered_.clear();
  for (metrics::AnsweredRequest& one : answered) one.origin = numbers[static_cast<std::size_t>(one.origin)];
}

}  // namespace gigasim::engine
