#include "service_places.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "gigasim/models/evidence.hpp"

namespace gigasim::scenario {
namespace {

constexpr std::int64_t kLargestTensor = 64;

bool serves(const models::Device& device, models::Precision precision, std::int64_t tensor) {
  return device.peak(precision) > 0.0 && device.memory_bytes > 0.0 && device.memory_rate > 0.0 &&
         (tensor == 1 || (tensor <= device.scale_up_domain && device.scale_up_rate > 0.0));
}

models::ServingRates rates_on(const ReplicaWish& wish, const models::Device& device, const models::Replica& replica) {
  return models::serving_rates(models::transformer_of(*catalogue::find_ai_model(wish.ai_model)), device, replica);
}

/// Requests that a replica can work on at a time.
double room_of(const ReplicaWish& wish, const models::Device& device, const ServicePlace& place) {
  const models::Transformer model = models::transformer_of(*catalogue::find_ai_model(wish.ai_model));
  if (!serves(device, place.precision, place.accelerators) || !model.shared_by(place.accelerators)) return 0.0;
  return rates_on(wish, device, replica_of(wish.demand, place)).kv_sequences;
}

models::Precision precision_on(const ReplicaWish& wish, const models::Device& device) {
  if (wish.precision) return *wish.precision;
  return device.peak(models::Precision::kFp8) > 0.0 ? models::Precision::kFp8 : models::Precision::kBf16;
}

models::Software serving_software(const Site& site, const catalogue::Accelerator& accelerator) {
  return models::software_for(accelerator, catalogue::SoftwareTask::kServing, site.software_efficiency,
                              site.serving_software);
}

bool counts(const Site& site, const std::vector<std::string>& only) {
  return only.empty() || std::find(only.begin(), only.end(), site.name) != only.end();
}

}  // namespace

models::Replica replica_of(const RequestDemand& demand, const ServicePlace& place) {
  models::Replica replica;
  replica.tensor = static_cast<int>(place.accelerators);
  replica.precision = place.precision;
  replica.tuning = place.software_efficiency;
  replica.input_tokens = demand.input_tokens;
  replica.output_tokens = demand.output_tokens;
  replica.input_cv = demand.input_cv;
  replica.output_cv = demand.output_cv;
  replica.cached_input = demand.cached_input;
  return replica;
}

std::optional<ServicePlace> place_in(const ReplicaWish& wish, const Site& site, const Partition& partition) {
  const catalogue::Accelerator* accelerator = catalogue::find_accelerator(partition.accelerator);
  if (accelerator == nullptr || partition.trusted_only) return std::nullopt;
  const models::Device device = models::device_of(*accelerator);
  ServicePlace place;
  place.precision = precision_on(wish, device);
  place.software_efficiency = models::software_for(*accelerator, catalogue::SoftwareTask::kServing,
                                                   site.software_efficiency, site.serving_software)
                                  .efficiency;
  const double room = wish.tensor ? 1.0 : kServiceRoom.value();
  const std::int64_t most = std::min(partition.count, wish.tensor.value_or(kLargestTensor));
  for (place.accelerators = wish.tensor.value_or(1); place.accelerators <= most; place.accelerators *= 2) {
    if (room_of(wish, device, place) >= room) return place;
  }
  return std::nullopt;
}

std::vector<ServicePlace> places_for(const ReplicaWish& wish, const std::vector<Site>& sites,
                                     const std::vector<std::string>& only) {
  std::vector<ServicePlace> places;
  for (std::size_t s = 0; s < sites.size(); ++s) {
    if (!counts(sites[s], only)) continue;
    const Partition* largest = nullptr;
    ServicePlace best;
    for (const Partition& partition : sites[s].partitions) {
      const auto place = place_in(wish, sites[s], partition);
      if (!place || (largest != nullptr && partition.count <= largest->count)) continue;
      largest = &partition;
      best = *place;
      best.site = static_cast<std::int32_t>(s);
      best.partition = static_cast<std::int32_t>(&partition - sites[s].partitions.data());
    }
    if (largest != nullptr) places.push_back(best);
  }
  return places;
}

std::vector<std::string> unmeasured_accelerators(const std::string& ai_model, const std::vector<ServicePlace>& places,
                                                 const std::vector<Site>& sites) {
  std::vector<std::string> unmeasured;
  for (const ServicePlace& place : places) {
    const Site& site = sites[static_cast<std::size_t>(place.site)];
    const Partition& partition = site.partitions[static_cast<std::size_t>(place.partition)];
    const catalogue::Accelerator& accelerator = *catalogue::find_accelerator(partition.accelerator);
    const bool mixture = models::transformer_of(*catalogue::find_ai_model(ai_model)).mixture();
    const auto found = models::measurements_for(accelerator, catalogue::SoftwareTask::kServing,
                                                serving_software(site, accelerator), mixture);
    const bool known = std::find(unmeasured.begin(), unmeasured.end(), accelerator.id) != unmeasured.end();
    if (found.on_accelerator == 0 && !known) unmeasured.push_back(accelerator.id);
  }
  return unmeasured;
}

models::Latency latency_alone(const ReplicaWish& wish, const ServicePlace& place, const std::vector<Site>& sites) {
  const Partition& partition =
      sites[static_cast<std::size_t>(place.site)].partitions[static_cast<std::size_t>(place.partition)];
  const models::Device device = models::device_of(*catalogue::find_accelerator(partition.accelerator));
  const models::Replica replica = replica_of(wish.demand, place);
  return models::latency_at(rates_on(wish, device, replica), replica, 0.0);
}

bool any_computes_in(models::Precision precision, const std::vector<Site>& sites,
                     const std::vector<std::string>& only) {
  for (const Site& site : sites) {
    if (!counts(site, only)) continue;
    for (const Partition& partition : site.partitions) {
      const catalogue::Accelerator* accelerator = catalogue::find_accelerator(partition.accelerator);
      if (accelerator != nullptr && models::device_of(*accelerator).peak(precision) > 0.0) return true;
    }
  }
  return false;
}

std::string fewest_that_fit(ReplicaWish wish, const std::vector<Site>& sites, const std::vector<std::string>& only) {
  for (std::int64_t tensor = 1; tensor <= kLargestTensor; tensor *= 2) {
    wish.tensor = tensor;
    const auto places = places_for(wish, sites, only);
    if (places.empty()) continue;
    const Site& site = sites[static_cast<std::size_t>(places.front().site)];
    return fmt::format("{} x {} (site {})", tensor,
                       site.partitions[static_cast<std::size_t>(places.front().partition)].accelerator, site.name);
  }
  return {};
}

}  // namespace gigasim::scenario
