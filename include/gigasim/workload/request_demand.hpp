#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "gigasim/scenario/scenario.hpp"
#include "gigasim/units/grid.hpp"

namespace gigasim::workload {

/// How many requests of a service come from where, when. For origin o of weight w_o, at time t since the period's
/// start,
///
///     rate_o(t) = c w_o p(local hour and weekday of o at t) (1 + g)^(t / 365.25 d) b(t)
///
/// with c such that the busiest hour of a week (or the mean over it) of the sum is what the scenario states, without
/// growth and bursts and in winter time; what comes in an interval is rounded to a part of a request. b is 1, or a
/// factor that is drawn anew after each burst length: exp(sigma z - sigma^2 / 2), z normal. Draws are those of the
/// stream SERVICE, purpose `bursts`.
///
/// Of a trace the requests of an interval are counted; origins have their share by weight.
///
/// Requests of an interval are given in parts: thousandths of a request per second times ticks of 1/1024 s.
class RequestDemand {
 public:
  /// `origins` are the country codes that indices stand for. Throws scenario::ScenarioError for an unknown profile.
  RequestDemand(const scenario::Scenario& scenario, const scenario::Service& service,
                const std::vector<std::string>& origins);
  ~RequestDemand();
  RequestDemand(RequestDemand&&) noexcept;
  RequestDemand& operator=(RequestDemand&&) = delete;
  RequestDemand(const RequestDemand&) = delete;
  RequestDemand& operator=(const RequestDemand&) = delete;

  /// Indices of the origins that requests come from, rising.
  [[nodiscard]] const std::vector<std::int32_t>& origins() const;
  /// Returns their share of the demand in the long run, in the same order; they sum to 1.
  [[nodiscard]] const std::vector<double>& weights() const;
  /// Returns the parts that come in [from, to), in the order of origins(). Rates are those at `from` all the time.
  /// `from` must not fall: bursts are drawn as they come. `to` must be later.
  [[nodiscard]] std::vector<std::int64_t> offered_between(units::Seconds from, units::Seconds to);
  /// The same without bursts: what the profile, or the trace, foretells. Any time.
  [[nodiscard]] std::vector<std::int64_t> foretold_between(units::Seconds from, units::Seconds to);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace gigasim::workload
