#include "group_names.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

#include "gigasim/units/text.hpp"
#include "node.hpp"

namespace gigasim::scenario {
namespace {

bool is_kind(std::string_view key) {
  return key == "site" || key == "access_class" || key == "origin" || key == "stream" || key == "quarter" ||
         key == "year";
}

std::string nobody_has(const std::string& key) {
  if (key == "site" || key == "stream") return "unknown " + key;
  if (key == "quarter" || key == "year") return fmt::format("the results have no {}", key);
  if (key == "access_class") return "no stream has the access class";
  if (key == "origin") return "no stream has the origin";
  return fmt::format("no stream has the label {} of value", key);
}

}  // namespace

GroupNames::GroupNames(const Scenario& scenario) {
  for (const char* key : {"site", "access_class", "origin", "stream"}) names_[key];
  for (const Site& site : scenario.sites) (site.partitions.empty() ? antennas_ : names_["site"]).insert(site.name);
  for (const Stream& stream : scenario.workload.streams) add(stream);
  add_quarters(scenario.period);
}

void GroupNames::add_quarters(const Period& period) {
  if (!period.has_quarters()) return;
  const units::UtcTime end = period.start + (period.warm_up + period.length);
  for (units::UtcTime t = period.start + period.warm_up; t < end; t = units::end_of(units::quarter_of(t))) {
    names_["quarter"].insert(units::name_of(units::quarter_of(t)));
    names_["year"].insert(fmt::format("{}", units::quarter_of(t).year));
  }
}

void GroupNames::add(const Stream& stream) {
  names_["stream"].insert(stream.name);
  if (!stream.access_class.empty()) names_["access_class"].insert(stream.access_class);
  for (const auto& [country, weight] : stream.origin) {
    if (weight > 0.0) names_["origin"].insert(country);
  }
  for (const auto& [key, value] : stream.labels) {
    // Results name a group by its kind first, so a label of the same name cannot be asked for.
    if (!is_kind(key)) names_[key].insert(value);
  }
}

std::string GroupNames::complaint(const std::string& key, const std::string& value) const {
  const auto group = names_.find(key);
  if (group == names_.end()) {
    Names keys;
    for (const auto& [name, values] : names_) keys.insert(name);
    return fmt::format("unknown label \"{}\"{}", shown(std::string_view{key}), hint(key, keys));
  }
  if (group->second.contains(value)) return {};
  if (key == "site" && antennas_.contains(value)) {
    return fmt::format("site \"{}\" has no accelerators, so nothing is measured there", shown(std::string_view{value}));
  }
  return fmt::format("{} \"{}\"{}", nobody_has(key), shown(std::string_view{value}), hint(value, group->second));
}

/// ` (did you mean "sme"? known: industry, sme)`; a long list is cut.
std::string GroupNames::hint(std::string_view word, const Names& known) {
  constexpr std::size_t kMostShown = 24;
  if (known.empty()) return " (there is none)";
  std::vector<std::string> names(known.begin(), known.end());
  const auto near = units::nearest(word, names);
  const std::string more = names.size() > kMostShown ? fmt::format(" and {} more", names.size() - kMostShown) : "";
  names.resize(std::min(names.size(), kMostShown));
  return fmt::format(" ({}known: {}{})", near ? fmt::format("did you mean \"{}\"? ", *near) : "",
                     fmt::join(names, ", "), more);
}

}  // namespace gigasim::scenario
