#include "formulas.hpp"

#include <algorithm>

#include "gigasim/units/portable_math.hpp"
#include "presence.hpp"

namespace gigasim::cost {
namespace {

constexpr double kWattsPerMegawatt = 1e6;
constexpr double kEurosPerMeur = 1e6;
constexpr double kSquareMetresPerHectare = 1e4;

double nameplate_mw(const PartitionFacts& partition, double accelerators, const Parameters& p) {
  return accelerators * partition.full_power.in_base_units() / kWattsPerMegawatt * p.it_overhead_factor;
}

/// The most that is online at the same time. It can only rise at one of the breakpoints.
double peak_mw(const SiteFacts& site, const Parameters& p) {
  double most = 0.0;
  for (const double moment : breakpoints(site)) {
    double together = 0.0;
    for (const PartitionFacts& partition : site.partitions) {
      together += nameplate_mw(partition, online_at(partition, moment), p);
    }
    most = std::max(most, together);
  }
  return most;
}

/// Means over the period of what stands there.
struct Standing {
  double it_mw = 0.0, h100_equivalents = 0.0;
  double systems_eur = 0.0;
};

struct Inventory {
  double systems_eur = 0.0, h100_equivalents = 0.0;  ///< all that is ever online
  Standing mean;
};

Inventory take_inventory(const SiteFacts& site, const std::vector<PriceBasis>& prices, const Parameters& p) {
  Inventory all;
  for (std::size_t i = 0; i < site.partitions.size(); ++i) {
    const PartitionFacts& partition = site.partitions[i];
    const double bought = most_online(partition);
    const double mean = mean_online(partition);
    const double price = system_eur(prices[i], partition, p);
    all.systems_eur += bought * price;
    all.h100_equivalents += bought * partition.h100_equivalent;
    all.mean.systems_eur += mean * price;
    all.mean.h100_equivalents += mean * partition.h100_equivalent;
    all.mean.it_mw += nameplate_mw(partition, mean, p);
  }
  return all;
}

void buy(Costs& costs, const SiteFacts& site, double pue, const Parameters& p) {
  const double scale_out = 1.0 + p.network_share + p.storage_share;
  costs.network = costs.systems * p.network_share;
  costs.storage = costs.systems * p.storage_share;
  costs.integration = costs.systems * scale_out * p.integration_share;
  costs.building = costs.it_mw * p.building_price * kEurosPerMeur * (1.0 + p.ai_liquid_premium);
  costs.connection_mw = site.connection_mw.value_or(costs.it_mw * pue * p.grid_connection_margin);
  costs.grid = costs.connection_mw * p.grid_price * kEurosPerMeur;
  costs.land = costs.it_mw * p.land_area * kSquareMetresPerHectare * p.land_price;
}

/// A stated sum is split as the computed one is.
void scale_to_stated_capex(Costs& costs, const Parameters& p) {
  if (p.capex <= 0.0 || costs.capex() <= 0.0) return;
  const double factor = p.capex / costs.capex();
  for (double* part : {&costs.systems, &costs.network, &costs.storage, &costs.integration, &costs.building, &costs.grid,
                       &costs.land}) {
    *part *= factor;
  }
}

void use_energy(Costs& costs, const SiteFacts& site, const Standing& mean, double pue, const Parameters& p) {
  if (site.use) {
    const double years = site.use->period_hours / kHoursPerYear;
    costs.energy_it_mwh = site.use->energy_it_mwh * p.it_overhead_factor / years;
    costs.energy_mwh = site.use->energy_mwh * p.it_overhead_factor / years;
    costs.available_hours = site.use->h100_equivalent_hours_available / years;
    costs.delivered_hours = site.use->h100_equivalent_hours / years;
    return;
  }
  const double busy = p.availability * p.utilisation;
  const double load = busy * p.power_busy_fraction + (1.0 - busy) * p.power_idle_fraction;
  costs.energy_it_mwh = mean.it_mw * load * kHoursPerYear;
  costs.energy_mwh = costs.energy_it_mwh * pue;
  costs.available_hours = mean.h100_equivalents * kHoursPerYear * p.availability;
  costs.delivered_hours = costs.available_hours * p.utilisation;
}

/// Capital that is tied up in the mean of the period.
struct TiedUp {
  double it = 0.0, building = 0.0, grid = 0.0, land = 0.0;
};

void pay_yearly(Costs& costs, const TiedUp& mean, const Parameters& p) {
  costs.it_capital = annuity(mean.it, p.residual_it, p.discount_rate, p.life_it);
  costs.building_capital = annuity(mean.building, p.residual_building, p.discount_rate, p.life_building);
  costs.grid_capital = annuity(mean.grid, p.residual_building, p.discount_rate, p.life_grid);
  costs.land_capital = mean.land * p.discount_rate;  // it never wears out
  costs.electricity = costs.energy_mwh * (p.electricity_price + p.electricity_tax);
  costs.maintenance_it = mean.it * p.maintenance_it;
  costs.software = mean.it * p.software_share;
  costs.maintenance_building = (mean.building + mean.grid) * p.maintenance_building;
  costs.insurance = (mean.it + mean.building + mean.grid) * p.insurance_share;
  costs.staff = costs.staff_fte * p.staff_cost;
  costs.water = costs.energy_it_mwh * p.water_use * p.water_price;
}

}  // namespace

double capital_recovery(double rate, double years) {
  if (rate == 0.0) return 1.0 / years;
  const double growth = units::portable_pow(1.0 + rate, years);
  return rate * growth / (growth - 1.0);
}

double annuity(double capital, double residual, double rate, double years) {
  const double left = residual * capital / units::portable_pow(1.0 + rate, years);
  return (capital - left) * capital_recovery(rate, years);
}

Costs costs_of(const SiteFacts& site, const std::vector<PriceBasis>& prices, const Parameters& p) {
  const Inventory inventory = take_inventory(site, prices, p);
  const double pue = site.pue.value_or(p.pue);
  Costs costs;
  costs.systems = inventory.systems_eur;
  costs.h100_equivalents = inventory.h100_equivalents;
  costs.it_mw = peak_mw(site, p);
  buy(costs, site, pue, p);
  scale_to_stated_capex(costs, p);
  use_energy(costs, site, inventory.mean, pue, p);
  if (costs.it_mw <= 0.0) return costs;
  const double it_share = inventory.mean.systems_eur / inventory.systems_eur;
  const double site_share = inventory.mean.it_mw / costs.it_mw;
  const double open = share_with_anything(site);
  costs.staff_fte = p.staff_fixed * open + p.staff_per_mw * inventory.mean.it_mw;
  costs.network_fee = p.network_fee * open;
  pay_yearly(costs,
             {costs.it() * it_share, costs.building * site_share, costs.grid * site_share, costs.land * site_share}, p);
  return costs;
}

}  // namespace gigasim::cost
