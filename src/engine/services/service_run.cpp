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

/// A replica at a place, and how fast it works.
RequestTraffic::Place replica_at(const scenario::Scenario& scenario, const scenario::Service& service,
                                 const scenario::ServicePlace& at) {
  const auto& partition =
      scenario.sites[static_cast<std::size_t>(at.site)].partitions[static_cast<std::size_t>(at.partition)];
  const models::Replica replica = scenario::replica_of(service.demand, at);
  const auto model = models::transformer_of(*catalogue::find_ai_model(service.ai_model));
  const auto device = models::device_of(*catalogue::find_accelerator(partition.accelerator));
  return {at.site, models::serving_rates(model, device, replica), replica};
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
      autoscaler_(service_),
      period_end_(units::ceil_to_grid(scenario.period.warm_up + scenario.period.length)) {
  std::vector<std::string> codes;
  for (const std::int32_t origin : demand_.origins()) codes.push_back(origins[static_cast<std::size_t>(origin)]);
  auto views = scenario::views_of_origins(scenario, service_, codes);
  for (std::size_t o = 0; o < views.size(); ++o) {
    origins_.push_back({demand_.origins()[o], std::move(views[o]), 0});
  }
  for (std::size_t p = 0; p < service_.places.size(); ++p) places_.push_back(make_place(service_.places[p], p));
  routes_.assign(origins_.size(), std::vector<double>(places_.size(), 0.0));
  traffic_ = make_traffic(origins);
  if (scenario.period.warm_up > units::Seconds{0}) results_begin_ = units::ceil_to_grid(scenario.period.warm_up);
}

std::unique_ptr<RequestTraffic> ServiceRun::make_traffic(const std::vector<std::string>& origins) const {
  if (service_.fidelity == scenario::Fidelity::kFluid) return nullptr;
  std::vector<const scenario::OriginView*> views;
  for (const Origin& origin : origins_) views.push_back(&origin.view);
  std::vector<RequestTraffic::Place> places;
  for (const scenario::ServicePlace& at : service_.places) places.push_back(replica_at(scenario_, service_, at));
  return std::make_unique<RequestTraffic>(scenario_, service_, demand_, origins, views, places);
}

/// The objective holds for the users to whom the place is the nearest.
ServiceRun::Place ServiceRun::make_place(const scenario::ServicePlace& at, std::size_t index) const {
  const RequestTraffic::Place replica = replica_at(scenario_, service_, at);
  models::LatencyTable table{replica.rates, replica.replica};
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
  for (Place& place : places_) {
    const auto drained = place.replicas.advance(now);
    orders.ends.insert(orders.ends.end(), drained.begin(), drained.end());
  }
  if (next_tick_ <= now) decide(now, orders);
}

void ServiceRun::change(units::Seconds now) {
  close_stretch(now);
  has_changed_ = true;
}

std::vector<double> ServiceRun::rates_to_scale_by(units::Seconds now) {
  const bool first = now == units::Seconds{0};
  if (service_.replicas.scale_by == scenario::ScaleBy::kLoad && !first) return interval_.rates();
  // What is foretold for as long as the decision holds: from when a replica that starts now is ready.
  const units::Seconds interval = service_.replicas.interval;
  const units::Seconds ready = now + service_.replicas.start_up + interval;
  const auto soon = demand_.foretold_between(now, now + interval);
  const auto later = demand_.foretold_between(ready, ready + interval);
  std::vector<double> rates;
  for (std::size_t o = 0; o < soon.size(); ++o) {
    rates.push_back(rate_of_parts(std::max(soon[o], later[o]), units::to_ticks(interval)));
  }
  return rates;
}

std::vector<RequestSource> ServiceRun::sources(const std::vector<double>& rates, units::Seconds over) const {
  std::vector<RequestSource> result;
  result.reserve(origins_.size());
  for (std::size_t o = 0; o < origins_.size(); ++o) {
    const double number =
        traffic_ ? static_cast<double>(traffic_->waiting(o)) : metrics::requests_of(origins_[o].waiting);
    result.push_back({rates[o] / kThousand + number / over.in_base_units(), origins_[o].view.nearest});
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
      give_up(p, now, orders);
    }
  }
  next_tick_ = now + service_.replicas.interval;
  begin_interval(now);
}

/// One by one, a replica holds its accelerators until it has answered what it has begun.
void ServiceRun::give_up(std::size_t index, units::Seconds now, ReplicaOrders& orders) {
  ReplicaPool& replicas = places_[index].replicas;
  const metrics::JobIndex job = replicas.to_give_up();
  const auto until = traffic_ ? traffic_->give_up(index, job, now) : std::nullopt;
  if (until) return replicas.drain(job, *until);
  orders.ends.push_back(job);
  replicas.gone(job);
}

/// No further than to the end of the period: what a trace has until then comes until then.
void ServiceRun::begin_interval(units::Seconds now) {
  const units::Seconds end = std::max(std::min(next_tick_, period_end_), now + units::from_ticks(1));
  interval_ = {now, end, demand_.offered_between(now, end)};
  if (!traffic_) return;
  std::vector<double> rates = interval_.rates();
  for (double& rate : rates) rate /= kThousand;
  traffic_->begin_interval(now, rates);
}

std::size_t ServiceRun::place_at(int queue) const {
  const auto at =
      std::find_if(places_.begin(), places_.end(), [&](const Place& place) { return place.queue == queue; });
  return static_cast<std::size_t>(at - places_.begin());
}

void ServiceRun::submitted(std::size_t place, metrics::JobIndex job, units::Seconds now) {
  places_[place].replicas.submitted(job, now);
}

void ServiceRun::started(int queue, metrics::JobIndex job, units::Seconds now) {
  change(now);
  places_[place_at(queue)].replicas.started(job, now);
}

void ServiceRun::stopped(int queue, metrics::JobIndex job, units::Seconds now) {
  change(now);
  const std::size_t place = place_at(queue);
  if (traffic_) traffic_->lose(place, job);
  places_[place].replicas.stopped(job, now);
}

void ServiceRun::gone(int queue, metrics::JobIndex job, units::Seconds now) {
  change(now);
  const std::size_t place = place_at(queue);
  if (traffic_) traffic_->lose(place, job);
  places_[place].replicas.gone(job);
}

void ServiceRun::begin_stretch(units::Seconds now) {
  if (!has_changed_) return;
  has_changed_ = false;
  since_ = now;
  std::vector<double> capacity;
  for (const Place& place : places_) capacity.push_back(static_cast<double>(place.replicas.ready()) * place.rate);
  // A fluid that waits is to be gone at the next decision; single requests are sent on at once.
  const units::Seconds left = traffic_ ? service_.replicas.interval : std::max(next_tick_ - now, units::from_ticks(1));
  const auto asked = sources(interval_.rates(), left);
  routes_ = route_requests(service_.routing, asked, capacity);
  if (traffic_) {
    for (std::size_t p = 0; p < places_.size(); ++p) traffic_->set_ready(p, places_[p].replicas.ready_jobs());
    traffic_->begin_stretch(now, asked, routes_);
  }
  for (std::size_t p = 0; p < places_.size(); ++p) {
    double rate = 0.0;
    for (const auto& of_origin : routes_) rate += of_origin[p];
    const auto ready = static_cast<double>(places_[p].replicas.ready());
    places_[p].latency = places_[p].table.at(ready > 0.0 ? std::min(rate / ready, places_[p].rate) : 0.0);
  }
  tell_idle(now);
}

/// Replicas that are ready, or finish what they have, draw power by the load of those that are ready, those that start
/// up or load their weights as those with nothing to do.
void ServiceRun::tell_idle(units::Seconds now) {
  constexpr double kHundredths = 100.0;
  for (Place& place : places_) {
    const double load = std::clamp(place.latency.utilisation, kIdleReplica.value(), 1.0);
    const auto starting = static_cast<double>(place.replicas.running() - place.replicas.ready());
    const auto serving = static_cast<double>(place.replicas.ready() + place.replicas.draining());
    const double unused = serving * (1.0 - load) + starting * (1.0 - kIdleReplica.value());
    const std::int64_t idle = std::llround(kHundredths * unused * static_cast<double>(place.at.accelerators));
    if (idle == place.idle) continue;
    place.idle = idle;
    observer_.replicas_idle(service_.stream, {place.at.site, place.at.partition}, idle, now);
  }
}

}  // namespace gigasim::engine
