#include "gigasim/scenario/profile_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "diagnostics.hpp"
#include "gigasim/scenario/rollout.hpp"

namespace gigasim::scenario {
namespace {

/// What is online at one moment.
struct Online {
  double h100_equivalents = 0.0;
  double it_load = 0.0;  ///< W
};

/// Accelerators of a partition at a moment, by the plan: delays are the simulation's.
double accelerators_at(const std::vector<CapacityStep>& steps, units::UtcTime moment) {
  std::int64_t accelerators = 0;
  for (const CapacityStep& step : steps) {
    if (step.from <= moment) accelerators = step.accelerators;
  }
  return static_cast<double>(accelerators);
}

Online online_at(const Site& site, units::UtcTime moment) {
  Online sum;
  for (const Partition& partition : site.partitions) {
    const double accelerators = accelerators_at(planned_steps(site, partition), moment);
    sum.h100_equivalents += accelerators * partition.h100_equivalent;
    sum.it_load += accelerators * partition.full_power.in_base_units();
  }
  return sum;
}

/// The moments at which something changes, in order.
std::vector<units::UtcTime> changes_of(const Site& site) {
  std::vector<units::UtcTime> moments;
  for (const Partition& partition : site.partitions) {
    for (const CapacityStep& step : planned_steps(site, partition)) moments.push_back(step.from);
  }
  std::sort(moments.begin(), moments.end());
  return moments;
}

/// A site with no more than one date is in its first and its largest phase at once.
Online capacity_in(const Site& site, bool peak) {
  Online chosen;
  for (const units::UtcTime moment : changes_of(site)) {
    const Online online = online_at(site, moment);
    if (online.h100_equivalents > chosen.h100_equivalents) chosen = online;
    if (!peak && chosen.h100_equivalents > 0.0) break;
  }
  return chosen;
}

/// A figure, or why there is none.
struct Found {
  std::optional<double> value;
  std::string why;
};

/// Halls and cooling can be built for more than the machines that stand in them.
Found it_capacity(const Site& site, const Online& online) {
  const auto label = site.labels.find("it_capacity");
  if (label == site.labels.end()) return {online.it_load, ""};
  const auto amount = parse_amount(label->second);
  if (!amount || amount->kind != AmountKind::kPower) {
    return {std::nullopt, fmt::format("the label it_capacity is \"{}\", not {}", label->second,
                                      amount_kind_words(AmountKind::kPower))};
  }
  if (amount->value < online.it_load) return {std::nullopt, "the label it_capacity is less than what is installed"};
  return {amount->value, ""};
}

Found of_connection(const Site& site, const Online& online) {
  if (!site.connection) return {std::nullopt, "power.connection is not given"};
  Found found = it_capacity(site, online);
  if (found.value) *found.value /= site.connection->in_base_units();
  return found;
}

Found of_label(const Site& site, const Criterion& criterion) {
  const auto label = site.labels.find(criterion.label);
  if (label == site.labels.end()) return {std::nullopt, fmt::format("the label {} is not given", criterion.label)};
  const auto amount = parse_amount(label->second);
  if (amount && amount->kind == criterion.kind) return {amount->value, ""};
  return {std::nullopt, fmt::format("the label {} is \"{}\", not {}", criterion.label, label->second,
                                    amount_kind_words(criterion.kind))};
}

/// The PUE of a site that states none is a default of ours: it says nothing of a bid.
Found of_pue(const Site& site, const Loaded& loaded) {
  const std::string path = fmt::format("sites[{}].pue", site.name);
  const bool assumed = std::any_of(loaded.resolved.begin(), loaded.resolved.end(), [&](const Resolved& value) {
    return value.path == path && value.origin == "default";
  });
  if (assumed) return {std::nullopt, "pue is not given"};
  return {site.pue, ""};
}

bool phase_is_peak(const Profile& profile, const Criterion& criterion) {
  const auto phase = std::find_if(profile.phases.begin(), profile.phases.end(),
                                  [&](const Phase& p) { return p.name == criterion.phase; });
  return phase == profile.phases.end() || phase->peak;
}

Found find_figure(const Profile& profile, const Criterion& criterion, const Loaded& loaded, const Site& site) {
  const Online online = capacity_in(site, phase_is_peak(profile, criterion));
  switch (criterion.figure) {
    case SiteFigure::kH100Equivalents:
      return {online.h100_equivalents, ""};
    case SiteFigure::kItLoad:
      return {online.it_load, ""};
    case SiteFigure::kItCapacity:
      return it_capacity(site, online);
    case SiteFigure::kPue:
      return of_pue(site, loaded);
    case SiteFigure::kItShareOfConnection:
      return of_connection(site, online);
    case SiteFigure::kLabel:
      return of_label(site, criterion);
  }
  return {};
}

void judge(Finding& finding, const Criterion& criterion) {
  const double value = *finding.found;
  const double above = criterion.at_least ? value - *criterion.at_least : HUGE_VAL;
  const double below = criterion.at_most ? *criterion.at_most - value : HUGE_VAL;
  finding.margin = std::min(above, below);
  finding.standing = *finding.margin >= 0.0 ? Standing::kHolds : Standing::kMissed;
  finding.excellent = finding.standing == Standing::kHolds &&
                      ((criterion.excellent_at_least && value >= *criterion.excellent_at_least) ||
                       (criterion.excellent_at_most && value <= *criterion.excellent_at_most));
}

const Site& site_called(const Scenario& scenario, const std::string& name) {
  const auto found =
      std::find_if(scenario.sites.begin(), scenario.sites.end(), [&](const Site& s) { return s.name == name; });
  if (found == scenario.sites.end()) throw std::logic_error{fmt::format("there is no site {}", name)};
  return *found;
}

/// The lots for which a site is judged.
std::vector<std::string> lots_of(const Profile& profile, const Loaded& loaded, const Site& site) {
  std::vector<std::string> all;
  for (const Lot& lot : profile.lots) all.push_back(lot.name);
  const auto label = site.labels.find(profile.lot_label);
  if (label == site.labels.end()) return all;
  if (std::find(all.begin(), all.end(), label->second) != all.end()) return {label->second};
  const std::string path = fmt::format("sites[{}].labels", site.name);
  const auto where = std::find_if(loaded.resolved.begin(), loaded.resolved.end(),
                                  [&](const Resolved& value) { return value.path == path; });
  throw ScenarioError{{fmt::format("{}: {}.{}: the profile {} has no lot \"{}\"{}",
                                   where == loaded.resolved.end() ? site.name : where->origin, path, profile.lot_label,
                                   profile.name, label->second, did_you_mean_or_known(label->second, all))}};
}

}  // namespace

std::string_view standing_word(Standing standing) {
  switch (standing) {
    case Standing::kHolds:
      return "holds";
    case Standing::kMissed:
      return "missed";
    case Standing::kNotSaid:
      return "cannot be judged";
  }
  return {};
}

std::string_view counts_word(Counts counts) {
  switch (counts) {
    case Counts::kRequired:
      return "required";
    case Counts::kScored:
      return "scored";
    case Counts::kIndicative:
      return "indicative";
  }
  return {};
}

std::string asked_text(const Criterion& criterion) {
  const auto text = [&](const std::optional<double>& value) { return amount_text({criterion.kind, *value}); };
  std::string limits = criterion.at_least && criterion.at_most
                           ? fmt::format("{} to {}", text(criterion.at_least), text(criterion.at_most))
                       : criterion.at_least ? fmt::format("at least {}", text(criterion.at_least))
                                            : fmt::format("at most {}", text(criterion.at_most));
  if (criterion.excellent_at_most) limits += fmt::format(" (excellent: at most {})", text(criterion.excellent_at_most));
  if (criterion.excellent_at_least) limits += fmt::format(" (excellent: {})", text(criterion.excellent_at_least));
  return limits;
}

std::vector<std::string> sites_for(const Profile& profile, const Scenario& scenario, const std::string& site) {
  std::vector<std::string> names;
  for (const Site& one : scenario.sites) {
    if (site.empty() ? one.kind == profile.applies_to : one.name == site) names.push_back(one.name);
  }
  return names;
}

std::vector<Finding> check_site(const Profile& profile, const Loaded& loaded, const std::string& name) {
  const Site& site = site_called(loaded.scenario, name);
  std::vector<Finding> findings;
  for (const std::string& lot : lots_of(profile, loaded, site)) {
    for (std::size_t i = 0; i < profile.criteria.size(); ++i) {
      const Criterion& criterion = profile.criteria[i];
      if (!criterion.lot.empty() && criterion.lot != lot) continue;
      Finding& finding = findings.emplace_back();
      finding.site = name;
      finding.lot = lot;
      finding.criterion = i;
      Found found = find_figure(profile, criterion, loaded, site);
      finding.found = found.value;
      finding.why = std::move(found.why);
      if (finding.found) judge(finding, criterion);
    }
  }
  return findings;
}

bool passes(const Profile& profile, const std::vector<Finding>& of_one_site, bool unknown_too) {
  const auto in_the_way = [&](const Finding& finding) {
    if (profile.criteria[finding.criterion].counts != Counts::kRequired) return false;
    return finding.standing == Standing::kMissed || (finding.standing == Standing::kNotSaid && !unknown_too);
  };
  return std::any_of(profile.lots.begin(), profile.lots.end(), [&](const Lot& lot) {
    const auto of_lot = [&](const Finding& finding) { return finding.lot == lot.name; };
    return std::any_of(of_one_site.begin(), of_one_site.end(), of_lot) &&
           std::none_of(of_one_site.begin(), of_one_site.end(),
                        [&](const Finding& finding) { return of_lot(finding) && in_the_way(finding); });
  });
}

}  // namespace gigasim::scenario
