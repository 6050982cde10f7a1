#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gigasim/catalogue/table.hpp"

/// Typed views of the tables of prices, contracts and funding rules. Lookups return null where there is nothing.
namespace gigasim::catalogue {

/// One parameter of the cost model in one region. `low` and `high` are bounds of the number, not "cheap" and "dear".
struct CostParameter {
  std::string parameter;  ///< "discount_rate"
  std::string region;     ///< a country's code, "EU" or "world"
  std::string unit;       ///< of the three numbers: "1" and "1/a" are fractions, "factor" is at least 1
  double best = 0.0;
  double low = 0.0;
  double high = 0.0;
  enum class Role { kStated, kMeasured, kFact };
  Role role =
      Role::kStated;  ///< kMeasured: a run says it, so that nobody states it; kFact: for readers, not in the model
  std::vector<std::string> accelerators;  ///< of a system's price: what it is the price of
  double per_system = 0.0;                ///< and how many of them are in one system
  const Row* row = nullptr;
};
[[nodiscard]] std::span<const CostParameter> cost_parameters();
/// What values in a unit of the cost model may be: from `least`, which may itself be refused, to `most`.
struct CostBounds {
  double least = 0.0, most = 0.0;
  bool above_least = false;
};
/// Throws std::logic_error for a unit that no parameter has.
[[nodiscard]] CostBounds cost_bounds(std::string_view unit);
/// Returns a parameter's row for a country: its own, else that of the EU, else that of the world.
[[nodiscard]] const CostParameter* find_cost_parameter(std::string_view parameter, std::string_view country);
/// The names of the parameters that the model uses and a scenario may state, each once, in the order of the table.
[[nodiscard]] std::vector<std::string> cost_parameter_names();

/// A contract, project, bid, model or market price that a result can be held against.
struct ContractAnchor {
  std::string id, name;
  std::string country;      ///< code, "EU" or "world"
  std::string kind;         ///< public_contract | public_project | private | bid | model | market_price
  std::string accelerator;  ///< id; empty when it is no catalogue type ("chips")
  std::string site;         ///< id of ai-factories whose machine was bought by this signed contract; empty: none
  std::string covers;
  std::optional<double> count, amount_meur, eur_per_accelerator, eur_per_h100_equivalent, meur_per_mw,
      eur_per_accelerator_hour;
  int year = 0;
  std::string confidence, source;
};
[[nodiscard]] std::span<const ContractAnchor> contract_anchors();

/// A payer's share in a programme.
struct FundingRule {
  std::string id, programme;
  std::string payer;            ///< eu | national | private | eu+national | ...
  std::string base;             ///< what the share is a share of
  bool of_site_cost = false;    ///< the share is one of a site's cost, not of services, hours or years
  bool pays_operation = false;  ///< and not the capital alone
  std::optional<double> share_default, share_min, share_max;
  bool warns = false;  ///< when it is broken
  std::string confidence, source;
};
[[nodiscard]] std::span<const FundingRule> funding_rules();

}  // namespace gigasim::catalogue
