#pragma once

#include <cstdint>
#include <vector>

#include "gigasim/models/requests.hpp"

namespace gigasim::models {

/// The requests that a replica works on, and its clock, which stands at the end of an iteration.
class ContinuousBatch {
 public:
  ContinuousBatch(const ServingRates& rates, const Replica& replica);

  [[nodiscard]] double now() const { return now_; }
  /// Only while empty.
  void wait_until(double time) { now_ = time; }
  [[nodiscard]] bool empty() const { return size() == 0; }
  [[nodiscard]] std::int64_t size() const {
    return static_cast<std::int64_t>(endings_.size() + prefilled_.size()) - head_;
  }
  [[nodiscard]] bool prefilling() const { return head_ < static_cast<std::int64_t>(prefilled_.size()); }

  /// Says whether the memory could hold it alone, up to its last token.
  [[nodiscard]] bool could_hold(const Request& request) const;
  /// Says whether it can be taken in now.
  [[nodiscard]] bool has_room(const Request& request) const;
  void admit(const Request& request);

  /// What one call of `advance` did.
  struct Stretch {
    std::int64_t iterations = 0;
    std::int64_t output_tokens = 0;
  };
  /// One iteration if there is input to take. Else all iterations until the first request ends, or up to the first end
  /// of an iteration at or after `until`. Not while empty. Whoever ends is added to `ended`.
  Stretch advance(double until, std::vector<ServedRequest>& ended);

  /// Says whether, without another arrival, an iteration of prefill begins or a request ends before `time`.
  [[nodiscard]] bool ends_one_before(double time) const;
  /// Adds the requests in work, in no order of meaning.
  void list(std::vector<Request>& requests) const;

 private:
  struct Prefilled {
    Request request;
    std::int64_t done = 0;  ///< tokens
  };
  struct Ending {
    std::int64_t iteration = 0;  ///< in which the last token comes
    std::int64_t order = 0;      ///< of the first tokens: breaks ties
    std::size_t slot = 0;        ///< of decoded_
  };

  Stretch prefill(std::vector<ServedRequest>& ended);
  Stretch decode(double until, std::vector<ServedRequest>& ended);
  /// The times of the iterations if nobody comes or ends: the first, and how much longer than the one before each is.
  struct Series {
    double first = 0.0, more = 0.0;
    [[nodiscard]] double sum(std::int64_t n) const {
      const auto iterations = static_cast<double>(n);
      return iterations * (first + more * (iterations - 1.0) / 2.0);
    }
    /// The fewest iterations, at least 1 and at most `at_most`, that last `seconds` or longer.
    [[nodiscard]] std::int64_t that_last(double seconds, std::int64_t at_most) const;
  };
  [[nodiscard]] Series decoding() const;
  /// Takes the input of one iteration. Returns seconds and tokens.
  std::pair<double, std::int64_t> take_chunk();
  std::int64_t start_decoding(std::vector<ServedRequest>& ended);
  void pass(std::int64_t iterations, double seconds);
  void end_requests(std::vector<ServedRequest>& ended);
  void release(const Request& request);

  ServingRates rates_;
  std::int64_t chunk_ = 0;
  std::int64_t most_ = 0;          ///< requests
  std::int64_t half_tokens_ = 0;   ///< memory for keys and values, in halves of a token
  std::vector<double> iteration_;  ///< time of an iteration of k, without keys and values
  double now_ = 0.0;
  std::int64_t passed_ = 0;           ///< iterations
  std::int64_t reserved_ = 0;         ///< halves of a token
  std::int64_t context_ = 0;          ///< tokens of all that are decoded
  std::int64_t first_tokens_ = 0;     ///< given so far
  std::vector<Prefilled> prefilled_;  ///< a queue, from head_ on
  std::int64_t head_ = 0;
  std::vector<Ending> endings_;  ///< a heap, the next one in front
  std::vector<ServedRequest> decoded_;
  std::vector<std::size_t> free_slots_;
};

}  // namespace gigasim::models
