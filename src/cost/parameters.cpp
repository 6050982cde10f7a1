#include "parameters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "gigasim/catalogue/cost.hpp"

namespace gigasim::cost {
namespace {

using P = Parameters;
constexpr std::array kFields{Field{"system_price_gb300_nvl72", &P::system_price_gb300_nvl72},
                             Field{"system_price_gb200_nvl72", &P::system_price_gb200_nvl72},
                             Field{"system_price_h100_hgx8", &P::system_price_h100_hgx8},
                             Field{"system_price_b300_hgx8", &P::system_price_b300_hgx8},
                             Field{"system_price_mi300x_8", &P::system_price_mi300x_8},
                             Field{"network_share", &P::network_share},
                             Field{"storage_share", &P::storage_share},
                             Field{"integration_share", &P::integration_share},
                             Field{"it_overhead_factor", &P::it_overhead_factor},
                             Field{"power_busy_fraction", &P::power_busy_fraction},
                             Field{"power_idle_fraction", &P::power_idle_fraction},
                             Field{"ai_liquid_premium", &P::ai_liquid_premium},
                             Field{"building_price", &P::building_price},
                             Field{"grid_connection_margin", &P::grid_connection_margin},
                             Field{"grid_price", &P::grid_price},
                             Field{"land_area", &P::land_area},
                             Field{"land_price", &P::land_price},
                             Field{"life_it", &P::life_it},
                             Field{"life_building", &P::life_building},
                             Field{"life_grid", &P::life_grid},
                             Field{"residual_it", &P::residual_it},
                             Field{"residual_building", &P::residual_building},
                             Field{"discount_rate", &P::discount_rate},
                             Field{"usd_per_eur", &P::usd_per_eur},
                             Field{"maintenance_it", &P::maintenance_it},
                             Field{"maintenance_building", &P::maintenance_building},
                             Field{"software_share", &P::software_share},
                             Field{"insurance_share", &P::insurance_share},
                             Field{"staff_per_mw", &P::staff_per_mw},
                             Field{"staff_fixed", &P::staff_fixed},
                             Field{"staff_cost", &P::staff_cost},
                             Field{"water_use", &P::water_use},
                             Field{"water_price", &P::water_price},
                             Field{"network_fee", &P::network_fee},
                             Field{"electricity_price", &P::electricity_price},
                             Field{"electricity_tax", &P::electricity_tax},
                             Field{"pue", &P::pue},
                             Field{"availability", &P::availability},
                             Field{"utilisation", &P::utilisation},
                             Field{"system_price", &P::system_price},
                             Field{"capex", &P::capex},
                             Field{"contract_prices", &P::contract_prices}};

const Value* stated(std::string_view name, const std::vector<const Overrides*>& overrides) {
  for (auto last = overrides.rbegin(); last != overrides.rend(); ++last) {
    const auto found = (*last)->find(std::string{name});
    if (found != (*last)->end()) return &found->second;
  }
  return nullptr;
}

void check_names(const std::vector<const Overrides*>& overrides) {
  for (const Overrides* some : overrides) {
    for (const auto& [name, value] : *some) {
      const auto is_it = [&, &key = name](const Field& field) { return field.name == key; };
      if (name == "contract_prices" || std::none_of(kFields.begin(), kFields.end(), is_it)) {
        throw std::invalid_argument{fmt::format("the cost model has no parameter \"{}\"", name)};
      }
    }
  }
}

/// What holds for one field; nothing for those that only a scenario states.
std::optional<UsedParameter> look_up(const Field& field, std::string_view country,
                                     const std::vector<const Overrides*>& overrides) {
  const auto* row = catalogue::find_cost_parameter(field.name, country);
  if (const Value* value = stated(field.name, overrides)) {
    return UsedParameter{
        std::string{field.name}, row == nullptr ? "EUR" : row->unit, "scenario", *value, "stated", "scenario"};
  }
  if (row == nullptr) return std::nullopt;
  return UsedParameter{
      std::string{field.name}, row->unit, row->region, {row->best, row->low, row->high}, (*row->row)["confidence"],
      (*row->row)["source"]};
}

}  // namespace

std::span<const Field> fields() {
  return kFields;
}

ParameterSet parameters_for(std::string_view country, const std::vector<const Overrides*>& overrides) {
  check_names(overrides);
  ParameterSet set;
  set.low.contract_prices = -1.0;
  set.high.contract_prices = 1.0;
  for (const Field& field : kFields) {
    auto used = look_up(field, country, overrides);
    if (!used) continue;
    set.best.*field.member = used->value.best;
    set.low.*field.member = used->value.low;
    set.high.*field.member = used->value.high;
    set.used.push_back(std::move(*used));
  }
  return set;
}

}  // namespace gigasim::cost
