#pragma once

#include <optional>
#include <vector>

#include "gigasim/models/serving.hpp"

/// How long requests wait at a replica under load, from closed forms: docs/models/ai.md, "Latency under load". Pure
/// functions; all times in seconds, all rates per second.
namespace gigasim::models {

/// Mean and quantiles over requests.
struct Spread {
  double mean = 0.0, p50 = 0.0, p95 = 0.0, p99 = 0.0;
};

/// What requests see of one replica at a rate of arrivals (Poisson).
struct Latency {
  double requests_per_second = 0.0;
  Spread first_token;        ///< TTFT: from arrival to the first token of output, in the replica (no network)
  Spread output_token;       ///< TPOT: time per token of output after the first
  double batch = 0.0;        ///< mean number of requests in work
  double waiting = 0.0;      ///< mean number that wait to be taken into the batch
  double utilisation = 0.0;  ///< 0..1: the rate over the rate of saturation
  double busy = 0.0;         ///< 0..1: share of the time with a request in work
  double output_tokens_per_second = 0.0;
};

/// What a service asks for. Nothing set: no limit.
struct LatencyLimits {
  std::optional<double> first_token_p95;   ///< s
  std::optional<double> output_token_p95;  ///< s
};

/// Returns the rate of arrivals that a replica can just not serve: mu(B). 0 when not one mean request fits in memory.
[[nodiscard]] double saturation_rate(const ServingRates& rates, const Replica& replica);

/// Returns the latency at a rate from 0 (one request alone) to below `saturation_rate`.
[[nodiscard]] Latency latency_at(const ServingRates& rates, const Replica& replica, double requests_per_second);

/// Returns the share of requests, 0..1, of which TTFT and TPOT are both within the limits (taken as independent; a
/// limit's quantile plays no part here). 0 at saturation and beyond.
[[nodiscard]] double slo_attainment(const ServingRates& rates, const Replica& replica, double requests_per_second,
                                    const LatencyLimits& limits);

/// Latency against load in 64 points, made once per model, device, precision, devices, lengths and tuning; then a
/// look-up costs a binary search. Between two points all values are taken as linear in the rate.
class LatencyTable {
 public:
  static constexpr int kPoints = 64;

  /// Throws std::invalid_argument when not one mean request fits in memory (`rates.largest_batch` below 1).
  LatencyTable(const ServingRates& rates, const Replica& replica);

  /// Rates of the last point (0.995 of saturation) and above give that point, with utilisation 1 at saturation and
  /// above: from there on the queue grows without end, and what waits is the caller's to count.
  [[nodiscard]] Latency at(double requests_per_second) const;
  [[nodiscard]] double saturation() const { return saturation_; }
  /// Returns the largest rate (up to the last point) at which the limits hold; nothing when they do not hold even for a
  /// request alone.
  [[nodiscard]] std::optional<double> rate_within(const LatencyLimits& limits) const;
  /// As `slo_attainment`, worked out anew: some microseconds.
  [[nodiscard]] double attainment(double requests_per_second, const LatencyLimits& limits) const;
  [[nodiscard]] const std::vector<Latency>& points() const { return points_; }

 private:
  ServingRates rates_;
  Replica replica_;
  double saturation_ = 0.0;
  std::vector<Latency> points_;  ///< by rate, from 0
};

}  // namespace gigasim::models
