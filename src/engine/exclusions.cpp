#include "exclusions.hpp"

#include <algorithm>

namespace gigasim::engine {

std::size_t Exclusions::KeyHash::operator()(const Key& key) const {
  constexpr std::uint64_t kMix = 0x9e3779b97f4a7c15;
  auto hash = static_cast<std::uint64_t>(key.accelerators) * kMix;
  hash = (hash ^ static_cast<std::uint64_t>(static_cast<std::uint32_t>(key.kind))) * kMix;
  hash = (hash ^ static_cast<std::uint64_t>(static_cast<std::uint32_t>(key.privilege * 2 + (key.sensitive ? 1 : 0)))) *
         kMix;
  const auto own = static_cast<std::uint64_t>(static_cast<std::uint32_t>(key.group + 1)) << 32U |
                   static_cast<std::uint32_t>(key.stream + 1);
  hash = (hash ^ own) * kMix;
  hash = (hash ^ static_cast<std::uint64_t>(key.walltime)) * kMix;
  return static_cast<std::size_t>(hash ^ (hash >> 32U));
}

Exclusions::Found Exclusions::of(const scheduling::BrokeredJob& job) {
  if (queues_.ends_within(job)) return look(job);
  if (epoch_ != queues_.epoch()) {
    known_.clear();
    epoch_ = queues_.epoch();
  }
  Key key{queues_.kind_of(job), job.privilege, job.group, job.accelerators, job.sensitive};
  if (queues_.have_reservations()) {
    key.needs = job.needs;
    key.stream = job.stream;
    key.walltime = units::to_ticks(job.walltime);
  }
  if (const auto found = known_.find(key); found != known_.end()) return found->second;
  const Found found = look(job);
  known_.emplace(key, found);
  return found;
}

Exclusions::Found Exclusions::look(const scheduling::BrokeredJob& job) {
  std::vector<metrics::Exclusion> exclusions;
  exclusions.reserve(static_cast<std::size_t>(queues_.num_queues()));
  for (int queue = 0; queue < queues_.num_queues(); ++queue) exclusions.push_back(queues_.exclusion(queue, job));
  const auto able = std::count(exclusions.begin(), exclusions.end(), metrics::Exclusion::kNone);
  const auto [entry, is_new] = numbers_.try_emplace(std::move(exclusions), static_cast<std::int32_t>(numbers_.size()));
  if (is_new) observer_.exclusions_known(entry->second, entry->first);
  return {entry->second, static_cast<std::int32_t>(able)};
}

}  // namespace gigasim::engine
