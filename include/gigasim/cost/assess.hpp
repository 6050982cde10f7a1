#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gigasim/cost/facts.hpp"
#include "gigasim/units/quantity.hpp"

/// What sites cost, who pays, and how sure that is. Pure functions: no run, no file. Formulas: docs/models/cost.md.
namespace gigasim::cost {

/// One component, in words that a table can show.
struct Amount {
  std::string_view name;  ///< "building"
  units::Euros amount;    ///< once, or in a year of 8,760 h
};

/// Bounds of a parameter in the order of what they do to the cost.
struct Bounds {
  double cheap = 0.0, best = 0.0, dear = 0.0;
};

/// Effect of one parameter alone, from its low to its high bound, on the EUR per delivered H100-equivalent-hour.
struct Driver {
  std::string parameter;
  std::string unit;
  bool low_is_cheap = true;  ///< else its high bound is the cheap one
  /// The parameter where the hour is cheapest, at best, and where it is dearest; nothing for a network whose sites
  /// differ.
  std::optional<Bounds> bounds;
  double cheaper = 0.0;  ///< EUR/h, zero or less
  double dearer = 0.0;   ///< EUR/h, zero or more
  [[nodiscard]] double span() const { return dearer - cheaper; }
};

/// EUR per delivered H100-equivalent-hour.
struct Range {
  double low = 0.0, high = 0.0;            ///< best -/+ root of the summed squares of the drivers' effects
  double all_cheap = 0.0, all_dear = 0.0;  ///< all drivers at once: a bound, not a forecast
};

/// Share of the yearly cost that rests on figures of one kind: "published", "converted", "estimated", "recalled",
/// "stated".
struct Evidence {
  std::string word;
  double share = 0.0;
};

/// What one payer pays.
struct Payment {
  std::string_view payer;  ///< "EU", "national", "private"
  double share = 0.0;      ///< of capital
  units::Euros capex;      ///< once
  units::Euros capital;    ///< in a year
  units::Euros operation;  ///< in a year
  [[nodiscard]] units::Euros yearly() const { return capital + operation; }
};

/// Where the price of a partition's accelerators comes from.
struct SystemPrice {
  std::string partition, accelerator;
  units::Euros per_accelerator;  ///< IT capital per accelerator, network, storage and integration included
  std::string basis;             ///< "system price", "contracts", "H100 equivalent", "scenario"
  std::string confidence, source;
};

/// A contract beside the result.
struct Anchor {
  std::string id, name, country, kind, covers, confidence;
  int year = 0;
  std::optional<double> eur_per_accelerator, eur_per_h100_equivalent;
  std::optional<double> eur_per_accelerator_hour;  ///< of market prices
};

/// Costs of one site, or the sum of all.
struct SiteCost {
  std::string name, title, country, kind;
  double accelerators = 0.0;
  double h100_equivalents = 0.0;
  double it_mw = 0.0;  ///< nameplate of what stands at the same time at most, with storage and fabric
  double connection_mw = 0.0;
  std::vector<Amount> capex, capital, operation;  ///< once; in a year; in a year
  units::Euros capex_total, capital_total, operation_total, total;
  double energy_it_mwh = 0.0, energy_mwh = 0.0;                          ///< in a year, storage and fabric included
  double available_hours = 0.0, delivered_hours = 0.0;                   ///< H100-equivalent-hours in a year
  std::optional<double> eur_per_available_hour, eur_per_delivered_hour;  ///< nothing without hours
  Range range;
  std::vector<Evidence> evidence;  ///< kinds of figures behind the cost, largest share first
  std::vector<Driver> drivers;     ///< largest span first; those without effect are left out
  std::vector<Payment> payments;   ///< EU, national, private
  bool shares_stated = false;      ///< by the scenario; else by the rules of the programme
  std::string programme;           ///< of the rules: "ai_factory"; empty for the network
  /// Public money a year (EU and national) over the hours that it buys: available hours x public share of the base.
  std::optional<double> public_eur_per_public_hour;
  double eu_share_of_cost = 0.0;              ///< EU money a year over the total
  double eu_share_of_use = 0.0;               ///< by the programme's rule: access in proportion to what is co-financed
  std::optional<double> hours_lost;           ///< H100-equivalent-hours lost to delay in the period
  std::optional<units::Euros> cost_of_delay;  ///< hours lost x EUR per available hour
  double tokens_trained = 0.0;                ///< in a year
  units::Euros training;                      ///< in a year: the hours that trained them, at EUR per delivered hour
  std::optional<double> eur_per_million_tokens_trained;          ///< nothing where none is trained
  double input_tokens_served = 0.0, output_tokens_served = 0.0;  ///< by services, in a year
  units::Euros inference;  ///< in a year: the hours that replicas held, at EUR per delivered hour
  std::optional<double> eur_per_million_output_tokens;  ///< all of `inference` over the answers alone
  std::optional<double> eur_per_million_tokens_served;  ///< over requests and answers
  std::vector<SystemPrice> system_prices;
  std::vector<Anchor> anchors;        ///< of a site nearest first; of the network the rents of an H100
  std::vector<std::string> warnings;  ///< caps that are broken, with numbers
};

/// A parameter as it was used.
struct UsedParameter {
  std::string parameter, unit;
  std::string region;  ///< of the catalogue's row; "scenario" when it was stated
  Value value;
  std::string confidence, source;
};

struct Assessment {
  std::vector<SiteCost> sites;  ///< in the order of the facts
  SiteCost network;
  std::optional<double> eu_share_of_delivered;      ///< measured: hours of classes of Union access over all hours
  std::optional<double> public_share_of_delivered;  ///< and of Union and national access
  std::optional<double> public_share_by_payers;     ///< of the delivered hours, those that public capital bought
  /// Public money a year over the hours of public classes, as far as public capital bought them.
  std::optional<double> public_eur_per_public_delivered_hour;
  std::vector<UsedParameter> parameters;  ///< those that all sites have in common or state, once per region
};

/// Computes what the sites cost. Throws std::invalid_argument for an override of a parameter that does not exist.
[[nodiscard]] Assessment assess(const Facts& facts, const Assumptions& assumptions = {});

/// Euros a year over an amount a year: per hour, per million tokens, per anything that a run delivers. Nothing without
/// an amount.
[[nodiscard]] std::optional<double> euros_per(units::Euros a_year, double amount_a_year);

}  // namespace gigasim::cost
