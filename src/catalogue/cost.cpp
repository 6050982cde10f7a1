#include "gigasim/catalogue/cost.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "cells.hpp"
#include "columns_cost.hpp"
#include "editions.hpp"

namespace gigasim::catalogue {
namespace {

CostParameter::Role read_role(const Row& row) {
  const std::string& cell = row["in_model"];
  if (cell == "measured") return CostParameter::Role::kMeasured;
  return yes_no(row, "in_model") ? CostParameter::Role::kStated : CostParameter::Role::kFact;
}

CostParameter read_cost_parameter(const Row& row) {
  CostParameter parameter;
  parameter.parameter = row["parameter"];
  parameter.region = row["region"];
  parameter.unit = row["unit"];
  parameter.best = required(row, "best");
  parameter.low = required(row, "low");
  parameter.high = required(row, "high");
  parameter.role = read_role(row);
  parameter.accelerators = list(row, "accelerators");
  parameter.per_system = row.number("per_system").value_or(0.0);
  parameter.row = &row;
  return parameter;
}

ContractAnchor read_anchor(const Row& row) {
  ContractAnchor anchor;
  anchor.id = row.id();
  anchor.name = row["name"];
  anchor.country = row["country"];
  anchor.kind = row["kind"];
  anchor.accelerator = row["accelerator"];
  anchor.site = row["site"];
  anchor.covers = row["covers"];
  anchor.count = row.number("count");
  anchor.amount_meur = row.number("amount_meur");
  anchor.eur_per_accelerator = row.number("eur_per_accelerator");
  anchor.eur_per_h100_equivalent = row.number("eur_per_h100e");
  anchor.meur_per_mw = row.number("meur_per_mw_it");
  anchor.eur_per_accelerator_hour = row.number("eur_per_accelerator_hour");
  anchor.year = static_cast<int>(required(row, "year"));
  anchor.confidence = row["confidence"];
  anchor.source = row["source"];
  return anchor;
}

FundingRule read_rule(const Row& row) {
  FundingRule rule;
  rule.id = row.id();
  rule.programme = row["programme"];
  rule.payer = row["payer"];
  rule.base = row["base"];
  rule.of_site_cost = !row["pays_operation"].empty();
  rule.pays_operation = row["pays_operation"] == "yes";
  rule.share_default = row.number("share_default");
  rule.share_min = row.number("share_min");
  rule.share_max = row.number("share_max");
  rule.warns = row["effect"] == "warn";
  rule.confidence = row["confidence"];
  rule.source = row["source"];
  return rule;
}

}  // namespace

std::span<const CostParameter> cost_parameters() {
  static PerEdition<std::vector<CostParameter>> all{[] { return read_rows("cost-parameters", read_cost_parameter); }};
  return all.get();
}

CostBounds cost_bounds(std::string_view unit) {
  const Column* bounds = cost_unit(unit);
  if (bounds == nullptr) throw std::logic_error{fmt::format("no parameter of costs is in {}", unit)};
  return {bounds->least, bounds->most, bounds->above_least};
}

const CostParameter* find_cost_parameter(std::string_view parameter, std::string_view country) {
  const auto all = cost_parameters();
  for (const std::string_view region : std::array<std::string_view, 3>{country, "EU", "world"}) {
    const auto found = std::find_if(all.begin(), all.end(), [&](const CostParameter& row) {
      return row.parameter == parameter && row.region == region;
    });
    if (found != all.end()) return &*found;
  }
  return nullptr;
}

std::vector<std::string> cost_parameter_names() {
  std::vector<std::string> names;
  for (const CostParameter& row : cost_parameters()) {
    const bool stated = row.role == CostParameter::Role::kStated;
    if (stated && std::find(names.begin(), names.end(), row.parameter) == names.end()) names.push_back(row.parameter);
  }
  return names;
}

std::span<const ContractAnchor> contract_anchors() {
  static PerEdition<std::vector<ContractAnchor>> all{[] { return read_rows("contract-anchors", read_anchor); }};
  return all.get();
}

std::span<const FundingRule> funding_rules() {
  static PerEdition<std::vector<FundingRule>> all{[] { return read_rows("funding-rules", read_rule); }};
  return all.get();
}

}  // namespace gigasim::catalogue
