#include "evidence.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace gigasim::cost {
namespace {

constexpr double kStep = 1.01;

using Weights = std::map<std::string, double>;

/// Prices of systems weigh as prices of the partitions that are bought at them.
bool is_system_price(const Prepared& site, const Field& field) {
  return field.member == &Parameters::system_price ||
         std::any_of(site.prices.begin(), site.prices.end(),
                     [&](const PriceBasis& price) { return price.system == field.member; });
}

void weigh_parameters(const Prepared& site, Weights& weights) {
  for (const UsedParameter& used : site.parameters.used) {
    const auto all = fields();
    const Field& field =
        *std::find_if(all.begin(), all.end(), [&](const Field& f) { return f.name == used.parameter; });
    if (is_system_price(site, field)) continue;
    Parameters changed = site.parameters.best;
    changed.*field.member *= kStep;
    const double effect = costs_of(*site.facts, site.prices, changed).total() - site.best.total();
    weights[evidence_word(used.confidence, used.source)] += std::fabs(effect);
  }
}

void weigh_prices(const Prepared& site, Weights& weights) {
  const Parameters& p = site.parameters.best;
  for (std::size_t i = 0; i < site.prices.size(); ++i) {
    auto prices = site.prices;
    prices[i].factor = kStep;
    const double effect = costs_of(*site.facts, prices, p).total() - site.best.total();
    const PriceBasis& price = site.prices[i];
    weights[p.system_price > 0.0 ? "stated" : evidence_word(price.confidence, price.source)] += std::fabs(effect);
  }
}

}  // namespace

std::string evidence_word(const std::string& confidence, const std::string& source) {
  if (confidence == "high") return "published";
  if (confidence == "medium") return "converted";
  if (confidence == "low") return source.find("recalled") == std::string::npos ? "estimated" : "recalled";
  return confidence;
}

std::vector<Evidence> evidence_of(std::span<const Prepared> sites) {
  Weights weights;
  for (const Prepared& site : sites) {
    weigh_parameters(site, weights);
    weigh_prices(site, weights);
  }
  double sum = 0.0;
  for (const auto& [word, weight] : weights) sum += weight;
  std::vector<Evidence> evidence;
  for (const auto& [word, weight] : weights) {
    if (weight > 0.0) evidence.push_back({word, weight / sum});
  }
  std::stable_sort(evidence.begin(), evidence.end(),
                   [](const Evidence& a, const Evidence& b) { return a.share > b.share; });
  return evidence;
}

}  // namespace gigasim::cost
