#include "gigasim/scenario/cost_settings.hpp"

#include <fmt/format.h>

#include <memory>
#include <utility>

#include "cost_types.hpp"
#include "declarations.hpp"
#include "gigasim/scenario/load.hpp"
#include "scalar_types.hpp"
#include "set_path.hpp"

namespace gigasim::scenario {
namespace {

/// A scenario of which only the cost keys are there.
struct CostOfSiteSpec {
  Origin at;
  Setting<std::string> name;
  std::optional<SharesSpec> shares;
  Setting<std::vector<CostValue>> cost;
};
struct CostsSpec {
  Origin at;
  std::vector<CostOfSiteSpec> sites;
  Setting<std::vector<CostValue>> cost;
};

Object<CostOfSiteSpec> cost_of_site_object() {
  Object<CostOfSiteSpec> o{"cost-of-site", ""};
  o.field("name", &CostOfSiteSpec::name, identifier(), required(), "");
  o.map("shares", &CostOfSiteSpec::shares, shares_object(), otherwise(""));
  o.field("cost", &CostOfSiteSpec::cost, cost_values(CostScope::kSite), otherwise(""), "");
  return o;
}

YamlNode named_sites(const std::vector<std::string>& names) {
  YamlNode list = map_node(Origin{});
  list.kind = YamlNode::Kind::kList;
  for (const std::string& name : names) {
    YamlNode site = map_node(Origin{});
    site.put("name", scalar_node(name, Origin{}));
    list.items.push_back(std::move(site));
  }
  return list;
}

/// Takes the slip of a parameter without its `cost.` for what it is.
void set_cost(YamlNode& tree, const std::pair<std::string, std::string>& setting, Diagnostics& diagnostics) {
  if (!is_cost_key(setting.first)) return set_path(tree, setting, diagnostics);
  diagnostics.error(origin_of_setting(setting), setting.first,
                    fmt::format("unknown key (did you mean \"cost.{}\"?)", setting.first));
}

}  // namespace

CostSettings read_cost_settings(const std::vector<std::string>& site_names,
                                const std::vector<std::pair<std::string, std::string>>& set) {
  const Object<CostOfSiteSpec> site_object = cost_of_site_object();
  Object<CostsSpec> object{"costs", ""};
  object.field("cost", &CostsSpec::cost, cost_values(CostScope::kScenario), otherwise(""), "");
  object.list("sites", &CostsSpec::sites, site_object, otherwise(""), "");
  Diagnostics diagnostics;
  YamlNode tree = map_node(Origin{});
  tree.put("sites", named_sites(site_names));
  for (const auto& setting : set) set_cost(tree, setting, diagnostics);
  Context context{diagnostics, Flavour::kPartial};
  CostsSpec spec = object.read(tree, context);
  CostSettings settings;
  settings.cost = spec.cost.value_or({});
  const auto step = context.enter("sites");
  for (CostOfSiteSpec& site : spec.sites) {
    const auto item = context.enter_named(site.name.value_or("?"));
    settings.sites.push_back({site.name.value_or(""), site.cost.value_or({}), resolve_shares(site.shares, context)});
  }
  if (diagnostics.num_errors() > 0) throw ScenarioError{diagnostics.errors()};
  return settings;
}

}  // namespace gigasim::scenario
