#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gigasim/models/latency.hpp"
#include "gigasim/scenario/scenario.hpp"

/// Where the replicas of a service may run.
namespace gigasim::scenario {

/// What the replicas of a service are.
struct ReplicaWish {
  std::string ai_model;
  std::optional<models::Precision> precision;  ///< nothing: fp8 where the device has it, else bf16
  std::optional<std::int64_t> tensor;  ///< nothing: the smallest power of two with room for kServiceRoom requests
  RequestDemand demand;                ///< its lengths
};

/// Returns how a replica fits on a partition; nothing when it does not.
[[nodiscard]] std::optional<ServicePlace> place_in(const ReplicaWish& wish, const Site& site,
                                                   const Partition& partition);

/// Returns one partition of each site where a replica fits: the one with the most accelerators. `only`: names of the
/// sites that count; empty: all. Partitions for sensitive jobs alone do not count.
[[nodiscard]] std::vector<ServicePlace> places_for(const ReplicaWish& wish, const std::vector<Site>& sites,
                                                   const std::vector<std::string>& only);

/// Returns the accelerators of the places on which no serving of such a model was measured.
[[nodiscard]] std::vector<std::string> unmeasured_accelerators(const std::string& ai_model,
                                                               const std::vector<ServicePlace>& places,
                                                               const std::vector<Site>& sites);

/// Returns what a request sees that a replica at a place has to itself: the best there is.
[[nodiscard]] models::Latency latency_alone(const ReplicaWish& wish, const ServicePlace& place,
                                            const std::vector<Site>& sites);

/// Tells whether any accelerator of the sites that count has the number format.
[[nodiscard]] bool any_computes_in(models::Precision precision, const std::vector<Site>& sites,
                                   const std::vector<std::string>& only);

/// Returns the fewest accelerators with which a replica fits anywhere, in words: "4 x H100-SXM-80 (site a)"; empty when
/// there is no such number.
[[nodiscard]] std::string fewest_that_fit(ReplicaWish wish, const std::vector<Site>& sites,
                                          const std::vector<std::string>& only);

}  // namespace gigasim::scenario
