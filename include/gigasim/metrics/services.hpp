#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gigasim/scenario/request_parts.hpp"
#include "gigasim/units/quantity.hpp"

/// What inference services do, as events and as results.
namespace gigasim::metrics {

using scenario::kPartsPerRequest;
using scenario::RequestParts;
using scenario::requests_of;

/// A time as requests of one kind see it, in seconds.
struct RequestTime {
  double mean = 0.0, p50 = 0.0, p95 = 0.0, p99 = 0.0;
  bool operator==(const RequestTime&) const = default;
};

/// Requests from one country that one site answers in a stretch of time.
struct AnsweredRequests {
  std::int32_t origin = -1;  ///< index in JobSource::origins()
  std::int32_t site = -1;
  RequestParts served = 0;
  RequestTime first_token;  ///< the way through the network and waiting included
  RequestTime output_token;
  bool within_objective = true;  ///< both 95 % quantiles are
};

/// One request that a site has answered, of a service whose requests are looked at one by one.
struct AnsweredRequest {
  std::int32_t origin = -1, site = -1;
  double first_token = 0.0;   ///< s, from when it first came; the way through the network included
  double output_token = 0.0;  ///< s; 0 for one token, which has no such time
  double input_tokens = 0.0, output_tokens = 0.0;
  bool within_objective = true;  ///< both times are
};

/// What became of all requests from one country in a stretch of time: offered + waited = served + shed + waiting.
struct OfferedRequests {
  std::int32_t origin = -1;
  RequestParts offered = 0, served = 0, shed = 0;
  RequestParts waited = 0, waiting = 0;  ///< at its begin and at its end
};

/// A stretch of time in which the rates and the ready replicas of a service stay the same. Where requests are looked at
/// one by one it may be told in several parts, each with what came and was answered since the part before.
struct ServiceStretch {
  std::int32_t service = -1;  ///< index in Workload.services
  units::Seconds from{0}, to{0};
  std::span<const OfferedRequests> offered;
  std::span<const AnsweredRequests> answered;     ///< fluid
  std::span<const AnsweredRequest> one_by_one{};  ///< beside those of `answered`
};

/// A time as the requests of a whole results period saw it. Means are exact, quantiles within 1.2 %.
struct RequestTimes {
  std::optional<double> mean_s, p50_s, p95_s, p99_s;  ///< nothing without requests
  bool operator==(const RequestTimes&) const = default;
};

/// The requests of a group in the results period.
struct ServiceFigures {
  bool any = false;  ///< the group has to do with services at all
  double offered = 0.0, served = 0.0, shed = 0.0;
  double waiting = 0.0;                            ///< at the end
  double waited = 0.0;                             ///< at the begin of the results period
  double input_tokens = 0.0, output_tokens = 0.0;  ///< of those served
  RequestTimes first_token, output_token;
  /// Of services with an objective: share of those offered or carried in that were served within it.
  std::optional<double> attainment;
  bool operator==(const ServiceFigures&) const = default;
};

/// One row of services.csv: all of a service, by site, by origin, or by both (an empty name stands for all).
struct ServiceRow {
  std::string service, site, origin;
  ServiceFigures figures;
};

}  // namespace gigasim::metrics
