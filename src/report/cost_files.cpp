#include "cost_files.hpp"

#include <algorithm>
#include <string_view>

#include "csv_text.hpp"

namespace gigasim::report {
namespace {

Json eur(units::Euros amount) {
  return json_number(amount.in_base_units());
}

Json eur_or_null(const std::optional<units::Euros>& amount) {
  return amount ? eur(*amount) : Json(nullptr);
}

std::string key(std::string_view name) {
  std::string text{name};
  std::replace(text.begin(), text.end(), ' ', '_');
  return text;
}

Json amounts_json(const std::vector<cost::Amount>& amounts, units::Euros total) {
  Json json = Json::object();
  for (const cost::Amount& amount : amounts) json[key(amount.name)] = eur(amount.amount);
  json["total"] = eur(total);
  return json;
}

Json evidence_json(const std::vector<cost::Evidence>& evidence) {
  Json array = Json::array();
  for (const cost::Evidence& one : evidence) array.push_back({{"basis", one.word}, {"share", json_number(one.share)}});
  return array;
}

Json range_json(const cost::SiteCost& cost) {
  if (!cost.eur_per_delivered_hour) return nullptr;
  return {{"low", json_number(cost.range.low)},
          {"high", json_number(cost.range.high)},
          {"all_cheap", json_number(cost.range.all_cheap)},
          {"all_dear", json_number(cost.range.all_dear)}};
}

Json drivers_json(const std::vector<cost::Driver>& drivers) {
  Json array = Json::array();
  for (const cost::Driver& driver : drivers) {
    Json json = {{"parameter", driver.parameter}, {"unit", driver.unit}};
    json["cheap"] = driver.bounds ? json_number(driver.bounds->cheap) : Json(nullptr);
    json["best"] = driver.bounds ? json_number(driver.bounds->best) : Json(nullptr);
    json["dear"] = driver.bounds ? json_number(driver.bounds->dear) : Json(nullptr);
    json["cheaper_eur_per_hour"] = json_number(driver.cheaper);
    json["dearer_eur_per_hour"] = json_number(driver.dearer);
    array.push_back(std::move(json));
  }
  return array;
}

Json payments_json(const std::vector<cost::Payment>& payments) {
  Json json = Json::object();
  for (const cost::Payment& payment : payments) {
    json[payment.payer == "EU" ? "eu" : std::string{payment.payer}] = {
        {"share_of_capital", json_number(payment.share)},
        {"capex_eur", eur(payment.capex)},
        {"capital_eur_per_year", eur(payment.capital)},
        {"operation_eur_per_year", eur(payment.operation)}};
  }
  return json;
}

Json prices_json(const std::vector<cost::SystemPrice>& prices) {
  Json array = Json::array();
  for (const cost::SystemPrice& price : prices) {
    array.push_back({{"partition", price.partition},
                     {"accelerator", price.accelerator},
                     {"it_eur_per_accelerator", eur(price.per_accelerator)},
                     {"basis", price.basis},
                     {"confidence", price.confidence},
                     {"source", price.source}});
  }
  return array;
}

Json anchors_json(const std::vector<cost::Anchor>& anchors) {
  Json array = Json::array();
  for (const cost::Anchor& anchor : anchors) {
    array.push_back({{"id", anchor.id},
                     {"name", anchor.name},
                     {"country", anchor.country},
                     {"kind", anchor.kind},
                     {"year", anchor.year},
                     {"covers", anchor.covers},
                     {"eur_per_accelerator", number_or_null(anchor.eur_per_accelerator)},
                     {"eur_per_h100_equivalent", number_or_null(anchor.eur_per_h100_equivalent)},
                     {"eur_per_accelerator_hour", number_or_null(anchor.eur_per_accelerator_hour)},
                     {"confidence", anchor.confidence}});
  }
  return array;
}

Json site_json(const cost::SiteCost& cost) {
  Json json = {{"name", cost.name}, {"country", cost.country}, {"kind", cost.kind}, {"programme", cost.programme}};
  json["accelerators"] = json_number(cost.accelerators, true);
  json["h100_equivalents"] = json_number(cost.h100_equivalents);
  json["it_mw"] = json_number(cost.it_mw);
  json["connection_mw"] = json_number(cost.connection_mw);
  json["capex_eur"] = amounts_json(cost.capex, cost.capex_total);
  json["capital_eur_per_year"] = amounts_json(cost.capital, cost.capital_total);
  json["operation_eur_per_year"] = amounts_json(cost.operation, cost.operation_total);
  json["total_eur_per_year"] = eur(cost.total);
  json["energy_it_mwh_per_year"] = json_number(cost.energy_it_mwh);
  json["energy_mwh_per_year"] = json_number(cost.energy_mwh);
  json["h100_equivalent_hours_available_per_year"] = json_number(cost.available_hours);
  json["h100_equivalent_hours_per_year"] = json_number(cost.delivered_hours);
  json["eur_per_available_h100_equivalent_hour"] = number_or_null(cost.eur_per_available_hour);
  json["eur_per_delivered_h100_equivalent_hour"] = number_or_null(cost.eur_per_delivered_hour);
  json["range_eur_per_delivered_h100_equivalent_hour"] = range_json(cost);
  json["rests_on"] = evidence_json(cost.evidence);
  json["drivers"] = drivers_json(cost.drivers);
  json["payers"] = payments_json(cost.payments);
  json["shares_stated"] = cost.shares_stated;
  json["public_eur_per_public_hour"] = number_or_null(cost.public_eur_per_public_hour);
  json["eu_share_of_cost"] = json_number(cost.eu_share_of_cost);
  json["eu_share_of_use_by_rule"] = json_number(cost.eu_share_of_use);
  json["h100_equivalent_hours_lost_to_delay"] = number_or_null(cost.hours_lost);
  json["cost_of_delay_eur"] = eur_or_null(cost.cost_of_delay);
  json["tokens_trained_per_year"] = json_number(cost.tokens_trained);
  json["training_eur_per_year"] = eur(cost.training);
  json["eur_per_million_tokens_trained"] = number_or_null(cost.eur_per_million_tokens_trained);
  json["input_tokens_served_per_year"] = json_number(cost.input_tokens_served);
  json["output_tokens_served_per_year"] = json_number(cost.output_tokens_served);
  json["inference_eur_per_year"] = eur(cost.inference);
  json["eur_per_million_output_tokens"] = number_or_null(cost.eur_per_million_output_tokens);
  json["eur_per_million_tokens_served"] = number_or_null(cost.eur_per_million_tokens_served);
  json["system_prices"] = prices_json(cost.system_prices);
  json["anchors"] = anchors_json(cost.anchors);
  json["warnings"] = cost.warnings;
  return json;
}

Json parameters_json(const std::vector<cost::UsedParameter>& parameters) {
  Json array = Json::array();
  for (const cost::UsedParameter& used : parameters) {
    array.push_back({{"parameter", used.parameter},
                     {"unit", used.unit},
                     {"region", used.region},
                     {"best", json_number(used.value.best)},
                     {"low", json_number(used.value.low)},
                     {"high", json_number(used.value.high)},
                     {"confidence", used.confidence},
                     {"source", used.source}});
  }
  return array;
}

/// One column of the CSV.
struct CsvColumn {
  const char* name;
  std::optional<double> (*value)(const cost::SiteCost&);
};

const std::vector<CsvColumn>& csv_columns() {
  using C = cost::SiteCost;
  using O = std::optional<double>;
  static const std::vector<CsvColumn> all{
      {"accelerators", [](const C& c) { return O{c.accelerators}; }},
      {"h100_equivalents", [](const C& c) { return O{c.h100_equivalents}; }},
      {"it_mw", [](const C& c) { return O{c.it_mw}; }},
      {"capex_eur", [](const C& c) { return O{c.capex_total.in_base_units()}; }},
      {"capital_eur_per_year", [](const C& c) { return O{c.capital_total.in_base_units()}; }},
      {"operation_eur_per_year", [](const C& c) { return O{c.operation_total.in_base_units()}; }},
      {"total_eur_per_year", [](const C& c) { return O{c.total.in_base_units()}; }},
      {"h100_equivalent_hours_available_per_year", [](const C& c) { return O{c.available_hours}; }},
      {"h100_equivalent_hours_per_year", [](const C& c) { return O{c.delivered_hours}; }},
      {"eur_per_available_h100_equivalent_hour", [](const C& c) { return c.eur_per_available_hour; }},
      {"eur_per_delivered_h100_equivalent_hour", [](const C& c) { return c.eur_per_delivered_hour; }},
      {"eur_per_delivered_low", [](const C& c) { return c.eur_per_delivered_hour ? O{c.range.low} : O{}; }},
      {"eur_per_delivered_high", [](const C& c) { return c.eur_per_delivered_hour ? O{c.range.high} : O{}; }},
      {"eu_share_of_capital", [](const C& c) { return c.payments.empty() ? O{} : O{c.payments[0].share}; }},
      {"national_share_of_capital", [](const C& c) { return c.payments.empty() ? O{} : O{c.payments[1].share}; }},
      {"private_share_of_capital", [](const C& c) { return c.payments.empty() ? O{} : O{c.payments[2].share}; }},
      {"eu_share_of_cost", [](const C& c) { return O{c.eu_share_of_cost}; }},
      {"public_eur_per_public_hour", [](const C& c) { return c.public_eur_per_public_hour; }},
      {"cost_of_delay_eur", [](const C& c) { return c.cost_of_delay ? O{c.cost_of_delay->in_base_units()} : O{}; }},
      {"eur_per_million_tokens_trained", [](const C& c) { return c.eur_per_million_tokens_trained; }},
      {"eur_per_million_output_tokens", [](const C& c) { return c.eur_per_million_output_tokens; }},
      {"eur_per_million_tokens_served", [](const C& c) { return c.eur_per_million_tokens_served; }}};
  return all;
}

void append_row(std::string& out, std::string_view group, const cost::SiteCost& cost) {
  csv::append_text(out, group);
  for (const std::string_view text :
       {std::string_view{cost.name}, std::string_view{cost.country}, std::string_view{cost.kind}}) {
    out += ',';
    csv::append_text(out, text);
  }
  for (const CsvColumn& column : csv_columns()) {
    out += ',';
    if (const auto value = column.value(cost)) csv::append_number(out, *value);
  }
  out += '\n';
}

}  // namespace

Json cost_json(const CostInput& input, const cost::Assessment& assessment) {
  Json json = {{"scenario", input.scenario}, {"variant", input.variant}, {"complete", input.complete}};
  json["period_days"] = json_number(input.period_days);
  json["network"] = site_json(assessment.network);
  Json& sites = json["sites"] = Json::array();
  for (const cost::SiteCost& site : assessment.sites) sites.push_back(site_json(site));
  json["eu_share_of_delivered"] = number_or_null(assessment.eu_share_of_delivered);
  json["public_share_by_payers"] = number_or_null(assessment.public_share_by_payers);
  json["public_share_of_delivered"] = number_or_null(assessment.public_share_of_delivered);
  json["public_eur_per_public_delivered_hour"] = number_or_null(assessment.public_eur_per_public_delivered_hour);
  json["parameters"] = parameters_json(assessment.parameters);
  return json;
}

std::string cost_csv(const cost::Assessment& assessment) {
  std::string out = "group,name,country,kind";
  for (const CsvColumn& column : csv_columns()) out += std::string{","} + column.name;
  out += '\n';
  append_row(out, "network", assessment.network);
  for (const cost::SiteCost& site : assessment.sites) append_row(out, "site", site);
  return out;
}

}  // namespace gigasim::report
