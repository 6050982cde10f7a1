#include "work_rates.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "gigasim/catalogue/catalogue.hpp"
#include "gigasim/units/grid.hpp"
#include "scalar_types.hpp"

namespace gigasim::scenario {
namespace {

using Obstacle = WorkRate::Obstacle;

Obstacle obstacle_of(models::Obstacle obstacle) {
  switch (obstacle) {
    case models::Obstacle::kPrecision:
      return Obstacle::kPrecision;
    case models::Obstacle::kMemory:
      return Obstacle::kModelSize;
    case models::Obstacle::kNone:
      break;
  }
  return Obstacle::kNone;
}

bool accepts(const RequiresSpec& needs, const Partition& partition) {
  const auto is_it = [&](const AcceptedAccelerator& one) { return one.id == partition.accelerator; };
  const bool accepted = !needs.accelerators || needs.accelerators->empty() ||
                        std::any_of(needs.accelerators->begin(), needs.accelerators->end(), is_it);
  return accepted && needs.memory.value_or(units::Bytes{0}) <= partition.memory;
}

/// At a software efficiency of 1.
WorkRate rate_on(const WorkKind& kind, const models::Device& device, std::int64_t accelerators) {
  const auto n = static_cast<double>(accelerators);
  if (const auto* job = std::get_if<FlopJob>(&kind)) {
    const double peak = n * device.peak(job->precision);
    return {peak > 0.0 ? Obstacle::kNone : Obstacle::kPrecision, peak * job->utilisation, peak};
  }
  const auto& job = std::get<models::AiJob>(kind);
  const auto run = models::run_of(job, device, accelerators);
  if (!run) return {obstacle_of(models::obstacle_of(job, device, accelerators)), 0.0, 0.0};
  return {Obstacle::kNone, run->tokens_per_second, n * device.peak(job.precision)};
}

WorkRate at_efficiency(WorkRate rate, double efficiency) {
  rate.per_second *= efficiency;
  return rate;
}

WorkPlace place_of(const Site& site, const Partition& partition, const RequiresSpec& needs) {
  WorkPlace place;
  place.name = fmt::format("partition {} of site {}", partition.name, site.name);
  place.accelerator = partition.accelerator;
  place.count = partition.count;
  place.per_node = partition.per_node;
  place.suits = accepts(needs, partition);
  place.stated_efficiency = site.software_efficiency.value_or(1.0);
  const auto* accelerator = catalogue::find_accelerator(partition.accelerator);
  if (accelerator == nullptr) return place;
  place.device = models::device_of(*accelerator);
  using catalogue::SoftwareTask;
  place.training =
      models::software_for(*accelerator, SoftwareTask::kTraining, site.software_efficiency, site.training_software);
  place.serving =
      models::software_for(*accelerator, SoftwareTask::kServing, site.software_efficiency, site.serving_software);
  return place;
}

}  // namespace

std::vector<WorkPlace> work_places(const std::vector<Site>& sites, const RequiresSpec& needs) {
  std::vector<WorkPlace> places;
  for (const Site& site : sites) {
    for (const Partition& partition : site.partitions) places.push_back(place_of(site, partition, needs));
  }
  return places;
}

models::Software software_on(const WorkKind& kind, const WorkPlace& place) {
  const auto* job = std::get_if<models::AiJob>(&kind);
  if (job == nullptr) return {"", place.stated_efficiency, place.stated_efficiency, place.stated_efficiency};
  return models::trains(job->task) ? place.training : place.serving;
}

WorkRate work_rate(const WorkKind& kind, const WorkPlace& place, std::int64_t accelerators) {
  return at_efficiency(rate_on(kind, place.device, accelerators), software_on(kind, place).efficiency);
}

SizedWork sized_work(const WorkKind& kind, const std::vector<WorkPlace>& places, std::int64_t accelerators) {
  SizedWork sized;
  sized.accelerators = accelerators;
  std::map<std::string, WorkRate> of_type;
  for (std::size_t p = 0; p < places.size(); ++p) {
    const WorkPlace& place = places[p];
    auto known = of_type.find(place.accelerator);
    if (known == of_type.end()) {
      known = of_type.emplace(place.accelerator, rate_on(kind, place.device, accelerators)).first;
    }
    sized.partition.push_back(at_efficiency(known->second, software_on(kind, place).efficiency));
    const bool able = place.suits && place.count >= accelerators && sized.partition.back().per_second > 0.0;
    if (able && sized.reference < 0) sized.reference = static_cast<std::int32_t>(p);
  }
  return sized;
}

units::Seconds work_time(double amount, double per_second) {
  return units::ceil_to_grid(units::Seconds{amount / per_second});
}

InTime smallest_in_time(const WorkKind& kind, const WorkPlace& place, double amount, units::Seconds deadline) {
  InTime fastest;
  const auto attempt = [&](std::int64_t nodes) {
    const std::int64_t accelerators = nodes * place.per_node;
    const double rate = work_rate(kind, place, accelerators).per_second;
    if (rate <= 0.0) return InTime{};
    // Beyond the grid's reach a time is late anyway.
    const double seconds = std::min(amount / rate, 2.0 * kLongestDuration.in_base_units());
    const InTime tried{accelerators, units::ceil_to_grid(units::Seconds{seconds})};
    if (fastest.accelerators == 0 || tried.takes < fastest.takes) fastest = tried;
    return tried;
  };
  const std::int64_t most = place.count / place.per_node;
  std::int64_t too_few = 0;
  std::int64_t enough = 1;
  for (; enough <= most && !attempt(enough).within(deadline); enough = std::min(enough * 2, most)) {
    if (enough == most) return fastest;
    too_few = enough;
  }
  if (enough > most) return fastest;
  while (enough - too_few > 1) {
    const std::int64_t middle = too_few + (enough - too_few) / 2;
    (attempt(middle).within(deadline) ? enough : too_few) = middle;
  }
  return attempt(enough);
}

}  // namespace gigasim::scenario
