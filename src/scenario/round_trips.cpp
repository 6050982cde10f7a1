#include "gigasim/scenario/round_trips.hpp"

#include <algorithm>

#include "gigasim/catalogue/catalogue.hpp"
#include "gigasim/catalogue/wan_paths.hpp"

namespace gigasim::scenario {
namespace {

bool may_answer(const Scenario& scenario, const Service& service, const Site& site, const std::string& origin) {
  const auto& open_to = site.eligible.countries;
  if (service.residency == Residency::kCountry && site.country != origin) return false;
  if (service.residency == Residency::kEu && !is_eu_member(scenario.countries, site.country)) return false;
  if (site.eligible.users == Eligibility::Users::kEu) return is_eu_member(scenario.countries, origin);
  return site.eligible.users == Eligibility::Users::kAnyone ||
         std::find(open_to.begin(), open_to.end(), origin) != open_to.end();
}

}  // namespace

std::vector<OriginView> views_of_origins(const Scenario& scenario, const Service& service,
                                         const std::vector<std::string>& origins) {
  std::vector<std::string> attached;
  for (const ServicePlace& place : service.places) {
    attached.push_back(scenario.sites[static_cast<std::size_t>(place.site)].wan_attach);
  }
  std::vector<OriginView> views;
  for (const std::string& code : origins) {
    OriginView& view = views.emplace_back();
    const catalogue::Country* country = catalogue::find_country(code);
    for (const catalogue::WanPath& path : catalogue::shortest_paths(country->nren_node, attached)) {
      view.round_trip.push_back(path.latency + path.latency);
    }
    for (int place = 0; place < static_cast<int>(service.places.size()); ++place) {
      const auto site = static_cast<std::size_t>(service.places[static_cast<std::size_t>(place)].site);
      if (may_answer(scenario, service, scenario.sites[site], code)) view.nearest.push_back(place);
    }
    std::stable_sort(view.nearest.begin(), view.nearest.end(), [&](int a, int b) {
      return view.round_trip[static_cast<std::size_t>(a)] < view.round_trip[static_cast<std::size_t>(b)];
    });
  }
  return views;
}

}  // namespace gigasim::scenario
