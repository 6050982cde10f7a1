#include "round_trips.hpp"

#include <algorithm>
#include <numeric>

#include "../wan_paths.hpp"
#include "gigasim/catalogue/catalogue.hpp"

namespace gigasim::engine {
namespace {

bool is_eu_member(const scenario::Scenario& scenario, const std::string& country) {
  const auto found = scenario.countries.find(country);
  return found != scenario.countries.end() && found->second.eu_member;
}

bool may_answer(const scenario::Scenario& scenario, const scenario::Service& service, const scenario::Site& site,
                const std::string& origin) {
  using Users = scenario::Eligibility::Users;
  const auto& open_to = site.eligible.countries;
  if (service.residency == scenario::Residency::kCountry && site.country != origin) return false;
  if (service.residency == scenario::Residency::kEu && !is_eu_member(scenario, site.country)) return false;
  if (site.eligible.users == Users::kEu) return is_eu_member(scenario, origin);
  return site.eligible.users == Users::kAnyone || std::find(open_to.begin(), open_to.end(), origin) != open_to.end();
}

}  // namespace

std::vector<OriginView> views_of_origins(const scenario::Scenario& scenario, const scenario::Service& service,
                                         const std::vector<std::int32_t>& origins,
                                         const std::vector<std::string>& codes) {
  std::vector<std::string> attached;
  for (const scenario::ServicePlace& place : service.places) {
    attached.push_back(scenario.sites[static_cast<std::size_t>(place.site)].wan_attach);
  }
  std::vector<OriginView> views;
  for (const std::int32_t origin : origins) {
    const std::string& code = codes[static_cast<std::size_t>(origin)];
    OriginView& view = views.emplace_back();
    const catalogue::Country* country = catalogue::find_country(code);
    for (const WanPath& path : shortest_paths(country->nren_node, attached)) {
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

}  // namespace gigasim::engine
