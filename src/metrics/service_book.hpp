#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "fault.hpp"
#include "gigasim/metrics/results.hpp"
#include "groups.hpp"
#include "ledger.hpp"
#include "request_times.hpp"

namespace gigasim::metrics {

/// The requests of a part of a service in the results period.
struct RequestSums {
  bool any = false, has_objective = false;
  RequestParts offered = 0, served = 0, shed = 0, waited = 0, waiting = 0;
  RequestParts promised = 0;  ///< offered and carried in, of services with an objective
  RequestParts within_objective = 0;
  double input_tokens = 0.0, output_tokens = 0.0;
  RequestTimeGrid first_token, output_token;
  void add(const RequestSums& other);
  [[nodiscard]] ServiceFigures figures() const;
};

/// What services did, by service, origin and site. Stretches must not cross the begin of the results period.
class ServiceBook {
 public:
  ServiceBook(const scenario::Scenario& scenario, std::size_t num_origins, Fault& fault);

  void add(const ServiceStretch& stretch, const Window& window);
  /// All that is in a group: the network, a site, a stream, a label, an origin. Nothing for others.
  [[nodiscard]] ServiceFigures figures_of(const Group& group, const std::vector<std::string>& origins) const;
  [[nodiscard]] std::vector<ServiceRow> rows(const std::vector<std::string>& origins) const;

 private:
  struct ByOrigin {
    RequestSums sums;                        ///< what came from there, served anywhere or not
    std::map<std::int32_t, RequestSums> at;  ///< by site
  };
  void check(const ServiceStretch& stretch);
  void offer(std::vector<ByOrigin>& of_service, const OfferedRequests& one, std::int32_t service);
  void answer(std::vector<ByOrigin>& of_service, const AnsweredRequests& one, std::int32_t service);
  static void answer(std::vector<ByOrigin>& of_service, const AnsweredRequest& one);

  const scenario::Scenario& scenario_;
  Fault& fault_;
  std::vector<std::vector<ByOrigin>> books_;  // by service, then by origin
};

}  // namespace gigasim::metrics
