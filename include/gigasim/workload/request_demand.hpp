#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "gigasim/scenario/scenario.hpp"

namespace gigasim::workload {

/// How many requests of a service come from where, when. For origin o of weight w_o, at time t since the period's
/// start,
///
///     rate_o(t) = c w_o p(local hour and weekday of o at t) (1 + g)^(t / 365.25 d) b(t)
///
/// with c such that the busiest hour of a week (or the mean over it) of the sum is what the scenario states, without
/// growth and bursts and in winter time. b is 1, or a factor that is drawn anew after each burst length:
/// exp(sigma z - sigma^2 / 2), z normal. Draws are those of the stream SERVICE, purpose `bursts`.
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
  /// Returns the rates at a time in thousandths of a request per second, rounded, in the order of origins(). Times must
  /// not fall: bursts are drawn as they come.
  [[nodiscard]] std::vector<std::int64_t> rates_at(units::Seconds now);
  /// The same without bursts: what the profile foretells. Any time.
  [[nodiscard]] std::vector<std::int64_t> foretold_at(units::Seconds now);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace gigasim::workload
