#include "gigasim/catalogue/catalogue.hpp"
#include "gigasim/catalogue/cost.hpp"
#include "resolve.hpp"

namespace gigasim::scenario {
namespace {

/// Without the EU's mean for countries that have no price of their own: a broker would compare what is not known.
std::optional<double> electricity_price(const std::string& code) {
  const catalogue::CostParameter* price = catalogue::find_cost_parameter("electricity_price", code);
  return price != nullptr && price->region == code ? std::optional{price->best} : std::nullopt;
}

}  // namespace

std::map<std::string, Country> resolve_countries(const std::vector<Site>& sites, const Workload& workload) {
  std::map<std::string, Country> countries;
  const auto add = [&](const std::string& code) {
    if (const catalogue::Country* known = catalogue::find_country(code)) {
      countries[code] = {known->population_million,
                         known->gdp_beur,
                         known->eu_member,
                         known->cohesion,
                         catalogue::find_carbon_intensity(code),
                         electricity_price(code)};
    }
  };
  for (const Site& site : sites) add(site.country);
  for (const Stream& stream : workload.streams) {
    for (const auto& [code, weight] : stream.origin) add(code);
  }
  return countries;
}

}  // namespace gigasim::scenario
