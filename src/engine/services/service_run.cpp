#include "service_run.hpp"

#include <algorithm>
#include <cmath>

#include "gigasim/catalogue/ai_models.hpp"
#include "gigasim/units/model_constant.hpp"

namespace gigasim::engine {
namespace {

const units::ModelConstant kIdleReplica{
    0.1,
    {"engine.idle_replica", "", "power of a replica that has nothing to do, between idle (0) and full (1)",
     "assumption: its weights are in memory and its server polls; range 0.05 to 0.3"}};

constexpr double kThousand = 1000.0;

models::LatencyTable table_of(const scenario::Scenario& scenario, const scenario::Service& service,
                              const scenario::ServicePlace& at) {
  const auto& partition =
      scenario.sites[static_cast<std::size_t>(at.site)].partitions[static_cast<std::size_t>(at.partition)];
  const models::Replica replica = scenario::replica_of(service.demand, at);
  const auto model = models::transformer_of(*catalogue::find_ai_model(service.ai_model));
  const auto device = models::device_of(*catalogue::find_accelerator(partition.accelerator));
  return {models::serving_rates(model, device, replica), replica};
}

/// Within the objective when the requests come from so far away; as near to it as can be where that is too far.
double rate_of(const models::LatencyTable& table, const scenario::ServiceObjective& objective,
               units::Seconds round_trip) {
  models::LatencyLimits limits;
  if (objective.ttft_p95) limits.first_token_p95 = (*objective.ttft_p95 - round_trip).in_base_units();
  if (objective.tpot_p95) limits.output_token_p95 = objective.tpot_p95->in_base_units();
  if (const auto rate = table.rate_within(limits)) return *rate;
  if (objective.ttft_p95) limits.first_token_p95 = objective.ttft_p95->in_base_units();
  return table.rate_within(limits).value_or(0.0);
}

metrics::RequestTime request_time(const models::Spread& spread, double delay) {
  return {spread.mean + delay, spread.p50 + delay, spread.p95 + delay, spread.p99 + delay};
}

bool keeps(const std::optional<units::Seconds>& limit, double time) {
  constexpr double kRounding = 1.0 + 1e-9;
  return !limit || time <= limit->in_base_units() * kRounding;
}

int queue_at(const scenario::Scenario& scenario, const scenario::ServicePlace& at) {
  int queue = at.partition;
  for (std::int32_t s = 0; s < at.site; ++s) {
    queue += static_cast<int>(scenario.sites[static_cast<std::size_t>(s)].partitions.size());
  }
  return queue;
}

}  // namespace

ServiceRun::ServiceRun(const scenario::Scenario& scenario, std::int32_t service,
                       const std::vector<std::string>& origins, NetworkQueues& queues, metrics::Observer& observer)
    : scenario_(scenario),
      service_(scenario.workload.services[static_cast<std::size_t>(service)]),
      index_(service),
      queues_(queues),
      observer_(observer),
      demand_(scenario, service_, origins),
      autoscaler_(service_) {
  auto views = views_of_origins(scenario, service_, demand_.origins(), origins);
  for (std::size_t o = 0; o < views.size(); ++o) {
    origins_.push_back({demand_.origins()[o], std::move(views[o]), 0, 0});
  }
  for (std::size_t p = 0; p < service_.places.size(); ++p) places_.push_back(make_place(service_.places[p], p));
  routes_.assign(origins_.size(), std::vector<double>(places_.size(), 0.0));
  if (scenario.period.warm_up > units::Seconds{0}) results_begin_ = units::ceil_to_grid(scenario.period.warm_up);
}

/// The objective holds for the users to whom the place is the nearest.
ServiceRun::Place ServiceRun::make_place(const scenario::ServicePlace& at, std::size_t index) const {
  models::LatencyTable table = table_of(scenario_, service_, at);
  units::Seconds farthest{0};
  for (const Origin& origin : origins_) {
    if (origin.view.nearest.empty() || origin.view.nearest.front() != static_cast<int>(index)) continue;
    farthest = std::max(farthest, origin.view.round_trip[index]);
  }
  const double rate = rate_of(table, service_.objective, farthest);
  const double parameters = catalogue::find_ai_model(service_.ai_model)->parameters;
  const units::Bytes weights{parameters * models::weight_bytes(at.precision)};
  const auto& site = scenario_.sites[static_cast<std::size_t>(at.site)];
  return {queue_at(scenario_, at),
          at,
          std::move(table),
          rate,
          ReplicaPool{{service_.replicas.start_up, weights, site.storage_bandwidth}},
          {},
          0};
}

units::Seconds ServiceRun::next_date() const {
  units::Seconds next = next_tick_;
  if (results_begin_) next = std::min(next, *results_begin_);
  for (const Place& place : places_) {
    if (const auto date = place.replicas.next_date()) next = std::min(next, *date);
  }
  return next;
}

void ServiceRun::act(units::Seconds now, ReplicaOrders& orders) {
  if (next_date() > now) return;
  change(now);
  if (results_begin_ && *results_begin_ <= now) results_begin_.reset();
  for (Place& place : places_) place.replicas.advance(now);
  if (next_tick_ <= now) decide(now, orders);
}

void ServiceRun::change(units::Seconds now) {
  close_stretch(now);
  has_changed_ = true;
}

std::vector<std::int64_t> ServiceRun::rates_to_scale_by(units::Seconds now) {
  const bool first = now == units::Seconds{0};
  if (service_.replicas.scale_by == scenario::ScaleBy::kLoad && !first) {
    std::vector<std::int64_t> rates;
    for (const Origin& origin : origins_) rates.push_back(origin.rate);
    return rates;
  }
  // What is foretold for as long as the decision holds: from when a replica that starts now is ready.
  std::vector<std::int64_t> rates = demand_.foretold_at(now);
  const auto later = demand_.foretold_at(now + service_.replicas.start_up + service_.replicas.interval);
  for (std::size_t o = 0; o < rates.size(); ++o) rates[o] = std::max(rates[o], later[o]);
  return rates;
}

std::vector<RequestSource> ServiceRun::sources(const std::vector<std::int64_t>& rates, units::Seconds over) const {
  std::vector<RequestSource> result;
  result.reserve(origins_.size());
  for (std::size_t o = 0; o < origins_.size(); ++o) {
    const double waiting = metrics::requests_of(origins_[o].waiting) / over.in_base_units();
    result.push_back({static_cast<double>(rates[o]) / kThousand + waiting, origins_[o].view.nearest});
  }
  return result;
}

void ServiceRun::decide(units::Seconds now, ReplicaOrders& orders) {
  const auto asked = sources(rates_to_scale_by(now), service_.replicas.interval);
  std::vector<ScalingPlace> state;
  for (const Place& place : places_) {
    const Queue& queue = queues_[place.queue];
    const std::int32_t privilege = scenario_.workload.streams[static_cast<std::size_t>(service_.stream)].privilege;
    const std::int64_t room = queue.room[static_cast<std::size_t>(privilege + 1)] / place.at.accelerators;
    state.push_back(
        {room > 0 && place.rate > 0.0, place.rate, room, place.replicas.running(), place.replicas.is_short(now)});
  }
  const auto wanted = autoscaler_.decide(now, asked, demand_.weights(), state);
  for (std::size_t p = 0; p < places_.size(); ++p) {
    Place& place = places_[p];
    std::int64_t have = place.replicas.running() + place.replicas.waiting();
    for (; have < wanted[p]; ++have) orders.starts.push_back({index_, p, place.queue, place.at.accelerators});
    for (; have > wanted[p]; --have) {
      orders.ends.push_back(place.replicas.to_give_up());
      place.replicas.gone(orders.ends.back());
    }
  }
  const auto rates = demand_.rates_at(now);
  for (std::size_t o = 0; o < origins_.size(); ++o) origins_[o].rate = rates[o];
  next_tick_ = now + service_.replicas.interval;
}

ReplicaPool& ServiceRun::pool_of(int queue) {
  return std::find_if(places_.begin(), places_.end(), [&](const Place& place) { return place.queue == queue; })
      ->replicas;
}

void ServiceRun::submitted(std::size_t place, metrics::JobIndex job, units::Seconds now) {
  places_[place].replicas.submitted(job, now);
}

void ServiceRun::started(int queue, metrics::JobIndex job, units::Seconds now) {
  change(now);
  pool_of(queue).started(job, now);
}

void ServiceRun::stopped(int queue, metrics::JobIndex job, units::Seconds now) {
  change(now);
  pool_of(queue).stopped(job, now);
}

void ServiceRun::gone(int queue, metrics::JobIndex job, units::Seconds now) {
  change(now);
  pool_of(queue).gone(job);
}

void ServiceRun::begin_stretch(units::Seconds now) {
  if (!has_changed_) return;
  has_changed_ = false;
  since_ = now;
  std::vector<double> capacity;
  for (const Place& place : places_) capacity.push_back(static_cast<double>(place.replicas.ready()) * place.rate);
  std::vector<std::int64_t> rates;
  for (const Origin& origin : origins_) rates.push_back(origin.rate);
  const units::Seconds left = std::max(next_tick_ - now, units::from_ticks(1));
  routes_ = route_requests(service_.routing, sources(rates, left), capacity);
  for (std::size_t p = 0; p < places_.size(); ++p) {
    double rate = 0.0;
    for (const auto& of_origin : routes_) rate += of_origin[p];
    const auto ready = static_cast<double>(places_[p].replicas.ready());
    places_[p].latency = places_[p].table.at(ready > 0.0 ? std::min(rate / ready, places_[p].rate) : 0.0);
  }
  tell_idle(now);
}

/// Ready replicas draw power by their load, those that start up or load their weights as those with nothing to do.
void ServiceRun::tell_idle(units::Seconds now) {
  constexpr double kHundredths = 100.0;
  for (Place& place : places_) {
    const double load = std::clamp(place.latency.utilisation, kIdleReplica.value(), 1.0);
    const auto ready = static_cast<double>(place.replicas.ready());
    const double unused =
        ready * (1.0 - load) + (static_cast<double>(place.replicas.running()) - ready) * (1.0 - kIdleReplica.value());
    const std::int64_t idle = std::llround(kHundredths * unused * static_cast<double>(place.at.accelerators));
    if (idle == place.idle) continue;
    place.idle = idle;
    observer_.replicas_idle(service_.stream, {place.at.site, place.at.partition}, idle, now);
  }
}

void ServiceRun::close_stretch(units::Seconds now) {
  if (now <= since_) return;
  offered_.clear();
  answered_.clear();
  for (std::size_t o = 0; o < origins_.size(); ++o) answer(o, now);
  observer_.requests_answered({index_, since_, now, offered_, answered_});
  since_ = now;
  has_changed_ = true;
}

void ServiceRun::answer(std::size_t o, units::Seconds now) {
  Origin& origin = origins_[o];
  const units::Ticks ticks = units::to_ticks(now - since_);
  metrics::OfferedRequests offered;
  offered.origin = origin.number;
  offered.offered = origin.rate * ticks;
  offered.waited = origin.waiting;
  metrics::RequestParts left = offered.waited + offered.offered;
  const std::size_t first = answered_.size();
  for (std::size_t p = 0; p < places_.size(); ++p) {
    if (routes_[o][p] <= 0.0) continue;
    const double exact = routes_[o][p] * kThousand * static_cast<double>(ticks);
    const auto served = std::min(left, static_cast<metrics::RequestParts>(exact));
    answered_.push_back({origin.number, places_[p].at.site, served, {}, {}, true});
    left -= served;
  }
  // Parts of a request that rounding leaves over go with the last.
  constexpr double kRounding = 1e-11;
  const bool rounding = static_cast<double>(left) <=
                        static_cast<double>(places_.size()) + kRounding * static_cast<double>(offered.offered);
  if (rounding && answered_.size() > first) {
    answered_.back().served += left;
    left = 0;
  }
  offered.served = offered.waited + offered.offered - left;
  const bool waits = service_.when_short == scenario::WhenShort::kQueue && !origin.view.nearest.empty();
  offered.waiting = waits ? left : 0;
  offered.shed = waits ? 0 : left;
  origin.waiting = offered.waiting;
  offered_.push_back(offered);
  // First come, first served: on average requests meet the mean of what waits, which goes at the rate of those served.
  const double mean_waiting = metrics::requests_of(offered.waited + offered.waiting) / 2.0;
  const double rate = metrics::requests_of(offered.served) / (now - since_).in_base_units();
  const double wait = rate > 0.0 ? mean_waiting / rate : 0.0;
  for (std::size_t a = first; a < answered_.size(); ++a) {
    metrics::AnsweredRequests& answered = answered_[a];
    const auto place =
        std::find_if(places_.begin(), places_.end(), [&](const Place& one) { return one.at.site == answered.site; });
    const auto p = static_cast<std::size_t>(place - places_.begin());
    const double delay = origin.view.round_trip[p].in_base_units() + wait;
    answered.first_token = request_time(place->latency.first_token, delay);
    answered.output_token = request_time(place->latency.output_token, 0.0);
    answered.within_objective = keeps(service_.objective.ttft_p95, answered.first_token.p95) &&
                                keeps(service_.objective.tpot_p95, answered.output_token.p95);
  }
}

}  // namespace gigasim::engine
