#include "eligible_queues.hpp"

#include <algorithm>
#include <numeric>
#include <stdexcept>
#include <tuple>
#include <utility>

namespace gigasim::engine {
namespace {

using metrics::Exclusion;
using Users = scenario::Eligibility::Users;

Exclusion exclusion_of(scenario::WorkRate::Obstacle obstacle) {
  using Obstacle = scenario::WorkRate::Obstacle;
  switch (obstacle) {
    case Obstacle::kPrecision:
      return Exclusion::kPrecision;
    case Obstacle::kModelSize:
      return Exclusion::kModelSize;
    case Obstacle::kDeadline:
      return Exclusion::kDeadline;
    case Obstacle::kNone:
      break;
  }
  return Exclusion::kNone;
}

const scenario::AcceptedAccelerator* accepted(const scenario::Requirements& needs, const std::string& accelerator) {
  const auto& list = needs.accelerators;
  const auto found = std::find_if(list.begin(), list.end(), [&](const auto& one) { return one.id == accelerator; });
  return found == list.end() ? nullptr : &*found;
}

}  // namespace

EligibleQueues::EligibleQueues(const scenario::Scenario& scenario, std::vector<metrics::Place> queues,
                               const std::vector<std::string>& origins)
    : scenario_(scenario), queues_(std::move(queues)), num_origins_(origins.size() + 1) {
  find_needs();
  measure(origins);
  std::vector<std::string> all{""};
  all.insert(all.end(), origins.begin(), origins.end());
  std::vector<Preference> preferences;
  preferences.reserve(all.size());
  for (const std::string& origin : all) preferences.push_back(preference(origin));
  for (const Needs& needs : needs_) {
    for (std::size_t o = 0; o < all.size(); ++o) add_view(needs, all[o], preferences[o]);
    speeds_.push_back(speeds_of(needs));
  }
}

std::vector<double> EligibleQueues::speeds_of(const Needs& needs) const {
  std::vector<double> speeds(queues_.size(), 1.0);
  for (std::size_t q = 0; q < queues_.size(); ++q) {
    const auto* one = accepted(needs.machine, partition(q).accelerator);
    if (one != nullptr) speeds[q] = one->speed;
    if (needs.work != nullptr) speeds[q] = needs.work->speed_on(q);
    if (!needs.speeds.empty()) speeds[q] = needs.speeds[q];
  }
  return speeds;
}

void EligibleQueues::find_needs() {
  for (const scenario::Stream& stream : scenario_.workload.streams) {
    Needs needs{stream.needs, stream.residency, stream.sensitive, {}, nullptr, {}};
    if (stream.checkpoint) needs.checkpoint = stream.checkpoint->size;
    std::vector<std::int32_t>& of_class = of_class_.emplace_back();
    if (!stream.work) {
      if (stream.trace) needs.speeds = stream.trace->speeds;
      of_stream_.push_back(number_of(needs));
      for (const scenario::JobClass& job_class : stream.classes) {
        needs.speeds = job_class.speeds;
        of_class.push_back(number_of(needs));
      }
      const bool alike = std::all_of(of_class.begin(), of_class.end(), [&](auto n) { return n == of_class.front(); });
      if (!alike) continue;
      if (!of_class.empty()) of_stream_.back() = of_class.front();
      of_class.clear();
      continue;
    }
    of_stream_.push_back(static_cast<std::int32_t>(needs_.size()));
    for (const scenario::SizedWork& size : stream.work->sizes) {
      needs_.push_back(needs);
      needs_.back().work = &size;
    }
  }
  if (needs_.empty()) needs_.emplace_back();
}

std::int32_t EligibleQueues::number_of(const Needs& needs) {
  const auto known = std::find(needs_.begin(), needs_.end(), needs);
  const auto number = static_cast<std::int32_t>(known - needs_.begin());
  if (known == needs_.end()) needs_.push_back(needs);
  return number;
}

std::int32_t EligibleQueues::needs_of(const workload::Job& job) const {
  const auto index = static_cast<std::size_t>(job.stream);
  if (!of_class_[index].empty()) return of_class_[index][static_cast<std::size_t>(job.job_class)];
  const auto& work = scenario_.workload.streams[index].work;
  if (!work) return of_stream_[index];
  const scenario::SizedWork* size = work->of_size(job.accelerators);
  if (size == nullptr) throw std::logic_error("a job has a size that its stream has not");
  return of_stream_[index] + static_cast<std::int32_t>(size - work->sizes.data());
}

void EligibleQueues::measure(const std::vector<std::string>& origins) {
  for (const std::string& origin : origins) {
    std::vector<double>& distances = distances_km_.emplace_back(queues_.size(), 0.0);
    const auto users = scenario_.workload.origin_places.find(origin);
    if (users == scenario_.workload.origin_places.end()) continue;
    for (std::size_t q = 0; q < queues_.size(); ++q) {
      distances[q] = units::great_circle_km(users->second, site(q).location);
    }
  }
}

EligibleQueues::Preference EligibleQueues::preference(const std::string& origin) const {
  Preference result;
  result.order.resize(queues_.size());
  std::iota(result.order.begin(), result.order.end(), 0);
  const auto users = scenario_.workload.origin_places.find(origin);
  if (users == scenario_.workload.origin_places.end()) return result;
  std::vector<double> distance_km;
  distance_km.reserve(queues_.size());
  for (std::size_t q = 0; q < queues_.size(); ++q) {
    distance_km.push_back(units::great_circle_km(users->second, site(q).location));
  }
  const auto at_home = [&](int queue) { return site(static_cast<std::size_t>(queue)).country == origin; };
  const auto key = [&](int queue) {
    return std::tuple{!at_home(queue), distance_km[static_cast<std::size_t>(queue)], queue};
  };
  std::sort(result.order.begin(), result.order.end(), [&](int a, int b) { return key(a) < key(b); });
  result.at_home = static_cast<std::size_t>(std::count_if(result.order.begin(), result.order.end(), at_home));
  return result;
}

void EligibleQueues::add_view(const Needs& needs, const std::string& origin, const Preference& preference) {
  View view;
  view.exclusions.reserve(queues_.size());
  for (std::size_t q = 0; q < queues_.size(); ++q) view.exclusions.push_back(exclusion(needs, origin, q));
  for (std::size_t i = 0; i < preference.order.size(); ++i) {
    const int queue = preference.order[i];
    if (view.exclusions[static_cast<std::size_t>(queue)] != Exclusion::kNone) continue;
    view.order.push_back(queue);
    if (i < preference.at_home) ++view.at_home;
  }
  view.kind = kinds_.try_emplace(view.exclusions, static_cast<std::int32_t>(kinds_.size())).first->second;
  views_.push_back(std::move(view));
}

Exclusion EligibleQueues::exclusion(const Needs& needs, const std::string& origin, std::size_t queue) const {
  const scenario::Site& at = site(queue);
  const scenario::Partition& machine = partition(queue);
  if (!needs.machine.accelerators.empty() && accepted(needs.machine, machine.accelerator) == nullptr) {
    return Exclusion::kAccelerator;
  }
  if (needs.machine.memory > units::Bytes{0} && machine.memory < needs.machine.memory) return Exclusion::kMemory;
  if (needs.work != nullptr && needs.work->partition[queue].obstacle != scenario::WorkRate::Obstacle::kNone) {
    return exclusion_of(needs.work->partition[queue].obstacle);
  }
  if (needs.checkpoint > at.storage_capacity) return Exclusion::kStorage;
  if (needs.residency == scenario::Residency::kEu && !is_eu_member(scenario_.countries, at.country))
    return Exclusion::kResidency;
  if (needs.residency == scenario::Residency::kCountry && at.country != origin) return Exclusion::kResidency;
  const auto& open_to = at.eligible.countries;
  if (at.eligible.users == Users::kEu && !is_eu_member(scenario_.countries, origin)) return Exclusion::kEligibility;
  if (at.eligible.users == Users::kCountries && std::find(open_to.begin(), open_to.end(), origin) == open_to.end()) {
    return Exclusion::kEligibility;
  }
  if (needs.sensitive && !machine.trusted) return Exclusion::kTrust;
  return !needs.sensitive && machine.trusted_only ? Exclusion::kTrustedOnly : Exclusion::kNone;
}

const scenario::Site& EligibleQueues::site(std::size_t queue) const {
  return scenario_.sites[static_cast<std::size_t>(queues_[queue].site)];
}

const scenario::Partition& EligibleQueues::partition(std::size_t queue) const {
  return site(queue).partitions[static_cast<std::size_t>(queues_[queue].partition)];
}

}  // namespace gigasim::engine
