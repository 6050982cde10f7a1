#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gigasim/workload/request_demand.hpp"

namespace gigasim::workload {

/// A request and the origin that it comes from.
struct ArrivingRequest {
  models::Request request;  ///< arrival in seconds since the period's start
  std::size_t origin = 0;   ///< in the order of RequestDemand::origins()
};

/// The requests of a service one by one, in order of time; ties in order of the origins.
///
/// From each origin they are a Poisson process whose rate is constant in an interval, drawn from the streams SERVICE,
/// purposes `requests CODE`, `input tokens CODE` and `output tokens CODE`: when other things change, the requests do
/// not. Lengths follow the law of the catalogue that the demand names, or all are alike. A trace's requests are those
/// of the trace; only where each comes from is drawn, by weight (purpose `origins of requests`).
class RequestArrivals {
 public:
  /// `origins` are the country codes that indices of `demand` stand for.
  RequestArrivals(const scenario::Scenario& scenario, const scenario::Service& service, const RequestDemand& demand,
                  const std::vector<std::string>& origins);
  ~RequestArrivals();
  RequestArrivals(RequestArrivals&&) noexcept;
  RequestArrivals& operator=(RequestArrivals&&) = delete;
  RequestArrivals(const RequestArrivals&) = delete;
  RequestArrivals& operator=(const RequestArrivals&) = delete;

  /// From now on requests come at these rates, by origin, in requests per second. What comes before has been taken.
  void begin_interval(units::Seconds now, const std::vector<double>& rates);
  /// Returns the next one that comes before `time`, which is within the interval; O(log origins).
  [[nodiscard]] std::optional<ArrivingRequest> next_before(units::Seconds time);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace gigasim::workload
