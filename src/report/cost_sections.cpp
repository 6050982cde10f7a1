#include "cost_sections.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "gigasim/report/humane.hpp"
#include "gigasim/units/text.hpp"

namespace gigasim::report {
namespace {

constexpr std::size_t kDriversShown = 10;

std::string eur_per_hour(const std::optional<double>& value) {
  return value ? fmt::format("{:.3f}", *value) : "-";
}

std::string change(double eur) {
  return fmt::format("{:+.3f}", eur);
}

/// Million hours.
std::string million(double hours) {
  return humane::number(hours / 1e6);
}

void add_amounts(Section& section, const std::string& what, const std::vector<cost::Amount>& amounts,
                 units::Euros total, units::Euros whole) {
  for (const cost::Amount& amount : amounts) {
    section.table.rows.push_back({{what + ": " + std::string{amount.name}},
                                  {money(amount.amount)},
                                  {whole.in_base_units() > 0.0 ? humane::percent(amount.amount / whole) : "-"}});
  }
  section.table.rows.push_back({{what, Mood::kStrong},
                                {money(total), Mood::kStrong},
                                {whole.in_base_units() > 0.0 ? humane::percent(total / whole) : "-"}});
}

Section capex_section(const cost::SiteCost& network) {
  Section section{"Capital, once", {{{"component", false, 0}, {"amount", true, 0}, {"share", true, 1}}, {}}, {}};
  add_amounts(section, "capex", network.capex, network.capex_total, network.capex_total);
  return section;
}

Section year_section(const cost::SiteCost& network) {
  Section section{"Cost of a year", {{{"component", false, 0}, {"amount", true, 0}, {"share", true, 1}}, {}}, {}};
  add_amounts(section, "capital", network.capital, network.capital_total, network.total);
  add_amounts(section, "operation", network.operation, network.operation_total, network.total);
  section.table.rows.push_back({{"total", Mood::kStrong}, {money(network.total), Mood::kStrong}, {"100.0 %"}});
  return section;
}

Section site_section_of_costs(const cost::Assessment& assessment) {
  Section section{"Sites: EUR per H100-equivalent-hour", {}, {}};
  section.table.columns = {{"site", false, 0},  {"country", false, 4},  {"H100 eq.", true, 3},  {"capex", true, 1},
                           {"a year", true, 1}, {"available", true, 2}, {"delivered", true, 0}, {"from", true, 1},
                           {"to", true, 1},     {"EU pays", true, 3}};
  for (const cost::SiteCost& site : assessment.sites) {
    const bool priced = site.eur_per_delivered_hour.has_value();
    section.table.rows.push_back({{site.name},
                                  {site.country},
                                  {humane::number(site.h100_equivalents)},
                                  {money(site.capex_total)},
                                  {money(site.total)},
                                  {eur_per_hour(site.eur_per_available_hour)},
                                  {eur_per_hour(site.eur_per_delivered_hour)},
                                  {priced ? eur_per_hour(site.range.low) : "-"},
                                  {priced ? eur_per_hour(site.range.high) : "-"},
                                  {humane::percent(site.eu_share_of_cost)}});
  }
  return section;
}

Section training_section(const cost::Assessment& assessment) {
  Section section{"Training: EUR per million tokens", {}, {}};
  for (const cost::SiteCost& site : assessment.sites) {
    if (!site.eur_per_million_tokens_trained) continue;
    section.table.rows.push_back({{site.name},
                                  {humane::quantity(site.tokens_trained, "tokens")},
                                  {money(site.training)},
                                  {humane::number(*site.eur_per_million_tokens_trained)}});
  }
  if (section.table.rows.empty()) return section;
  section.table.columns = {{"site", false, 0}, {"tokens a year", true, 1}, {"cost a year", true, 1}, {"EUR", true, 0}};
  return section;
}

Section inference_section(const cost::Assessment& assessment) {
  Section section{"Inference: EUR per million tokens", {}, {}};
  const auto add = [&](const cost::SiteCost& site) {
    if (!site.eur_per_million_output_tokens) return;
    section.table.rows.push_back({{site.name},
                                  {humane::quantity(site.output_tokens_served, "tokens")},
                                  {money(site.inference)},
                                  {humane::number(*site.eur_per_million_output_tokens)},
                                  {humane::number(*site.eur_per_million_tokens_served)}});
  };
  for (const cost::SiteCost& site : assessment.sites) add(site);
  if (section.table.rows.size() > 1) add(assessment.network);
  if (section.table.rows.empty()) return section;
  section.table.columns = {{"site", false, 0},
                           {"tokens out a year", true, 1},
                           {"cost a year", true, 1},
                           {"EUR, of answers", true, 0},
                           {"of requests and answers", true, 0}};
  return section;
}

std::string bound(const cost::Driver& driver, double value) {
  const bool fraction = driver.unit == "1" || driver.unit == "1/a";
  if (fraction) return units::format_percent(value);
  const std::string text = humane::number(value);
  return driver.unit.empty() || driver.unit == "factor" ? text : text + " " + driver.unit;
}

Section driver_section(const cost::SiteCost& network) {
  Section section{"What makes the range: EUR per delivered hour, each driver alone", {}, {}};
  section.table.columns = {
      {"driver", false, 0}, {"cheap", true, 1}, {"dear", true, 1}, {"cheaper", true, 0}, {"dearer", true, 0}};
  const std::size_t shown = std::min(kDriversShown, network.drivers.size());
  for (std::size_t i = 0; i < shown; ++i) {
    const cost::Driver& driver = network.drivers[i];
    section.table.rows.push_back({{driver.parameter},
                                  {driver.bounds ? bound(driver, driver.bounds->cheap) : "by site"},
                                  {driver.bounds ? bound(driver, driver.bounds->dear) : "by site"},
                                  {change(driver.cheaper)},
                                  {change(driver.dearer)}});
  }
  if (network.drivers.empty()) return section;
  section.lines.push_back(
      {fmt::format("All {} drivers at once: {} to {} EUR, a bound and no forecast.", network.drivers.size(),
                   eur_per_hour(network.range.all_cheap), eur_per_hour(network.range.all_dear))});
  return section;
}

std::string shares_of(const std::vector<cost::Evidence>& evidence) {
  std::string text;
  for (const cost::Evidence& one : evidence) {
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", humane::percent(one.share), one.word);
  }
  return text;
}

/// How well the cost is known: by the figures that it would follow if they moved.
Section evidence_section(const cost::Assessment& assessment) {
  Section section{"How well the cost is known", {}, {}};
  if (assessment.network.evidence.empty()) return section;
  section.lines.push_back({fmt::format("Figures, weighted by what 1 % of each is worth in cost: {}.",
                                       shares_of(assessment.network.evidence))});
  return section;
}

Section payer_section(const cost::Assessment& assessment) {
  Section section{"Who pays", {}, {}};
  section.table.columns = {{"payer", false, 0},         {"share of capital", true, 0}, {"capex", true, 0},
                           {"capital a year", true, 1}, {"operation a year", true, 1}, {"share of all", true, 2}};
  const cost::SiteCost& network = assessment.network;
  for (const cost::Payment& payment : network.payments) {
    section.table.rows.push_back({{std::string{payment.payer}},
                                  {humane::percent(payment.share)},
                                  {money(payment.capex)},
                                  {money(payment.capital)},
                                  {money(payment.operation)},
                                  {humane::percent(payment.yearly() / network.total)}});
  }
  if (network.public_eur_per_public_hour) {
    section.lines.push_back(
        {fmt::format("Public money buys its hours at {:.3f} EUR per available hour, access being in "
                     "proportion to what is co-financed.",
                     *network.public_eur_per_public_hour)});
  }
  if (assessment.eu_share_of_delivered) {
    section.lines.push_back({fmt::format(
        "By access class, {} of the delivered hours went to the Union's users and {} to public users; the Union pays "
        "{} "
        "of the cost.",
        humane::percent(*assessment.eu_share_of_delivered), humane::percent(*assessment.public_share_of_delivered),
        humane::percent(network.eu_share_of_cost))});
  }
  if (assessment.public_share_by_payers) {
    section.lines.push_back({fmt::format(
        "By capital, {} of them are the Union's and {} public. The two differ because an access class says who used an "
        "hour, and capital says who bought it: a public user on a machine of private capital uses an hour that public "
        "money did not buy.",
        humane::percent(network.eu_share_of_use), humane::percent(*assessment.public_share_by_payers))});
  }
  if (assessment.public_eur_per_public_delivered_hour) {
    section.lines.push_back(
        {fmt::format("Public money per delivered hour that it bought and public users had: {:.3f} EUR.",
                     *assessment.public_eur_per_public_delivered_hour)});
  }
  return section;
}

Section delay_section(const cost::Assessment& assessment) {
  Section section{"Delay", {}, {}};
  const cost::SiteCost& network = assessment.network;
  if (!network.cost_of_delay || network.hours_lost.value_or(0.0) <= 0.0) return section;
  section.lines.push_back({fmt::format(
      "{} million H100-equivalent-hours are lost to delay at sites that are built, in the whole results period. At "
      "each "
      "site's cost of an available hour they are worth {}. This is not a net cost: most of that spending is put off "
      "with "
      "the machines, and demand that went unserved has no price here. Waits by quarter show when users felt it.",
      million(*network.hours_lost), money(*network.cost_of_delay))});
  return section;
}

/// How the accelerators are priced: one line per type and basis.
Section price_section(const cost::Assessment& assessment) {
  Section section{"Price of an accelerator with network, storage and integration", {}, {}};
  section.table.columns = {{"accelerator", false, 0}, {"each", true, 0}, {"basis", false, 0}, {"confidence", false, 1}};
  std::set<std::array<std::string, 4>> told;
  for (const cost::SiteCost& site : assessment.sites) {
    for (const cost::SystemPrice& price : site.system_prices) {
      told.insert({price.accelerator, money(price.per_accelerator), price.basis, price.confidence});
    }
  }
  for (const auto& [accelerator, each, basis, confidence] : told) {
    section.table.rows.push_back({{accelerator}, {each}, {basis}, {confidence}});
  }
  return section;
}

/// IT capital: systems, network, storage and integration stand first among the components.
units::Euros it_capital(const cost::SiteCost& site) {
  constexpr std::size_t kComponentsOfIt = 4;
  units::Euros it{0};
  for (std::size_t i = 0; i < kComponentsOfIt; ++i) it += site.capex.at(i).amount;
  return it;
}

/// The nearest anchor of each site: JSON has all.
Section anchor_section(const cost::Assessment& assessment) {
  Section section{"Contracts and bids beside it, per accelerator", {}, {}};
  section.table.columns = {{"site", false, 0}, {"IT", true, 0},    {"capex", true, 1},   {"anchor", false, 0},
                           {"year", true, 3},  {"there", true, 0}, {"covers", false, 2}, {"confidence", false, 4}};
  for (const cost::SiteCost& site : assessment.sites) {
    if (site.anchors.empty() || site.accelerators <= 0.0) continue;
    const cost::Anchor& anchor = site.anchors.front();
    section.table.rows.push_back({{site.name},
                                  {money(it_capital(site) / site.accelerators)},
                                  {money(site.capex_total / site.accelerators)},
                                  {anchor.name},
                                  {fmt::format("{}", anchor.year)},
                                  {money(units::Euros{anchor.eur_per_accelerator.value_or(0.0)})},
                                  {anchor.covers},
                                  {anchor.confidence}});
  }
  for (const cost::Anchor& rent : assessment.network.anchors) {
    section.lines.push_back({fmt::format("{} ({}): {:.2f} EUR an hour, confidence {}.", rent.name, rent.year,
                                         rent.eur_per_accelerator_hour.value_or(0.0), rent.confidence)});
  }
  return section;
}

Section cap_section(const cost::SiteCost& network) {
  Section section{"Funding rules that are not kept", {}, {}};
  for (const std::string& warning : network.warnings) section.lines.push_back({warning, Mood::kWarning});
  return section;
}

}  // namespace

std::string money(units::Euros amount) {
  const double eur = amount.in_base_units();
  constexpr double kGrouped = 1e4;  // 2,933 MEUR reads better than 2.93 GEUR
  struct Unit {
    double size;
    const char* name;
  };
  constexpr std::array kUnits{Unit{1e9, "GEUR"}, Unit{1e6, "MEUR"}, Unit{1e3, "kEUR"}};
  for (const Unit& unit : kUnits) {
    const double from = unit.size == 1e9 ? kGrouped * 1e6 : unit.size;
    if (std::fabs(eur) >= from) return fmt::format("{} {}", humane::number(eur / unit.size), unit.name);
  }
  return fmt::format("{} EUR", humane::number(eur));
}

std::string cost_headline(const CostInput& input) {
  return fmt::format("Costs of {}{}, from {} d of results", input.scenario,
                     input.variant.empty() ? "" : ", variant " + input.variant, humane::number(input.period_days));
}

std::vector<std::string> cost_answer(const cost::Assessment& assessment) {
  const cost::SiteCost& network = assessment.network;
  std::vector<std::string> sentences;
  if (assessment.sites.empty()) return {"No site has accelerators in the results period: nothing costs anything."};
  sentences.push_back(fmt::format(
      "{} with {} H100 equivalents cost {} to build and {} a year at this use: {} for capital, {} to operate.",
      humane::count(static_cast<std::int64_t>(assessment.sites.size()), "site"),
      humane::number(network.h100_equivalents), money(network.capex_total), money(network.total),
      money(network.capital_total), money(network.operation_total)));
  if (!network.eur_per_delivered_hour) {
    sentences.emplace_back("Nothing is delivered, so that no hour has a price.");
    return sentences;
  }
  sentences.push_back(fmt::format(
      "A delivered H100-equivalent-hour costs {:.2f} EUR, from {:.2f} to {:.2f} with what is not known for sure; an "
      "available one {:.2f} EUR.",
      *network.eur_per_delivered_hour, network.range.low, network.range.high, *network.eur_per_available_hour));
  if (network.eur_per_million_tokens_trained) {
    sentences.push_back(
        fmt::format("A million trained tokens cost {} EUR.", humane::number(*network.eur_per_million_tokens_trained)));
  }
  if (network.eur_per_million_output_tokens) {
    sentences.push_back(fmt::format("A million tokens of answers cost {} EUR, their requests included.",
                                    humane::number(*network.eur_per_million_output_tokens)));
  }
  if (network.payments.size() == 3) {
    sentences.push_back(fmt::format("The EU pays {} of the yearly cost, states {}, private money {}.",
                                    humane::percent(network.payments[0].yearly() / network.total),
                                    humane::percent(network.payments[1].yearly() / network.total),
                                    humane::percent(network.payments[2].yearly() / network.total)));
  }
  return sentences;
}

std::vector<Section> cost_sections(const cost::Assessment& assessment) {
  if (assessment.sites.empty()) return {};
  const cost::SiteCost& network = assessment.network;
  std::vector<Section> all{site_section_of_costs(assessment),
                           training_section(assessment),
                           inference_section(assessment),
                           capex_section(network),
                           year_section(network),
                           driver_section(network),
                           evidence_section(assessment),
                           payer_section(assessment),
                           cap_section(network),
                           delay_section(assessment),
                           price_section(assessment),
                           anchor_section(assessment)};
  std::erase_if(all, [](const Section& section) { return section.table.rows.empty() && section.lines.empty(); });
  return all;
}

}  // namespace gigasim::report
