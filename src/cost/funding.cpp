#include "funding.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "gigasim/catalogue/cost.hpp"
#include "gigasim/units/text.hpp"

namespace gigasim::cost {
namespace {

constexpr double kRounding = 1e-9;  // of shares as written

std::string_view programme_of(std::string_view kind) {
  if (kind == "gigafactory") return "ai_gigafactory";
  if (kind == "supercomputer") return "eurohpc_high_end";
  return kind == "antenna" ? "antenna" : "ai_factory";
}

const catalogue::FundingRule* rule_for(std::string_view programme, std::string_view payer) {
  for (const catalogue::FundingRule& rule : catalogue::funding_rules()) {
    if (rule.programme == programme && rule.payer == payer && rule.of_site_cost) return &rule;
  }
  return nullptr;
}

/// What the rules leave open is private where they know private money, else national.
Shares default_shares(std::string_view programme) {
  const auto share = [&](std::string_view payer) {
    const auto* rule = rule_for(programme, payer);
    return rule == nullptr ? 0.0 : rule->share_default.value_or(0.0);
  };
  Shares shares{share("eu"), share("national"), 0.0};
  const double rest = std::max(0.0, 1.0 - shares.eu - shares.national);
  (rule_for(programme, "private") != nullptr ? shares.private_money : shares.national) += rest;
  return shares;
}

double share_of(const Shares& shares, std::string_view payer) {
  if (payer == "eu") return shares.eu;
  if (payer == "national") return shares.national;
  return payer == "private" ? shares.private_money : shares.eu + shares.national;
}

std::string_view in_words(std::string_view payer) {
  if (payer == "eu") return "the EU's share";
  if (payer == "national") return "the national share";
  return payer == "private" ? "the private share" : "public money";
}

bool of_a_payer(const catalogue::FundingRule& rule) {
  return rule.payer == "eu" || rule.payer == "national" || rule.payer == "private" || rule.payer == "eu+national";
}

std::string breach(const catalogue::FundingRule& rule, double share, double limit, const Costs& costs) {
  const auto percent = [](double fraction) { return fmt::format("{:.4g} %", fraction * 100.0); };
  return fmt::format("{} of {} is {} {} of rule {} ({}, confidence {}): {:.4g} MEUR against {:.4g} MEUR",
                     in_words(rule.payer), percent(share), share > limit ? "above the" : "below the", percent(limit),
                     rule.id, rule.programme, rule.confidence, share * costs.capex() / 1e6,
                     limit * costs.capex() / 1e6);
}

}  // namespace

Funding funding_of(const SiteFacts& site) {
  Funding funding;
  funding.programme = programme_of(site.kind);
  funding.stated = site.shares.has_value();
  funding.shares = site.shares ? *site.shares : default_shares(funding.programme);
  const auto* rule = rule_for(funding.programme, "eu");
  funding.pays_operation = rule != nullptr && rule->pays_operation;
  return funding;
}

std::vector<Payment> payments_of(const Funding& funding, const Costs& costs) {
  std::vector<Payment> payments;
  const auto pays = [&](std::string_view payer, double share, double share_of_operation) {
    payments.push_back({payer, share, units::Euros{share * costs.capex()}, units::Euros{share * costs.capital()},
                        units::Euros{share_of_operation * costs.operation()}});
  };
  const Shares& shares = funding.shares;
  const bool all = funding.pays_operation;
  pays("EU", shares.eu, all ? shares.eu : 0.0);
  pays("national", shares.national, all ? shares.national : 0.0);
  pays("private", shares.private_money, all ? shares.private_money : 1.0);
  return payments;
}

std::vector<std::string> broken_rules(const Funding& funding, const Costs& costs) {
  std::vector<std::string> warnings;
  for (const catalogue::FundingRule& rule : catalogue::funding_rules()) {
    if (rule.programme != funding.programme || !rule.of_site_cost || !rule.warns || !of_a_payer(rule)) continue;
    const double share = share_of(funding.shares, rule.payer);
    if (rule.share_max && share > *rule.share_max + kRounding) {
      warnings.push_back(breach(rule, share, *rule.share_max, costs));
    } else if (rule.share_min && share < *rule.share_min - kRounding) {
      warnings.push_back(breach(rule, share, *rule.share_min, costs));
    }
  }
  const Shares& shares = funding.shares;
  if (funding.programme == "ai_gigafactory" && shares.national < shares.eu - kRounding) {
    warnings.push_back(
        fmt::format("the national share of {:.4g} % is below the EU's {:.4g} %: added Union money must at "
                    "least be matched (Regulation (EU) 2026/150, recital 12)",
                    shares.national * 100.0, shares.eu * 100.0));
  }
  return warnings;
}

}  // namespace gigasim::cost
