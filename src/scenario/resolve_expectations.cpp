#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "expectation_type.hpp"
#include "gigasim/units/text.hpp"

namespace gigasim::scenario {
namespace {

using Names = std::set<std::string, std::less<>>;

/// ` (did you mean "sme"? known: industry, sme)`; a long list is cut.
std::string hint(std::string_view word, const Names& known) {
  constexpr std::size_t kMostShown = 24;
  if (known.empty()) return " (there is none)";
  std::vector<std::string> names(known.begin(), known.end());
  const auto near = units::nearest(word, names);
  const std::string more = names.size() > kMostShown ? fmt::format(" and {} more", names.size() - kMostShown) : "";
  names.resize(std::min(names.size(), kMostShown));
  return fmt::format(" ({}known: {}{})", near ? fmt::format("did you mean \"{}\"? ", *near) : "",
                     fmt::join(names, ", "), more);
}

/// The groups of jobs and machines that the results of a scenario will tell apart.
class GroupNames {
 public:
  explicit GroupNames(const Scenario& scenario) {
    for (const char* key : {"site", "access_class", "origin", "stream"}) names_[key];
    for (const Site& site : scenario.sites) (site.partitions.empty() ? antennas_ : names_["site"]).insert(site.name);
    for (const Stream& stream : scenario.workload.streams) add(stream);
    add_quarters(scenario.period);
  }

  /// Returns the complaint about a label, empty when there is such a group.
  [[nodiscard]] std::string complaint(const std::string& key, const std::string& value) const {
    const auto group = names_.find(key);
    if (group == names_.end()) {
      Names keys;
      for (const auto& [name, values] : names_) keys.insert(name);
      return fmt::format("unknown label \"{}\"{}", shown(key), hint(key, keys));
    }
    if (group->second.contains(value)) return {};
    if (key == "site" && antennas_.contains(value)) {
      return fmt::format("site \"{}\" has no accelerators, so nothing is measured there", shown(value));
    }
    return fmt::format("{} \"{}\"{}", nobody_has(key), shown(value), hint(value, group->second));
  }

 private:
  void add(const Stream& stream) {
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

  void add_quarters(const Period& period) {
    if (!period.has_quarters()) return;
    const units::UtcTime end = period.start + (period.warm_up + period.length);
    for (units::UtcTime t = period.start + period.warm_up; t < end; t = units::end_of(units::quarter_of(t))) {
      names_["quarter"].insert(units::name_of(units::quarter_of(t)));
      names_["year"].insert(fmt::format("{}", units::quarter_of(t).year));
    }
  }

  static bool is_kind(std::string_view key) {
    return key == "site" || key == "access_class" || key == "origin" || key == "stream" || key == "quarter" ||
           key == "year";
  }

  static std::string nobody_has(const std::string& key) {
    if (key == "site" || key == "stream") return "unknown " + key;
    if (key == "quarter" || key == "year") return fmt::format("the results have no {}", key);
    if (key == "access_class") return "no stream has the access class";
    if (key == "origin") return "no stream has the origin";
    return fmt::format("no stream has the label {} of value", key);
  }

  std::map<std::string, Names, std::less<>> names_;
  Names antennas_;
};

}  // namespace

std::vector<Expectation> resolve_expectations(const std::vector<Setting<Expectation>>& specs, const Scenario& scenario,
                                              Context& context) {
  std::vector<Expectation> expectations;
  // A site or stream that could not be read has been complained about already.
  const Diagnostics& diagnostics = context.diagnostics();
  const bool groups_known = !diagnostics.has_errors_under("sites") && !diagnostics.has_errors_under("workload");
  const GroupNames groups{scenario};
  const auto list = context.enter("expect");
  for (std::size_t i = 0; i < specs.size(); ++i) {
    if (!specs[i]) continue;
    const auto item = context.enter_named(std::to_string(i));
    const Expectation& one = *specs[i];
    const std::string problem = one.key.empty() || !groups_known ? "" : groups.complaint(one.key, one.value);
    if (!problem.empty()) context.error(specs[i].origin, problem);
    expectations.push_back(one);
  }
  return expectations;
}

}  // namespace gigasim::scenario
