#include "gigasim/cost/assess.hpp"

#include <algorithm>
#include <utility>

#include "anchors.hpp"
#include "drivers.hpp"
#include "evidence.hpp"
#include "formulas.hpp"
#include "funding.hpp"
#include "gigasim/catalogue/access_modes.hpp"
#include "presence.hpp"

namespace gigasim::cost {
namespace {

constexpr double kMillion = 1e6;

std::vector<Amount> capex_of(const Costs& c) {
  return {{"systems", units::Euros{c.systems}},   {"network", units::Euros{c.network}},
          {"storage", units::Euros{c.storage}},   {"integration", units::Euros{c.integration}},
          {"building", units::Euros{c.building}}, {"grid connection", units::Euros{c.grid}},
          {"land", units::Euros{c.land}}};
}

std::vector<Amount> capital_of(const Costs& c) {
  return {{"IT", units::Euros{c.it_capital}},
          {"building", units::Euros{c.building_capital}},
          {"grid connection", units::Euros{c.grid_capital}},
          {"land", units::Euros{c.land_capital}}};
}

std::vector<Amount> operation_of(const Costs& c) {
  return {{"electricity", units::Euros{c.electricity}},
          {"maintenance of IT", units::Euros{c.maintenance_it}},
          {"software", units::Euros{c.software}},
          {"maintenance of building", units::Euros{c.maintenance_building}},
          {"insurance", units::Euros{c.insurance}},
          {"staff", units::Euros{c.staff}},
          {"water", units::Euros{c.water}},
          {"network fee", units::Euros{c.network_fee}}};
}

units::Euros sum(const std::vector<Amount>& amounts) {
  units::Euros total{0};
  for (const Amount& amount : amounts) total += amount.amount;
  return total;
}

/// Fills in what follows from the components.
void add_totals(SiteCost& cost) {
  cost.capex_total = sum(cost.capex);
  cost.capital_total = sum(cost.capital);
  cost.operation_total = sum(cost.operation);
  cost.total = cost.capital_total + cost.operation_total;
  cost.eur_per_available_hour = euros_per(cost.total, cost.available_hours);
  cost.eur_per_delivered_hour = euros_per(cost.total, cost.delivered_hours);
}

double public_share(const std::vector<Payment>& payments) {
  return payments[0].share + payments[1].share;
}

units::Euros public_money(const std::vector<Payment>& payments) {
  return payments[0].yearly() + payments[1].yearly();
}

void add_amounts(SiteCost& cost, const Prepared& site) {
  const Costs& c = site.best;
  for (const PartitionFacts& partition : site.facts->partitions) {
    cost.accelerators += most_online(partition);
  }
  cost.h100_equivalents = c.h100_equivalents;
  cost.it_mw = c.it_mw;
  cost.connection_mw = c.connection_mw;
  cost.capex = capex_of(c);
  cost.capital = capital_of(c);
  cost.operation = operation_of(c);
  cost.energy_it_mwh = c.energy_it_mwh;
  cost.energy_mwh = c.energy_mwh;
  cost.available_hours = c.available_hours;
  cost.delivered_hours = c.delivered_hours;
}

void add_funding(SiteCost& cost, const Prepared& site) {
  const Funding funding = funding_of(*site.facts);
  cost.programme = funding.programme;
  cost.shares_stated = funding.stated;
  cost.payments = payments_of(funding, site.best);
  cost.warnings = broken_rules(funding, site.best);
  cost.public_eur_per_public_hour =
      euros_per(public_money(cost.payments), cost.available_hours * public_share(cost.payments));
  cost.eu_share_of_cost = cost.payments[0].yearly() / cost.total;
  cost.eu_share_of_use = funding.shares.eu;
}

void add_delay(SiteCost& cost, const SiteFacts& facts) {
  if (!facts.use || !facts.use->h100_equivalent_hours_lost) return;
  cost.hours_lost = facts.use->h100_equivalent_hours_lost;
  if (cost.eur_per_available_hour) cost.cost_of_delay = units::Euros{*cost.hours_lost * *cost.eur_per_available_hour};
}

/// The delivered hours that trained bear their part of all costs, idle time included.
void add_training(SiteCost& cost, const SiteFacts& facts) {
  if (!facts.use || !facts.use->tokens_trained || !cost.eur_per_delivered_hour) return;
  const double years = facts.use->period_hours / kHoursPerYear;
  cost.tokens_trained = *facts.use->tokens_trained / years;
  cost.training = units::Euros{*cost.eur_per_delivered_hour * facts.use->training_h100_equivalent_hours / years};
}

/// So do those that replicas held, ready or starting up.
void add_inference(SiteCost& cost, const SiteFacts& facts) {
  if (!facts.use || !facts.use->output_tokens || !cost.eur_per_delivered_hour) return;
  const double years = facts.use->period_hours / kHoursPerYear;
  cost.input_tokens_served = facts.use->input_tokens.value_or(0.0) / years;
  cost.output_tokens_served = *facts.use->output_tokens / years;
  cost.inference = units::Euros{*cost.eur_per_delivered_hour * facts.use->inference_h100_equivalent_hours / years};
}

void price_tokens(SiteCost& cost) {
  cost.eur_per_million_tokens_trained = euros_per(cost.training, cost.tokens_trained / kMillion);
  cost.eur_per_million_output_tokens = euros_per(cost.inference, cost.output_tokens_served / kMillion);
  const double served = cost.input_tokens_served + cost.output_tokens_served;
  cost.eur_per_million_tokens_served = euros_per(cost.inference, served / kMillion);
}

SiteCost site_cost(const Prepared& site) {
  const SiteFacts& facts = *site.facts;
  SiteCost cost;
  cost.name = facts.name;
  cost.title = facts.title;
  cost.country = facts.country;
  cost.kind = facts.kind;
  add_amounts(cost, site);
  add_totals(cost);
  cost.drivers = drivers_of({&site, 1});
  cost.range = range_of({&site, 1}, cost.drivers);
  cost.evidence = evidence_of({&site, 1});
  add_funding(cost, site);
  add_delay(cost, facts);
  add_training(cost, facts);
  add_inference(cost, facts);
  price_tokens(cost);
  for (std::size_t i = 0; i < facts.partitions.size(); ++i) {
    cost.system_prices.push_back(describe(site.prices[i], facts.partitions[i], site.parameters.best));
  }
  cost.anchors = nearest_anchors(facts);
  return cost;
}

void add_all(std::vector<Amount>& sum, const std::vector<Amount>& amounts) {
  if (sum.empty()) {
    sum = amounts;
    return;
  }
  for (std::size_t i = 0; i < sum.size(); ++i) sum[i].amount += amounts[i].amount;
}

void add_payments(SiteCost& network, const SiteCost& site) {
  if (network.payments.empty()) {
    network.payments = site.payments;
    return;
  }
  for (std::size_t i = 0; i < network.payments.size(); ++i) {
    network.payments[i].capex += site.payments[i].capex;
    network.payments[i].capital += site.payments[i].capital;
    network.payments[i].operation += site.payments[i].operation;
  }
}

void add_site(SiteCost& network, const SiteCost& site) {
  network.accelerators += site.accelerators;
  network.h100_equivalents += site.h100_equivalents;
  network.it_mw += site.it_mw;
  network.connection_mw += site.connection_mw;
  add_all(network.capex, site.capex);
  add_all(network.capital, site.capital);
  add_all(network.operation, site.operation);
  network.energy_it_mwh += site.energy_it_mwh;
  network.energy_mwh += site.energy_mwh;
  network.available_hours += site.available_hours;
  network.delivered_hours += site.delivered_hours;
  network.tokens_trained += site.tokens_trained;
  network.training += site.training;
  network.input_tokens_served += site.input_tokens_served;
  network.output_tokens_served += site.output_tokens_served;
  network.inference += site.inference;
  add_payments(network, site);
  if (site.hours_lost) network.hours_lost = network.hours_lost.value_or(0.0) + *site.hours_lost;
  if (site.cost_of_delay) network.cost_of_delay = network.cost_of_delay.value_or(units::Euros{0}) + *site.cost_of_delay;
  for (const std::string& warning : site.warnings) network.warnings.push_back(site.name + ": " + warning);
}

SiteCost network_cost(const std::vector<SiteCost>& sites, const std::vector<Prepared>& prepared) {
  SiteCost network;
  network.name = "network";
  double public_hours = 0.0;
  double eu_hours = 0.0;
  for (const SiteCost& site : sites) {
    add_site(network, site);
    public_hours += site.available_hours * public_share(site.payments);
    eu_hours += site.delivered_hours * site.eu_share_of_use;
  }
  add_totals(network);
  price_tokens(network);
  network.drivers = drivers_of(prepared);
  network.range = range_of(prepared, network.drivers);
  network.evidence = evidence_of(prepared);
  for (Payment& payment : network.payments) payment.share = payment.capex / network.capex_total;
  if (!network.payments.empty()) {
    network.public_eur_per_public_hour = euros_per(public_money(network.payments), public_hours);
    network.eu_share_of_cost = network.payments[0].yearly() / network.total;
  }
  if (network.delivered_hours > 0.0) network.eu_share_of_use = eu_hours / network.delivered_hours;
  network.anchors = rents_of_h100();
  return network;
}

/// Delivered hours by who may use them.
struct Use {
  double union_access = 0.0, national = 0.0, shared_public = 0.0, all = 0.0;
};

Use use_by_payer(const std::vector<ClassUse>& classes) {
  Use use;
  for (const ClassUse& one : classes) {
    const catalogue::AccessMode* mode = catalogue::find_access_mode(one.access_class);
    if (mode == nullptr) continue;
    use.all += one.h100_equivalent_hours;
    if (mode->time_holder == "private") continue;
    const bool of_both = mode->family == "gigafactory";  // the Union and the states buy its public time together
    double& holder = of_both ? use.shared_public : mode->time_holder == "eu" ? use.union_access : use.national;
    holder += one.h100_equivalent_hours;
  }
  return use;
}

/// The Union's part of the public capital of gigafactories; of the whole network where there is none.
double union_part_of_public(const Assessment& assessment) {
  double of_the_union = 0.0;
  double all = 0.0;
  const auto add = [&](const SiteCost& site) {
    of_the_union += site.payments[0].capex.in_base_units();
    all += (site.payments[0].capex + site.payments[1].capex).in_base_units();
  };
  for (const SiteCost& site : assessment.sites) {
    if (site.kind == "gigafactory") add(site);
  }
  if (all <= 0.0) add(assessment.network);
  return all > 0.0 ? of_the_union / all : 0.0;
}

/// Share of the delivered hours that public money bought: at each site its share of the capital.
double public_share_by_payers(const Assessment& assessment) {
  double hours = 0.0;
  for (const SiteCost& site : assessment.sites) hours += site.delivered_hours * public_share(site.payments);
  return hours / assessment.network.delivered_hours;
}

/// Public time of gigafactories belongs to the Union and the states as they pay. Classes of public access may use
/// machines of private money, which does not make their hours public: public money is divided by those that it bought.
void add_measured_use(Assessment& assessment, const Facts& facts) {
  const Use use = use_by_payer(facts.access_classes);
  const std::vector<Payment>& payments = assessment.network.payments;
  if (use.all <= 0.0 || payments.empty()) return;
  const double of_the_union = union_part_of_public(assessment);
  assessment.eu_share_of_delivered = (use.union_access + use.shared_public * of_the_union) / use.all;
  assessment.public_share_of_delivered = (use.union_access + use.national + use.shared_public) / use.all;
  if (assessment.network.delivered_hours <= 0.0) return;
  assessment.public_share_by_payers = public_share_by_payers(assessment);
  const double bought = std::min(*assessment.public_share_of_delivered, *assessment.public_share_by_payers);
  assessment.public_eur_per_public_delivered_hour =
      euros_per(public_money(payments), assessment.network.delivered_hours * bought);
}

std::vector<Prepared> prepare(const Facts& facts, const Assumptions& assumptions) {
  std::vector<Prepared> prepared;
  for (const SiteFacts& site : facts.sites) {
    const bool has_any = std::any_of(site.partitions.begin(), site.partitions.end(),
                                     [](const PartitionFacts& p) { return most_online(p) > 0.0; });
    if (!has_any) continue;
    Prepared one{&site, parameters_for(site.country, {&assumptions.overrides, &site.overrides}), {}, {}};
    for (const PartitionFacts& partition : site.partitions)
      one.prices.push_back(price_basis(partition, site.country, site.name));
    one.best = costs_of(site, one.prices, one.parameters.best);
    prepared.push_back(std::move(one));
  }
  return prepared;
}

std::vector<UsedParameter> used_parameters(const std::vector<Prepared>& sites) {
  std::vector<UsedParameter> used;
  for (const Field& field : fields()) {
    for (const Prepared& site : sites) {
      for (const UsedParameter& one : site.parameters.used) {
        const auto same = [&](const UsedParameter& other) {
          return other.parameter == one.parameter && other.region == one.region && other.value == one.value;
        };
        if (one.parameter == field.name && std::none_of(used.begin(), used.end(), same)) used.push_back(one);
      }
    }
  }
  return used;
}

}  // namespace

std::optional<double> euros_per(units::Euros a_year, double amount_a_year) {
  if (amount_a_year <= 0.0) return std::nullopt;
  return a_year.in_base_units() / amount_a_year;
}

Assessment assess(const Facts& facts, const Assumptions& assumptions) {
  const std::vector<Prepared> prepared = prepare(facts, assumptions);
  Assessment assessment;
  for (const Prepared& site : prepared) assessment.sites.push_back(site_cost(site));
  assessment.network = network_cost(assessment.sites, prepared);
  add_measured_use(assessment, facts);
  assessment.parameters = used_parameters(prepared);
  return assessment;
}

}  // namespace gigasim::cost
