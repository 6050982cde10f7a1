#pragma once

#include <optional>
#include <vector>

#include "gigasim/metrics/observer.hpp"
#include "gigasim/models/request_server.hpp"
#include "gigasim/units/random_stream.hpp"

namespace gigasim::engine {

/// Those who have waited longest first.
void sort_by_arrival(std::vector<models::Request>& requests);

/// The replicas of a service at one place, as single requests see them.
///
/// Each request goes to one of the ready replicas, drawn: as from many front ends that know nothing of each other. (One
/// that sent them in turn would make what reaches a replica more even than a Poisson process, and TTFT a quarter
/// shorter at a load of 0.6: no closed form says how much.) So nobody looks at all replicas, and each works for itself
/// until the end of a stretch. Those that wait to be taken into a batch can be taken out and dealt out anew, in turn.
class PlaceServers {
 public:
  PlaceServers(const models::ServingRates& rates, const models::Replica& replica, const units::RandomStream& choice)
      : rates_(rates), replica_(replica), choice_(choice) {}

  /// Says which replicas are ready; those that were not begin with nothing to do, those that no longer are finish what
  /// they have. Returns whether any has joined.
  bool set_ready(const std::vector<metrics::JobIndex>& ready);
  struct GivenUp {
    std::vector<models::Request> waiting;  ///< not in its batch: others have to answer them
    std::optional<units::Seconds> until;   ///< it works on its batch until then; nothing: it has none
  };
  /// The replica takes no more requests, and finishes those in its batch.
  [[nodiscard]] GivenUp give_up(metrics::JobIndex job);
  /// The replica is lost, perhaps while it finishes what it has. Returns the requests that it had not answered.
  [[nodiscard]] std::vector<models::Request> lose(metrics::JobIndex job);
  [[nodiscard]] bool has_ready() const { return !ready_.empty(); }
  /// Takes out those that wait to be taken into a batch of one that is ready.
  [[nodiscard]] std::vector<models::Request> take_waiting();
  /// Gives requests, those that came first first, to the ready replicas in turn. Needs one; its memory can hold each.
  void deal(const std::vector<models::Request>& requests, units::Seconds now);
  [[nodiscard]] bool could_hold(const models::Request& request) const;
  /// Gives a request, which may have arrived elsewhere before, to a replica; false when the memory of none could hold
  /// it. Needs one that is ready.
  [[nodiscard]] bool take(const models::Request& request, double time);
  /// Works until then; adds those that were answered by then.
  void advance(units::Seconds time, std::vector<models::ServedRequest>& answered);
  /// Adds how many wait to be taken into a batch, by tag.
  void count_waiting(std::vector<std::int64_t>& by_tag) const;

 private:
  struct Server {
    metrics::JobIndex job = -1;
    models::RequestServer server;
  };

  static std::vector<Server>::iterator find(std::vector<Server>& servers, metrics::JobIndex job);

  models::ServingRates rates_;
  models::Replica replica_;
  std::vector<Server> ready_, leaving_;  // by job; in order of leaving
  units::RandomStream choice_;
};

}  // namespace gigasim::engine
