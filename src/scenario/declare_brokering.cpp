#include "declare_brokering.hpp"

#include <algorithm>

#include "catalogue_types.hpp"
#include "list_type.hpp"
#include "scalar_types.hpp"
#include "yaml_text.hpp"

namespace gigasim::scenario {
namespace {

Type<double> broker_weight() {
  return number({0.0, std::nullopt, false});
}

const Type<double>& speed() {
  static const Type<double> type = number({0.01, 100.0, false});
  return type;
}

/// `{ id: GH200, speed: 1.3 }`
Setting<AcceptedAccelerator> read_with_speed(const YamlNode& node, Context& context) {
  static const std::vector<std::string> kKeys{"id", "speed"};
  bool good = true;
  for (const Entry& entry : node.entries) {
    if (std::find(kKeys.begin(), kKeys.end(), entry.key) != kKeys.end()) continue;
    report_unknown_key(entry, kKeys, context);
    good = false;
  }
  AcceptedAccelerator accepted;
  const YamlNode* id = node.find("id");
  if (id == nullptr) {
    context.error(node.origin, "missing key \"id\"");
    return {};
  }
  const auto read_id = accelerator_id().read(*id, context);
  if (const YamlNode* given_speed = node.find("speed")) {
    const auto step = context.enter("speed");
    const auto value = speed().read(*given_speed, context);
    good = good && value;
    accepted.speed = value.value_or(1.0);
  }
  if (!good || !read_id) return {};
  accepted.id = *read_id;
  return given(std::move(accepted), node);
}

Type<AcceptedAccelerator> accepted_accelerator() {
  Type<AcceptedAccelerator> type;
  type.written = "id or alias of `accelerators`, or `{ id: GH200, speed: 1.3 }`";
  type.schema = any_of({accelerator_id().schema,
                        {{"type", "object"},
                         {"properties", {{"id", accelerator_id().schema}, {"speed", speed().schema}}},
                         {"required", Json::array({"id"})},
                         {"additionalProperties", false}}});
  type.read = [](const YamlNode& node, Context& context) -> Setting<AcceptedAccelerator> {
    if (node.is_map()) return read_with_speed(node, context);
    const auto id = accelerator_id().read(node, context);
    return id ? given(AcceptedAccelerator{*id, 1.0}, node) : Setting<AcceptedAccelerator>{};
  };
  type.print = [](const AcceptedAccelerator& accepted) {
    if (accepted.speed == 1.0) return yaml_text(accepted.id);
    return fmt::format("{{ id: {}, speed: {} }}", yaml_text(accepted.id), speed().print(accepted.speed));
  };
  return type;
}

}  // namespace

const Object<RequiresSpec>& requires_object() {
  static const Object<RequiresSpec> object = [] {
    Object<RequiresSpec> o{"requires", "What its jobs ask of the machine."};
    o.field("accelerators", &RequiresSpec::accelerators, one_or_more(accepted_accelerator()), otherwise("any"),
            "Types that its jobs accept. With a `speed` their runtimes and requests are divided by it there: those of "
            "the stream are at speed 1");
    o.field("memory", &RequiresSpec::memory, data_volume(), otherwise("any"), "Memory of one accelerator, at least");
    return o;
  }();
  return object;
}

const Object<WeightsSpec>& weights_object() {
  static const Object<WeightsSpec> object = [] {
    Object<WeightsSpec> o{"weights",
                          "What the broker `weighted` puts on each criterion: it takes the site with the lowest sum, "
                          "ties to the nearer. With `queue: 1` the others are days of waiting."};
    o.field("queue", &WeightsSpec::queue, broker_weight(), otherwise("`1`"), "For each day of estimated queue time");
    o.field("distance", &WeightsSpec::distance, broker_weight(), otherwise("`0`"),
            "For each 1,000 km from the user's country to the site");
    o.field("carbon", &WeightsSpec::carbon, broker_weight(), otherwise("`0`"),
            "For each 100 g CO2e/kWh of the country's electricity, annual mean");
    o.field("price", &WeightsSpec::price, broker_weight(), otherwise("`0`"),
            "For each 100 EUR/MWh of the country's electricity, annual mean");
    return o;
  }();
  return object;
}

Type<Residency> residency_words() {
  return one_of<Residency>(
      {{"anywhere", Residency::kAnywhere}, {"eu", Residency::kEu}, {"country", Residency::kCountry}});
}

Type<Eligibility> eligible_users() {
  using Users = Eligibility::Users;
  const auto countries = one_or_more(country_code());
  Type<Eligibility> type;
  type.written = R"(`anyone` \| `eu` \| country code, or a list of them)";
  type.schema = any_of({{{"enum", Json::array({"anyone", "eu"})}}, countries.schema});
  type.read = [countries](const YamlNode& node, Context& context) -> Setting<Eligibility> {
    if (node.is_scalar() && node.text == "anyone") return given(Eligibility{}, node);
    if (node.is_scalar() && node.text == "eu") return given(Eligibility{Users::kEu, {}}, node);
    if (node.is_map() || (node.is_scalar() && node.text.size() != 2)) {
      expected("anyone, eu, a country code such as DE or a list of codes", node, context);
      return {};
    }
    auto codes = countries.read(node, context);
    if (!codes) return {};
    std::sort(codes.value->begin(), codes.value->end());
    return given(Eligibility{Users::kCountries, *codes}, node);
  };
  type.print = [countries](const Eligibility& eligible) -> std::string {
    if (eligible.users == Users::kCountries) return countries.print(eligible.countries);
    return eligible.users == Users::kEu ? "eu" : "anyone";
  };
  return type;
}

}  // namespace gigasim::scenario
