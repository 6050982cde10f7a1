#pragma once

#include <vector>

#include "parameters.hpp"
#include "system_prices.hpp"

/// The formulas of docs/models/cost.md, for one site and one set of numbers.
namespace gigasim::cost {

inline constexpr double kHoursPerYear = 8760.0;

/// Returns the capital recovery factor r (1 + r)^n / ((1 + r)^n - 1), payments at the end of each of `years`; 1 / n for
/// r = 0.
[[nodiscard]] double capital_recovery(double rate, double years);

/// Returns the equal yearly payment for `capital` of which the fraction `residual` is left at the end:
/// (C - s C / (1 + r)^n) CRF(r, n).
[[nodiscard]] double annuity(double capital, double residual, double rate, double years);

/// EUR, EUR a year, MWh a year, MW and hours a year of one site.
struct Costs {
  // Once.
  double systems = 0.0, network = 0.0, storage = 0.0, integration = 0.0, building = 0.0, grid = 0.0, land = 0.0;
  // Yearly cost of capital.
  double it_capital = 0.0, building_capital = 0.0, grid_capital = 0.0, land_capital = 0.0;
  // Operation.
  double electricity = 0.0, maintenance_it = 0.0, software = 0.0, maintenance_building = 0.0, insurance = 0.0,
         staff = 0.0, water = 0.0, network_fee = 0.0;
  double h100_equivalents = 0.0, it_mw = 0.0, connection_mw = 0.0, staff_fte = 0.0;
  double energy_it_mwh = 0.0, energy_mwh = 0.0;
  double available_hours = 0.0, delivered_hours = 0.0;  ///< of an H100 equivalent

  [[nodiscard]] double it() const { return systems + network + storage + integration; }
  [[nodiscard]] double capex() const { return it() + building + grid + land; }
  [[nodiscard]] double capital() const { return it_capital + building_capital + grid_capital + land_capital; }
  [[nodiscard]] double operation() const {
    return electricity + maintenance_it + software + maintenance_building + insurance + staff + water + network_fee;
  }
  [[nodiscard]] double total() const { return capital() + operation(); }
};

/// Computes one site; `prices` has one basis per partition. What is bought once is all that is online at some time of
/// the period, and the building is for what stands at the same time at most; a year costs the mean over the period.
[[nodiscard]] Costs costs_of(const SiteFacts& site, const std::vector<PriceBasis>& prices, const Parameters& p);

}  // namespace gigasim::cost
