#include "gigasim/catalogue/catalogue.hpp"
#include "resolve.hpp"

namespace gigasim::scenario {

std::map<std::string, Country> resolve_countries(const std::vector<Site>& sites, const Workload& workload) {
  std::map<std::string, Country> countries;
  const auto add = [&](const std::string& code) {
    if (const catalogue::Country* known = catalogue::find_country(code)) {
      countries[code] = {known->population_million, known->gdp_beur, known->eu_member, known->cohesion};
    }
  };
  for (const Site& site : sites) add(site.country);
  for (const Stream& stream : workload.streams) {
    for (const auto& [code, weight] : stream.origin) add(code);
  }
  return countries;
}

}  // namespace gigasim::scenario
