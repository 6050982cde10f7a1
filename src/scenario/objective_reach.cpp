#include "objective_reach.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "gigasim/scenario/round_trips.hpp"
#include "service_places.hpp"

namespace gigasim::scenario {
namespace {

/// The least time to the first token that users can be promised, and who they are.
struct Reach {
  std::string origin;
  units::Seconds ttft_p95{0};
};

std::vector<Reach> reach_of(const Service& service, const Scenario& scenario) {
  const ReplicaWish wish{service.ai_model, {}, {}, service.demand};
  std::vector<units::Seconds> alone;
  for (const ServicePlace& place : service.places) {
    alone.emplace_back(latency_alone(wish, place, scenario.sites).first_token.p95);
  }
  std::vector<std::string> codes;
  for (const auto& [code, weight] : scenario.workload.streams[static_cast<std::size_t>(service.stream)].origin) {
    codes.push_back(code);
  }
  const auto views = views_of_origins(scenario, service, codes);
  std::vector<Reach> reach;
  for (std::size_t o = 0; o < codes.size(); ++o) {
    if (views[o].nearest.empty()) continue;  // nobody answers: another warning says so
    units::Seconds best{std::numeric_limits<double>::infinity()};
    for (const int place : views[o].nearest) {
      const auto p = static_cast<std::size_t>(place);
      best = std::min(best, alone[p] + views[o].round_trip[p]);
    }
    reach.push_back({codes[o], best});
  }
  return reach;
}

/// Rounded up: an objective that says so much is kept.
std::string milliseconds(units::Seconds time) {
  constexpr double kMilli = 1e3;
  return fmt::format("{:.0f} ms", std::ceil(kMilli * time.in_base_units()));
}

}  // namespace

void check_objective_reach(const ObjectiveSpec& spec, const Service& service, const Scenario& scenario,
                           Context& context) {
  if (!service.objective.ttft_p95) return;
  const std::vector<Reach> reach = reach_of(service, scenario);
  std::vector<std::string> without;
  for (const Reach& one : reach) {
    if (service.objective.is_kept(one.ttft_p95.in_base_units(), 0.0)) continue;
    without.push_back(fmt::format("{} ({})", one.origin, milliseconds(one.ttft_p95)));
  }
  if (without.empty()) return;
  const auto step = context.enter("slo.ttft_p95");
  if (without.size() < reach.size()) {
    return context.warning(spec.ttft_p95.origin,
                           fmt::format("cannot be kept for users in {}: with the way through the network a request "
                                       "alone takes so long",
                                       fmt::join(without, ", ")));
  }
  const auto best = std::min_element(reach.begin(), reach.end(),
                                     [](const Reach& a, const Reach& b) { return a.ttft_p95 < b.ttft_p95; });
  context.error(spec.ttft_p95.origin,
                fmt::format("cannot be kept for any users, even for a request alone: with the way through the network "
                            "the smallest that can is {} (users in {})",
                            milliseconds(best->ttft_p95), best->origin));
}

}  // namespace gigasim::scenario
