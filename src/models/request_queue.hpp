#pragma once

#include <deque>
#include <limits>
#include <vector>

#include "continuous_batch.hpp"

namespace gigasim::models {

/// The batch of a replica and the requests that wait to be taken into it, in order of arrival.
class RequestQueue {
 public:
  RequestQueue(const ServingRates& rates, const Replica& replica) : batch_(rates, replica) {}

  [[nodiscard]] ContinuousBatch& batch() { return batch_; }
  [[nodiscard]] const ContinuousBatch& batch() const { return batch_; }
  [[nodiscard]] bool idle() const { return batch_.empty() && waiting_.empty(); }
  [[nodiscard]] std::deque<Request>& waiting() { return waiting_; }
  [[nodiscard]] const std::deque<Request>& waiting() const { return waiting_; }

  /// Takes as many into the batch as find room now.
  void admit() {
    while (!waiting_.empty() && batch_.has_room(waiting_.front())) {
      batch_.admit(waiting_.front());
      waiting_.pop_front();
    }
  }
  /// Until when the batch may go on when the next request arrives then. Behind a queue an arrival changes nothing: it
  /// is taken in order.
  [[nodiscard]] double until(double next_arrival) const { return waiting_.empty() ? next_arrival : kNoArrival; }

  static constexpr double kNoArrival = std::numeric_limits<double>::infinity();

 private:
  ContinuousBatch batch_;
  std::deque<Request> waiting_;
};

}  // namespace gigasim::models
