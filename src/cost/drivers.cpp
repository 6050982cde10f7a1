#include "drivers.hpp"

#include <algorithm>
#include <cmath>

namespace gigasim::cost {
namespace {

/// EUR per delivered hour when each site has the parameters that `choose` makes of its own.
template <class Choose>
double eur_per_hour(std::span<const Prepared> sites, Choose choose) {
  double euros = 0.0;
  double hours = 0.0;
  for (const Prepared& site : sites) {
    const Costs costs = costs_of(*site.facts, site.prices, choose(site.parameters));
    euros += costs.total();
    hours += costs.delivered_hours;
  }
  return euros / hours;
}

double with_one(std::span<const Prepared> sites, const Field& field, Parameters ParameterSet::*bound) {
  return eur_per_hour(sites, [&](const ParameterSet& set) {
    Parameters changed = set.best;
    changed.*field.member = (set.*bound).*field.member;
    return changed;
  });
}

bool has_range(std::span<const Prepared> sites, const Field& field) {
  return std::any_of(sites.begin(), sites.end(), [&](const Prepared& site) {
    const double best = site.parameters.best.*field.member;
    return site.parameters.low.*field.member != best || site.parameters.high.*field.member != best;
  });
}

std::string unit_of(std::span<const Prepared> sites, const Field& field) {
  for (const Prepared& site : sites) {
    for (const UsedParameter& used : site.parameters.used) {
      if (used.parameter == field.name) return used.unit;
    }
  }
  return "";
}

/// Those of the first site, when all have the same.
std::optional<Bounds> bounds_of(std::span<const Prepared> sites, const Field& field, bool low_is_cheap) {
  const auto at = [&](const Prepared& site) {
    const ParameterSet& set = site.parameters;
    const double low = set.low.*field.member;
    const double high = set.high.*field.member;
    return Bounds{low_is_cheap ? low : high, set.best.*field.member, low_is_cheap ? high : low};
  };
  const Bounds first = at(sites.front());
  for (const Prepared& site : sites) {
    const Bounds other = at(site);
    if (other.cheap != first.cheap || other.best != first.best || other.dear != first.dear) return std::nullopt;
  }
  return first;
}

const Driver* find_driver(std::span<const Driver> drivers, std::string_view name) {
  const auto found = std::find_if(drivers.begin(), drivers.end(), [&](const Driver& d) { return d.parameter == name; });
  return found == drivers.end() ? nullptr : &*found;
}

/// All drivers at the bound where each is cheapest, or dearest.
double with_all(std::span<const Prepared> sites, std::span<const Driver> drivers, bool cheap) {
  return eur_per_hour(sites, [&](const ParameterSet& set) {
    Parameters changed = set.best;
    for (const Field& field : fields()) {
      const Driver* driver = find_driver(drivers, field.name);
      if (driver == nullptr) continue;
      changed.*field.member = (driver->low_is_cheap == cheap ? set.low : set.high).*field.member;
    }
    return changed;
  });
}

}  // namespace

std::optional<double> eur_per_delivered_hour(std::span<const Prepared> sites) {
  double euros = 0.0;
  double hours = 0.0;
  for (const Prepared& site : sites) {
    euros += site.best.total();
    hours += site.best.delivered_hours;
  }
  return euros_per(units::Euros{euros}, hours);
}

std::vector<Driver> drivers_of(std::span<const Prepared> sites) {
  std::vector<Driver> drivers;
  const auto best = eur_per_delivered_hour(sites);
  if (!best) return drivers;
  for (const Field& field : fields()) {
    if (!has_range(sites, field)) continue;
    const double at_low = with_one(sites, field, &ParameterSet::low) - *best;
    const double at_high = with_one(sites, field, &ParameterSet::high) - *best;
    if (at_low == 0.0 && at_high == 0.0) continue;
    Driver driver;
    driver.parameter = field.name;
    driver.unit = unit_of(sites, field);
    driver.low_is_cheap = at_low <= at_high;
    // The level of contract prices has no unit: each type of accelerator has bounds of its own.
    if (!driver.unit.empty()) driver.bounds = bounds_of(sites, field, driver.low_is_cheap);
    driver.cheaper = std::min({at_low, at_high, 0.0});
    driver.dearer = std::max({at_low, at_high, 0.0});
    drivers.push_back(std::move(driver));
  }
  std::stable_sort(drivers.begin(), drivers.end(),
                   [](const Driver& a, const Driver& b) { return a.span() > b.span(); });
  return drivers;
}

Range range_of(std::span<const Prepared> sites, std::span<const Driver> drivers) {
  const auto best = eur_per_delivered_hour(sites);
  if (!best) return {};
  double below = 0.0;
  double above = 0.0;
  for (const Driver& driver : drivers) {
    below += driver.cheaper * driver.cheaper;
    above += driver.dearer * driver.dearer;
  }
  return {*best - std::sqrt(below), *best + std::sqrt(above), with_all(sites, drivers, true),
          with_all(sites, drivers, false)};
}

}  // namespace gigasim::cost
