#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "../network_queues.hpp"
#include "autoscaler.hpp"
#include "demand_interval.hpp"
#include "gigasim/metrics/observer.hpp"
#include "gigasim/models/latency.hpp"
#include "gigasim/scenario/round_trips.hpp"
#include "gigasim/workload/request_demand.hpp"
#include "replica_pool.hpp"
#include "request_routing.hpp"
#include "request_traffic.hpp"

namespace gigasim::engine {

/// What an autoscaler wants of the queues at one instant.
struct ReplicaOrders {
  struct Start {
    std::int32_t service = -1;
    std::size_t place = 0;  ///< of the service
    int queue = -1;
    std::int64_t accelerators = 1;
  };
  std::vector<Start> starts;
  std::vector<metrics::JobIndex> ends;
};

/// One service during a run. Between two changes (a decision of the autoscaler, a replica that comes or goes) rates are
/// constant. As a fluid, all requests of a country and a site meet the same load in such a stretch: what happens is
/// settled at its beginning and told to the observer at its end. One by one, they are worked out at its end.
class ServiceRun {
 public:
  ServiceRun(const scenario::Scenario& scenario, std::int32_t service, const std::vector<std::string>& origins,
             NetworkQueues& queues, metrics::Observer& observer);

  /// When the service acts next; always there.
  [[nodiscard]] units::Seconds next_date() const;
  /// Does what is due and adds what it wants to `orders`.
  void act(units::Seconds now, ReplicaOrders& orders);
  /// A replica's job changes. The stretch so far is closed before.
  void submitted(std::size_t place, metrics::JobIndex job, units::Seconds now);
  void started(int queue, metrics::JobIndex job, units::Seconds now);
  void stopped(int queue, metrics::JobIndex job, units::Seconds now);
  void gone(int queue, metrics::JobIndex job, units::Seconds now);
  /// All that happens at this instant has happened: settles the stretch that begins.
  void begin_stretch(units::Seconds now);
  /// Closes the last stretch.
  void finish(units::Seconds now) { close_stretch(now); }

 private:
  /// A site with replicas, or where they may be.
  struct Place {
    int queue = -1;
    scenario::ServicePlace at;
    models::LatencyTable table;
    double rate = 0.0;  ///< requests per second that a replica is given at most
    ReplicaPool replicas;
    models::Latency latency;  ///< in the present stretch
    std::int64_t idle = 0;    ///< hundredths of accelerators, as last told
  };
  /// The requests of one origin, in parts.
  struct Origin {
    std::int32_t number = -1;
    scenario::OriginView view;
    metrics::RequestParts waiting = 0;
  };

  [[nodiscard]] Place make_place(const scenario::ServicePlace& at, std::size_t index) const;
  [[nodiscard]] std::unique_ptr<RequestTraffic> make_traffic(const std::vector<std::string>& origins) const;
  [[nodiscard]] std::size_t place_at(int queue) const;
  void answer_one_by_one(units::Seconds now);
  void close_stretch(units::Seconds now);
  void change(units::Seconds now);
  void decide(units::Seconds now, ReplicaOrders& orders);
  void give_up(std::size_t index, units::Seconds now, ReplicaOrders& orders);
  /// `rates` in thousandths of a request per second.
  [[nodiscard]] std::vector<RequestSource> sources(const std::vector<double>& rates, units::Seconds over) const;
  [[nodiscard]] std::vector<double> rates_to_scale_by(units::Seconds now);
  void begin_interval(units::Seconds now);
  void tell_idle(units::Seconds now);
  void answer(std::size_t origin, units::Seconds now);

  const scenario::Scenario& scenario_;
  const scenario::Service& service_;
  std::int32_t index_;
  NetworkQueues& queues_;
  metrics::Observer& observer_;
  workload::RequestDemand demand_;
  Autoscaler autoscaler_;
  std::vector<Origin> origins_;
  std::vector<Place> places_;
  RequestRoutes routes_;  // of the present stretch, requests per second
  units::Seconds since_{0}, next_tick_{0};
  units::Seconds period_end_;
  DemandInterval interval_;
  std::optional<units::Seconds> results_begin_;
  bool has_changed_ = true;
  std::unique_ptr<RequestTraffic> traffic_;        // null for a fluid
  std::vector<metrics::OfferedRequests> offered_;  // of the stretch that is being closed
  std::vector<metrics::AnsweredRequest> one_by_one_;
  std::vector<metrics::AnsweredRequests> answered_;
};

}  // namespace gigasim::engine
