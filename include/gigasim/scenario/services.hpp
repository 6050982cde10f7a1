#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gigasim/models/serving.hpp"
#include "gigasim/scenario/brokering.hpp"
#include "gigasim/scenario/request_trace.hpp"
#include "gigasim/units/quantity.hpp"

/// Inference services: models that answer requests all the time, on replicas that share the accelerators with the jobs.
/// docs/models/services.md says what each value means.
namespace gigasim::scenario {

/// How many requests come, and how long they are.
struct RequestDemand {
  units::PerSecond rate{0};          ///< of all origins together, before growth and bursts
  bool is_peak = true;               ///< `rate` is that of the busiest hour of a week; else the mean over a week
  std::string profile = "constant";  ///< "constant" or a catalogue id; local time of the origin
  double growth_per_year = 0.0;      ///< 0.3: the rate grows by 30 % in 365.25 d, continuously, from the period's start
  double burst_sigma = 0.0;          ///< of the natural logarithm of the bursts' factor, whose mean is 1; 0: no bursts
  units::Seconds burst_length{0};    ///< a factor holds for so long
  double input_tokens = 0.0;         ///< mean per request
  double output_tokens = 0.0;
  double input_cv = 0.0;  ///< their standard deviations over the means; 0: all requests are alike
  double output_cv = 0.0;
  double cached_input = 0.0;          ///< share of the input tokens that is found in the prefix cache
  std::string request_lengths;        ///< catalogue id of the law behind these numbers; empty: `tokens`, or a trace
  std::optional<TracedDemand> trace;  ///< instead of rate, profile, growth and bursts
  bool operator==(const RequestDemand&) const = default;
};

/// What users are promised: 95 % of the requests are at least so quick. Nothing: no promise.
struct ServiceObjective {
  std::optional<units::Seconds> ttft_p95;  ///< time to the first token, the network included
  std::optional<units::Seconds> tpot_p95;  ///< time per output token after the first
  bool operator==(const ServiceObjective&) const = default;
  /// Tells whether times in seconds are within it. (The largest rate at which it holds lies at the very limit: rounding
  /// must not put it beyond.)
  [[nodiscard]] bool is_kept(double first_token, double output_token) const {
    constexpr double kRounding = 1.0 + 1e-9;
    const auto within = [](const std::optional<units::Seconds>& limit, double seconds) {
      return !limit || seconds <= limit->in_base_units() * kRounding;
    };
    return within(ttft_p95, first_token) && within(tpot_p95, output_token);
  }
};

/// Where requests go.
enum class RequestRouting : std::uint8_t {
  kNearest,    ///< the nearest site with ready replicas, and nowhere else
  kSpillOver,  ///< the nearest one, and what it has no room for to the next
  kSpread,     ///< all sites, by what they can serve
};

/// What sets the number of replicas.
enum class ScaleBy : std::uint8_t {
  kFixed,     ///< nothing: it stays
  kSchedule,  ///< the rate that the profile foretells
  kLoad,      ///< the rate of the last interval
};

/// What becomes of requests that find no room.
enum class WhenShort : std::uint8_t {
  kShed,   ///< they are turned away
  kQueue,  ///< they wait
};

/// How closely requests are looked at.
enum class Fidelity : std::uint8_t {
  kFluid,     ///< as rates, with latencies from closed forms
  kRequests,  ///< one by one
};

struct Replicas {
  std::int64_t min = 1;
  std::int64_t max = 1;
  ScaleBy scale_by = ScaleBy::kLoad;
  double target_load = 1.0;          ///< of the rate that a replica can serve within the objective
  units::Seconds interval{0};        ///< between two decisions
  units::Seconds start_up{0};        ///< from the start of its job to the loading of its weights
  units::Seconds scale_in_after{0};  ///< a smaller number must have been enough for so long
  bool operator==(const Replicas&) const = default;
};

/// The machine of a site on which replicas may run.
struct ServicePlace {
  std::int32_t site = -1;  ///< index in Scenario.sites
  std::int32_t partition = -1;
  std::int64_t accelerators = 1;                           ///< of one replica
  models::Precision precision = models::Precision::kBf16;  ///< of the weights
  double software_efficiency = 1.0;                        ///< of the serving software
  bool operator==(const ServicePlace&) const = default;
};

/// A replica at a place, as the latency laws see it.
[[nodiscard]] models::Replica replica_of(const RequestDemand& demand, const ServicePlace& place);

struct Service {
  std::string name;
  std::int32_t stream = -1;  ///< index in Workload.streams of the one whose jobs are its replicas
  std::string ai_model;      ///< catalogue id
  RequestDemand demand;
  ServiceObjective objective;
  Residency residency = Residency::kAnywhere;
  RequestRouting routing = RequestRouting::kSpillOver;
  Replicas replicas;
  WhenShort when_short = WhenShort::kShed;
  Fidelity fidelity = Fidelity::kFluid;
  std::vector<ServicePlace> places;     ///< at most one of a site, in order of the sites
  std::vector<std::string> unmeasured;  ///< accelerators of the places on which nothing like it was measured
  bool operator==(const Service&) const = default;
};

}  // namespace gigasim::scenario
