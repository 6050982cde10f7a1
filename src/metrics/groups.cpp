#include "groups.hpp"

#include <fmt/format.h>

namespace gigasim::metrics {

Groups::Groups(const scenario::Scenario& scenario, const std::vector<std::string>& origins) {
  group(GroupKind::kNetwork, "network");
  for (std::size_t s = 0; s < scenario.sites.size(); ++s) {
    const scenario::Site& site = scenario.sites[s];
    of_site_.push_back(site.partitions.empty() ? kNone : group(GroupKind::kSite, site.name));
    if (of_site_.back() != kNone) groups_[of_site_.back()].site = static_cast<std::int32_t>(s);
  }
  for (const std::string& origin : origins) of_origin_.push_back(group(GroupKind::kOrigin, origin));
  for (const scenario::Stream& stream : scenario.workload.streams) {
    std::vector<std::size_t>& of_this = of_stream_.emplace_back();
    of_this.push_back(group(GroupKind::kStream, stream.name));
    if (!stream.access_class.empty()) of_this.push_back(group(GroupKind::kAccessClass, stream.access_class));
    for (const auto& [key, value] : stream.labels)
      of_this.push_back(group(GroupKind::kLabel, fmt::format("{}={}", key, value)));
  }
}

std::size_t Groups::group(GroupKind kind, const std::string& name) {
  const auto [entry, is_new] = by_name_.try_emplace({kind, name}, groups_.size());
  if (is_new) groups_.push_back({.kind = kind, .name = name, .site = -1, .waiting = {}, .facility = {}});
  return entry->second;
}

}  // namespace gigasim::metrics
