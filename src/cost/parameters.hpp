#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gigasim/cost/assess.hpp"

namespace gigasim::cost {

/// One set of numbers for the formulas, in the units of catalogue cost-parameters.
struct Parameters {
  // What the accelerators cost: USD per system of the catalogue.
  double system_price_gb300_nvl72 = 0.0, system_price_gb200_nvl72 = 0.0, system_price_h100_hgx8 = 0.0,
         system_price_b300_hgx8 = 0.0, system_price_mi300x_8 = 0.0;
  double system_price = 0.0;     ///< EUR per accelerator, stated for a site; 0: not stated
  double capex = 0.0;            ///< EUR in all, stated for a site; 0: not stated
  double contract_prices = 0.0;  ///< -1 low, 0 best, 1 high of the prices taken from contracts
  double usd_per_eur = 0.0;
  double network_share = 0.0, storage_share = 0.0, integration_share = 0.0;
  // Building and ground.
  double it_overhead_factor = 1.0, ai_liquid_premium = 0.0;
  double building_price = 0.0, grid_price = 0.0, grid_connection_margin = 1.0;  ///< MEUR/MW
  double land_area = 0.0, land_price = 0.0;                                     ///< ha/MW, EUR/m2
  // Capital.
  double discount_rate = 0.0;
  double life_it = 1.0, life_building = 1.0, life_grid = 1.0;  ///< years
  double residual_it = 0.0, residual_building = 0.0;
  // Operation.
  double maintenance_it = 0.0, maintenance_building = 0.0, software_share = 0.0, insurance_share = 0.0;
  double staff_per_mw = 0.0, staff_fixed = 0.0, staff_cost = 0.0;
  double water_use = 0.0, water_price = 0.0;
  double network_fee = 0.0;
  double electricity_price = 0.0, electricity_tax = 0.0;
  // Where no run says it.
  double pue = 1.0, availability = 1.0, utilisation = 1.0, power_busy_fraction = 1.0, power_idle_fraction = 0.0;
};

/// A parameter by name.
struct Field {
  std::string_view name;
  double Parameters::*member;
};
/// All of them: those of the catalogue, then `system_price`, `capex` and `contract_prices`.
[[nodiscard]] std::span<const Field> fields();

/// The numbers of one country: best and both bounds, and where they come from.
struct ParameterSet {
  Parameters best, low, high;
  std::vector<UsedParameter> used;
};
/// Looks the parameters up for a country (its row, else EU, else world); `overrides` replace them, later ones first.
/// Throws std::invalid_argument for a name that no parameter has.
[[nodiscard]] ParameterSet parameters_for(std::string_view country, const std::vector<const Overrides*>& overrides);

}  // namespace gigasim::cost
