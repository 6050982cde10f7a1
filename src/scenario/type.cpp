#include "type.hpp"

#include <array>

#include "yaml_text.hpp"

namespace gigasim::scenario {
namespace {

const std::vector<std::string>& range_keys() {
  static const std::vector<std::string> keys{"best", "low", "high", "source"};
  return keys;
}

}  // namespace

Json any_of(std::initializer_list<Json> choices) {
  return {{"anyOf", Json(Json::array_t(choices))}};
}

Json range_schema(const Json& plain) {
  Json properties;
  for (const char* key : {"best", "low", "high"}) properties[key] = plain;
  properties["source"] = {{"type", Json::array({"string", "number", "boolean"})}};
  const Json range{{"type", "object"},
                   {"properties", properties},
                   {"required", Json::array({"best"})},
                   {"additionalProperties", false}};
  return {{"anyOf", Json::array({plain, range})}};
}

bool check_range_keys(const YamlNode& node, Context& context) {
  bool known = true;
  for (const Entry& entry : node.entries) {
    const auto step = context.enter(entry.key);
    if (std::find(range_keys().begin(), range_keys().end(), entry.key) == range_keys().end()) {
      const std::string near = did_you_mean(entry.key, range_keys());
      context.error(entry.at, "unknown key" + (near.empty() ? " (a range has best, low, high, source)" : near));
      known = false;
    } else if (entry.key == "source" && !entry.value.is_scalar()) {
      context.error(entry.at, fmt::format("must be a text, got {}", shown(entry.value)));
      known = false;
    }
  }
  if (known && node.find("best") == nullptr) {
    context.error(node.origin, "missing key \"best\" (a range is { best, low, high, source })");
    return false;
  }
  return known;
}

std::string range_source(const std::string& stated, const Origin& origin) {
  return origin.kind == Origin::Kind::kCatalogue && stated.empty() ? citation(origin) : stated;
}

std::string print_range(const std::string& best, const Bounds& bounds) {
  const std::string source = bounds.source.empty() ? "" : ", source: " + yaml_text(bounds.source);
  return fmt::format("{{ best: {}, low: {}, high: {}{} }}", best, bounds.low, bounds.high, source);
}

}  // namespace gigasim::scenario
