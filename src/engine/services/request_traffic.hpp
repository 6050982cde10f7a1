#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gigasim/scenario/round_trips.hpp"
#include "gigasim/workload/request_arrivals.hpp"
#include "place_servers.hpp"
#include "request_routing.hpp"

namespace gigasim::engine {

/// The requests of a service, one by one: where each goes, what it waits for, when it is answered.
///
/// A request goes to a place with the probability that the routes of the present stretch give it (drawn from the stream
/// SERVICE, purpose `routes`: what reaches a place is as irregular as what the users send). What the routes have no
/// room for is turned away under `shed`; under `queue` all go to the places, in the same proportions, and where none is
/// ready they wait for the next change. Requests of a replica that is lost are sent anew, like those that arrive, but
/// have waited since they first came; their tokens are lost. When a replica joins, those that wait to be taken into a
/// batch are dealt anew: under `queue` those of all places, by the routes that hold now (a place that was the first to
/// be ready gives back what it has not begun), under `shed` those of its place.
class RequestTraffic {
 public:
  /// What a request sees of a place.
  struct Place {
    std::int32_t site = -1;  ///< index in Scenario.sites
    models::ServingRates rates;
    models::Replica replica;
  };
  /// `views`: of each origin of `demand`.
  RequestTraffic(const scenario::Scenario& scenario, const scenario::Service& service,
                 const workload::RequestDemand& demand, const std::vector<std::string>& origins,
                 const std::vector<const scenario::OriginView*>& views, const std::vector<Place>& places);

  /// Rates by origin, in requests per second.
  void begin_interval(units::Seconds now, const std::vector<double>& rates) { arrivals_.begin_interval(now, rates); }
  /// Returns until when the replica works on what it has begun; nothing where that is over. What it had not begun goes
  /// to the others of its place, and where there are none is sent anew.
  [[nodiscard]] std::optional<units::Seconds> give_up(std::size_t place, metrics::JobIndex job, units::Seconds now);
  void lose(std::size_t place, metrics::JobIndex job);
  void set_ready(std::size_t place, const std::vector<metrics::JobIndex>& ready) {
    if (places_[place].servers.set_ready(ready)) joined_.push_back(place);
  }
  /// Requests of an origin that wait to be taken into a batch, as far as others are to be started for them: all under
  /// `queue`; under `shed` only those without a replica.
  [[nodiscard]] std::int64_t waiting(std::size_t origin);
  /// A stretch begins: these are the rates that are asked for and where they go, requests per second.
  void begin_stretch(units::Seconds now, const std::vector<RequestSource>& asked, const RequestRoutes& routes);

  /// Takes the next requests of the stretch, up to some number; false when there are no more before `to`. Then the
  /// replicas have worked until then. Call until it is false.
  [[nodiscard]] bool go_on(units::Seconds to);
  /// What became of the requests since the last call: adds to `offered` and sets `answered`.
  void report(const std::vector<std::int32_t>& numbers, std::vector<metrics::OfferedRequests>& offered,
              std::vector<metrics::AnsweredRequest>& answered);

 private:
  struct Served {
    std::int32_t site = -1;
    PlaceServers servers;
  };
  struct Counts {
    std::int64_t before = 0;  ///< in the system when last reported
    std::int64_t offered = 0, served = 0, shed = 0;
  };

  void send(const models::Request& request, double time);
  void deal_anew(units::Seconds now);
  [[nodiscard]] std::optional<std::size_t> place_for(std::size_t origin);
  void work(units::Seconds until);
  void count_waiting();

  const scenario::Service& service_;
  workload::RequestArrivals arrivals_;
  units::RandomStream routes_;
  std::vector<const scenario::OriginView*> views_;  // by origin
  std::vector<Served> places_;
  std::vector<Counts> counts_;  // by origin
  std::vector<std::vector<double>>
      up_to_;                          // by origin: sums of the shares of the places; what is beyond is turned away
  std::vector<models::Request> held_;  // without a replica; the tag of a request is its origin
  std::vector<std::int64_t> waiting_;  // by origin; counted when it is asked for, since many replicas may go at once
  bool waiting_is_known_ = false;
  std::vector<std::size_t> joined_;           // places where a replica has got ready since the last stretch
  units::Seconds last_{0};                    // when the last request came
  std::vector<models::ServedRequest> ended_;  // of one place
  std::vector<metrics::AnsweredRequest> answered_;
};

}  // namespace gigasim::engine
