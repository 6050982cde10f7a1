#include "cost_types.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "gigasim/catalogue/cost.hpp"
#include "gigasim/units/text.hpp"
#include "key_rules.hpp"
#include "scalar_types.hpp"

namespace gigasim::scenario {
namespace {

/// One key of a `cost:` map.
struct CostKey {
  std::string name, unit;
  Type<double> type;
};

Type<double> type_of_unit(const std::string& unit, double example) {
  if (unit == "1" || unit == "1/a") return percent({0.0, 1.0, false});
  const catalogue::CostBounds bounds = catalogue::cost_bounds(unit);
  if (unit == "factor") return number({bounds.least, std::nullopt, false, bounds.most});
  return amount(unit, example, !bounds.above_least, bounds.most);
}

std::vector<CostKey> make_keys(CostScope scope) {
  std::vector<CostKey> keys;
  if (scope == CostScope::kSite) {
    keys.push_back({"capex", "EUR", type_of_unit("EUR", 6e9)});
    keys.push_back({"system_price", "EUR", type_of_unit("EUR", 42e3)});
  }
  for (const std::string& name : catalogue::cost_parameter_names()) {
    const auto rows = catalogue::cost_parameters();
    const auto& row = *std::find_if(rows.begin(), rows.end(), [&](const auto& r) { return r.parameter == name; });
    keys.push_back({name, row.unit, type_of_unit(row.unit, row.best)});
  }
  return keys;
}

const std::vector<CostKey>& keys_of(CostScope scope) {
  static const std::vector<CostKey> scenario = make_keys(CostScope::kScenario);
  static const std::vector<CostKey> site = make_keys(CostScope::kSite);
  return scope == CostScope::kSite ? site : scenario;
}

const CostKey* find_key(CostScope scope, std::string_view name) {
  const auto& keys = keys_of(scope);
  const auto found = std::find_if(keys.begin(), keys.end(), [&](const CostKey& key) { return key.name == name; });
  return found == keys.end() ? nullptr : &*found;
}

/// Why a parameter of the catalogue cannot be stated; empty when there is no such parameter.
std::string why_not(std::string_view name) {
  using Role = catalogue::CostParameter::Role;
  for (const catalogue::CostParameter& row : catalogue::cost_parameters()) {
    if (row.parameter != name) continue;
    return row.role == Role::kMeasured ? "follows from the run, so that there is nothing to state"
                                       : "a fact for readers: the cost model does not use it";
  }
  return "";
}

void report_no_key(const Entry& entry, CostScope scope, Context& context) {
  const auto step = context.enter(entry.key);
  if (find_key(CostScope::kSite, entry.key) != nullptr) {
    return context.error(entry.at, "differs by site: state it as sites[NAME].cost." + entry.key);
  }
  if (const std::string reason = why_not(entry.key); !reason.empty()) return context.error(entry.at, reason);
  std::vector<std::string> names;
  for (const CostKey& key : keys_of(scope)) names.push_back(key.name);
  const std::string near = did_you_mean(entry.key, names);
  const std::string list = " (`gigasim catalogue list cost-parameters` lists them)";
  context.error(entry.at, "unknown parameter" + (near.empty() ? list : near));
}

std::optional<CostValue> read_value(const CostKey& key, const YamlNode& node, Context& context) {
  const Setting<double> setting = key.type.read(node, context);
  if (!setting) return std::nullopt;
  CostValue value{key.name, key.unit, *setting, *setting, *setting};
  if (setting.bounds) {
    value.low = key.type.read(scalar_node(setting.bounds->low, node.origin), context).value_or(*setting);
    value.high = key.type.read(scalar_node(setting.bounds->high, node.origin), context).value_or(*setting);
  }
  return value;
}

std::string print_value(const CostValue& value) {
  const auto& print = find_key(CostScope::kSite, value.parameter)->type.print;
  if (value.low == value.best && value.high == value.best) return print(value.best);
  return print_range(print(value.best), {print(value.low), print(value.high), ""});
}

Setting<std::vector<CostValue>> read_values(CostScope scope, const YamlNode& node, Context& context) {
  if (!node.is_map()) {
    expected("a map of cost parameters such as { discount_rate: 5 % }", node, context);
    return {};
  }
  std::vector<CostValue> values;
  for (const Entry& entry : node.entries) {
    const CostKey* key = find_key(scope, entry.key);
    if (key == nullptr) {
      report_no_key(entry, scope, context);
      continue;
    }
    const auto step = context.enter(entry.key);
    if (entry.value.kind == YamlNode::Kind::kNull) {
      context.error(entry.at, "has no value");
    } else if (auto value = read_value(*key, entry.value, context)) {
      values.push_back(std::move(*value));
    }
  }
  std::sort(values.begin(), values.end(),
            [](const CostValue& a, const CostValue& b) { return a.parameter < b.parameter; });
  return given(std::move(values), node);
}

}  // namespace

Type<std::vector<CostValue>> cost_values(CostScope scope) {
  Type<std::vector<CostValue>> type;
  type.written = scope == CostScope::kSite ? "`{ capex: 6 GEUR, electricity_price: 70 EUR/MWh, ... }`"
                                           : "`{ discount_rate: 5 %, life_it: 4 a, ... }`";
  type.read = [scope](const YamlNode& node, Context& context) { return read_values(scope, node, context); };
  type.print = [](const std::vector<CostValue>& values) {
    std::vector<std::string> parts;
    parts.reserve(values.size());
    for (const CostValue& value : values) parts.push_back(fmt::format("{}: {}", value.parameter, print_value(value)));
    return parts.empty() ? std::string{"{}"} : fmt::format("{{ {} }}", fmt::join(parts, ", "));
  };
  Json properties = Json::object();
  for (const CostKey& key : keys_of(scope)) properties[key.name] = key.type.schema;
  type.schema = {{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
  return type;
}

bool is_cost_key(std::string_view name) {
  return find_key(CostScope::kSite, name) != nullptr;
}

std::optional<FundingShares> resolve_shares(std::optional<SharesSpec>& spec, Context& context) {
  if (!spec) return std::nullopt;
  constexpr double kRounding = 1e-9;
  FundingShares shares{spec->eu.value_or(0.0), spec->national.value_or(0.0), spec->private_money.value_or(0.0)};
  const double sum = shares.eu + shares.national + shares.private_money;
  const auto step = context.enter("shares");
  const auto percent_of = [](double fraction) { return fmt::format("{:.6g} %", fraction * 100.0); };
  if (sum > 1.0 + kRounding) {
    context.error(spec->at, fmt::format("the payers' shares sum to {}, which is more than 100 %", percent_of(sum)));
    return std::nullopt;
  }
  if (spec->private_money && sum < 1.0 - kRounding) {
    context.error(spec->at, fmt::format("the payers' shares sum to {}, not 100 % (leave out \"private\": it then takes "
                                        "the rest)",
                                        percent_of(sum)));
    return std::nullopt;
  }
  if (!spec->private_money) shares.private_money = std::max(0.0, 1.0 - sum);
  spec->eu.settle(0.0);
  spec->national.settle(0.0);
  return shares;
}

}  // namespace gigasim::scenario
