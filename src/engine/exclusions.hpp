#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <unordered_map>
#include <vector>

#include "gigasim/metrics/observer.hpp"
#include "gigasim/units/grid.hpp"
#include "network_queues.hpp"

namespace gigasim::engine {

/// Numbers what stands in the way of jobs, so that a decision refers to it by a number. O(1) per job while nothing goes
/// online or offline: jobs of one kind and size (with reservations: and of one
/// stream and request) share the number that the first of them found by looking at all queues.
class Exclusions {
 public:
  Exclusions(const NetworkQueues& queues, metrics::Observer& observer) : queues_(queues), observer_(observer) {}

  /// What stands in the way of a job now; `able` tells how many queues could take it.
  struct Found {
    std::int32_t number = -1;
    std::int32_t able = 0;
  };
  [[nodiscard]] Found of(const scheduling::BrokeredJob& job);

 private:
  /// Jobs of one key meet the same exclusions as long as no queue ends within their request.
  struct Key {
    std::int32_t kind = 0, privilege = -1, group = -1;
    std::int64_t accelerators = 0;
    bool sensitive = false;
    std::int32_t needs = -1, stream = -1;  // with reservations only: whose they may use ...
    units::Ticks walltime = 0;             // ... and for how long, at the speed that they have somewhere
    bool operator==(const Key&) const = default;
  };
  struct KeyHash {
    [[nodiscard]] std::size_t operator()(const Key& key) const;
  };
  [[nodiscard]] Found look(const scheduling::BrokeredJob& job);

  const NetworkQueues& queues_;
  metrics::Observer& observer_;
  std::uint64_t epoch_ = 0;
  std::unordered_map<Key, Found, KeyHash> known_;  // of this epoch; looked up only, never iterated
  std::map<std::vector<metrics::Exclusion>, std::int32_t> numbers_;
};

}  // namespace gigasim::engine
