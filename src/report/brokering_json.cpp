#include "brokering_json.hpp"

#include <algorithm>
#include <vector>

namespace gigasim::report {
namespace {

constexpr double kBytesPerGigabyte = 1e9;

std::string_view residency_word(scenario::Residency residency) {
  switch (residency) {
    case scenario::Residency::kEu:
      return "eu";
    case scenario::Residency::kCountry:
      return "country";
    case scenario::Residency::kAnywhere:
      break;
  }
  return "anywhere";
}

/// The types that a stream's jobs accept, at their speeds there; of a log that was recorded elsewhere all that there
/// are.
std::vector<scenario::AcceptedAccelerator> accepted_by(const scenario::Stream& stream,
                                                       const std::vector<scenario::Site>& sites) {
  auto accepted = stream.needs.accelerators;
  if (!stream.trace || stream.trace->speeds.empty()) return accepted;
  const bool any = accepted.empty();
  std::size_t p = 0;
  for (const scenario::Site& site : sites) {
    for (const scenario::Partition& partition : site.partitions) {
      const double speed = stream.trace->speeds[p++];
      const auto known = std::find_if(accepted.begin(), accepted.end(),
                                      [&](const auto& one) { return one.id == partition.accelerator; });
      if (known != accepted.end()) {
        known->speed = speed;
      } else if (any) {
        accepted.push_back({partition.accelerator, speed});
      }
    }
  }
  return accepted;
}

Json stream_needs_json(const scenario::Stream& stream, const std::vector<scenario::Site>& sites) {
  Json accelerators = Json::array();
  for (const scenario::AcceptedAccelerator& one : accepted_by(stream, sites)) {
    accelerators.push_back({{"id", one.id}, {"speed", json_number(one.speed)}});
  }
  Json json = {{"stream", stream.name}};
  json["accelerators"] = std::move(accelerators);
  json["memory_gb"] = json_number(stream.needs.memory.in_base_units() / kBytesPerGigabyte, true);
  json["residency"] = residency_word(stream.residency);
  json["sensitive"] = stream.sensitive;
  json["project_budget_accelerator_hours"] = nullptr;
  json["project_allocation_s"] = nullptr;
  if (!stream.projects) return json;
  if (const auto& budget = stream.projects->budget_accelerator_hours) {
    json["project_budget_accelerator_hours"] = json_number(*budget);
  }
  if (const auto& allocation = stream.projects->allocation) {
    json["project_allocation_s"] = json_number(allocation->in_base_units());
  }
  return json;
}

}  // namespace

Json eligible_json(const scenario::Eligibility& eligible) {
  if (eligible.users == scenario::Eligibility::Users::kCountries) return eligible.countries;
  return eligible.users == scenario::Eligibility::Users::kEu ? "eu" : "anyone";
}

Json brokering_json(const scenario::Scenario& scenario) {
  const scenario::BrokerWeights& weights = scenario.scheduling.weights;
  const auto after = scenario.scheduling.rebroker_after;
  Json json = {{"broker", scenario.scheduling.broker}};
  json["weights"] = scenario.scheduling.broker != "weighted" ? Json(nullptr)
                                                             : Json{{"queue", json_number(weights.queue)},
                                                                    {"distance", json_number(weights.distance)},
                                                                    {"carbon", json_number(weights.carbon)},
                                                                    {"price", json_number(weights.price)}};
  json["rebroker_after_s"] = after ? json_number(after->in_base_units()) : Json(nullptr);
  json["streams"] = Json::array();
  for (const scenario::Stream& stream : scenario.workload.streams) {
    json["streams"].push_back(stream_needs_json(stream, scenario.sites));
  }
  return json;
}

}  // namespace gigasim::report
