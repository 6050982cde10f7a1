#include "request_counts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gigasim/scenario/request_parts.hpp"

namespace gigasim::scenario {
namespace {

constexpr double kSecondsPerYear = 365.25 * 86400.0;

/// exp(sigma z - sigma^2 / 2) for the largest normal number z that 53 random bits give: sqrt(2 x 53 ln 2).
double largest_burst(double sigma) {
  constexpr double kLargestNormal = 8.58;
  return std::exp(sigma * kLargestNormal - sigma * sigma / 2.0);
}

}  // namespace

double logged_requests(const TracedDemand& traced, double seconds) {
  const auto& requests = traced.trace->requests;
  const double cycle = cycle_of(*traced.trace);
  const double rounds = traced.repeat && cycle > 0.0 ? std::floor(seconds / cycle) : 0.0;
  const double rest = seconds - rounds * cycle;
  const auto first_beyond =
      std::lower_bound(requests.begin(), requests.end(), rest,
                       [](const models::Request& request, double time) { return request.arrival < time; });
  return rounds * static_cast<double>(requests.size()) + static_cast<double>(first_beyond - requests.begin());
}

double RequestCount::most_of(const RequestDemand& demand) const {
  const double seconds = (period_.warm_up + period_.length).in_base_units();
  if (demand.trace) return demand.trace->scale * logged_requests(*demand.trace, seconds);
  const double growth = std::max(1.0, std::pow(1.0 + demand.growth_per_year, seconds / kSecondsPerYear));
  const double burst =
      demand.burst_sigma > 0.0 ? demand.burst_length.in_base_units() * largest_burst(demand.burst_sigma) : 0.0;
  return demand.rate.in_base_units() * growth * (seconds + burst);
}

void RequestCount::add(const RequestDemandSpec& spec, const RequestDemand& demand, Context& context) {
  if (period_.until_drained) return;
  const double before = sum_;
  sum_ += most_of(demand);
  constexpr double kMost = requests_of(kMostRequestParts);
  if (before > kMost || sum_ <= kMost) return;
  const auto step = context.enter("demand");
  const bool traced = spec.trace.has_value();
  const auto inner = context.enter(traced ? "trace" : spec.peak ? "peak" : "mean");
  const Origin& at = traced ? spec.trace->at : spec.peak ? spec.peak.origin : spec.mean.origin;
  context.error(at,
                fmt::format("there could be {:.3g} requests in the period, this service and those before it; at most "
                            "{:.3g} can be counted",
                            sum_, kMost));
}

}  // namespace gigasim::scenario
