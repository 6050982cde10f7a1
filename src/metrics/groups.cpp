#include "groups.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace gigasim::metrics {

Groups::Groups(const scenario::Scenario& scenario, const std::vector<std::string>& origins,
               const std::vector<QuarterBook>& quarters) {
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
  add_spans(quarters);
}

void Groups::add_spans(const std::vector<QuarterBook>& quarters) {
  if (!quarters.empty()) spans_begin_ = quarters.front().window.begin;
  for (std::size_t q = 0; q < quarters.size(); ++q) {
    const std::size_t quarter = group(GroupKind::kQuarter, quarters[q].name);
    const bool new_year = q == 0 || quarters[q].year != quarters[q - 1].year;
    const std::size_t year = group(GroupKind::kYear, quarters[q].year);
    groups_[quarter].first_quarter = groups_[quarter].last_quarter = groups_[year].last_quarter = q;
    if (new_year) groups_[year].first_quarter = q;
    spans_.push_back({quarters[q].window.end, quarter, year});
  }
}

std::size_t Groups::quarter_at(Ticks t) const {
  const auto span =
      std::upper_bound(spans_.begin(), spans_.end(), t, [](Ticks value, const Span& s) { return value < s.end; });
  return t < spans_begin_ || span == spans_.end() ? kNone : static_cast<std::size_t>(span - spans_.begin());
}

std::size_t Groups::group(GroupKind kind, const std::string& name) {
  const auto [entry, is_new] = by_name_.try_emplace({kind, name}, groups_.size());
  if (is_new) {
    Group& made = groups_.emplace_back();
    made.kind = kind;
    made.name = name;
  }
  return entry->second;
}

}  // namespace gigasim::metrics
