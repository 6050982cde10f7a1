#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <vector>

#include "gigasim/models/requests.hpp"

namespace gigasim::models {

class ContinuousBatch;
class RequestQueue;

/// One replica that is fed with requests as they become known and taken forward in time: the same batches, to the last
/// bit, as `simulate_requests` with the same arrivals. What a request will see depends on the arrivals until then, so
/// work stops where the next arrival could matter: the clock of the batch lags behind, or is an iteration ahead.
class RequestServer {
 public:
  /// The replica has nothing to do until its first request.
  RequestServer(const ServingRates& rates, const Replica& replica);
  ~RequestServer();
  RequestServer(RequestServer&&) noexcept;
  RequestServer& operator=(RequestServer&&) noexcept;
  RequestServer(const RequestServer&) = delete;
  RequestServer& operator=(const RequestServer&) = delete;

  /// Says whether the memory could ever hold it.
  [[nodiscard]] bool could_hold(const Request& request) const;
  /// Takes a request that it could hold and that comes here at `time`, which is its arrival or later (it was elsewhere
  /// before) and must not fall, nor be before that of the last `advance`. Some operations per request, however many
  /// tokens it has.
  void add(const Request& request, double time);
  /// Works off all that ends before `time`; all requests that come here before it have been added.
  void advance(double time);
  /// Adds those that have ended up to `time` to `answered`, in order, and forgets them. After `advance(time)`.
  void collect(double time, std::vector<ServedRequest>& answered);
  /// Takes out those that wait to be taken into the batch, in order of arrival.
  [[nodiscard]] std::vector<Request> take_waiting();
  /// Adds those to `requests`, and leaves them where they are.
  void list_waiting(std::vector<Request>& requests) const;
  /// Adds how many they are to `by_tag`, which has an element for each tag.
  void count_waiting(std::vector<std::int64_t>& by_tag) const;
  /// Takes out all that have not been collected: the replica is lost, and is not used any more.
  [[nodiscard]] std::vector<Request> take_all();

  /// When the last of those that have not been collected ends; nothing without any. After `advance` to infinity.
  [[nodiscard]] std::optional<double> last_end() const;

  /// Requests that have not been collected.
  [[nodiscard]] std::int64_t unfinished() const;
  /// Those of them that wait to be taken into the batch.
  [[nodiscard]] std::int64_t waiting() const;

 private:
  struct Incoming {
    Request request;
    double time = 0.0;
  };

  std::unique_ptr<RequestQueue> queue_;
  std::deque<Incoming> incoming_;  // not yet in the queue: that has not come so far
  std::deque<ServedRequest> ended_;
  std::vector<ServedRequest> just_ended_;
};

}  // namespace gigasim::models
