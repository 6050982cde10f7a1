#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "gigasim/units/text.hpp"
#include "job_types.hpp"
#include "object.hpp"
#include "scalar_types.hpp"

namespace gigasim::scenario {
namespace {

constexpr Limits kSerialShare{0.0, 1.0, false};
constexpr Limits kExponent{0.0, 1.0, false};
constexpr Limits kFactor{0.0, std::nullopt, true};

Setting<SpeedUp> read_law(const Entry& entry, SpeedUp::Law law, const Type<double>& type, const YamlNode& node,
                          Context& context) {
  const auto step = context.enter(entry.key);
  const auto value = type.read(entry.value, context);
  if (!value) return {};
  SpeedUp speed_up;
  speed_up.law = law;
  speed_up.parameter = *value;
  return given(std::move(speed_up), node);
}

/// Reads one point; reports what is wrong with it.
bool add_point(const Entry& entry, SpeedUp& speed_up, Context& context) {
  const auto step = context.enter(entry.key);
  const auto size = units::parse_integer(entry.key);
  if (!size || *size < 1 || *size > limits::kAccelerators) {
    context.error(entry.at, fmt::format("a size must be a whole number from 1 to {}, got {}",
                                        units::grouped(limits::kAccelerators), shown(entry.key)));
    return false;
  }
  const auto factor = number(kFactor).read(entry.value, context);
  if (factor) speed_up.points.emplace_back(*size, *factor);
  return factor.value.has_value();
}

Setting<SpeedUp> read_points(const YamlNode& node, Context& context) {
  SpeedUp speed_up;
  speed_up.law = SpeedUp::Law::kPoints;
  bool good = !node.entries.empty();
  if (!good) context.error(node.origin, "needs at least one point such as \"8\": 7.5");
  for (const Entry& entry : node.entries) good = add_point(entry, speed_up, context) && good;
  auto& points = speed_up.points;
  std::sort(points.begin(), points.end());
  for (std::size_t i = 1; i < points.size() && good; ++i) {
    if (points[i].first > points[i - 1].first && points[i].second >= points[i - 1].second) continue;
    context.error(node.origin, fmt::format("more accelerators may not be slower: {} at {} after {} at {}",
                                           units::format_number(points[i].second), points[i].first,
                                           units::format_number(points[i - 1].second), points[i - 1].first));
    good = false;
  }
  return good ? given(std::move(speed_up), node) : Setting<SpeedUp>{};
}

Setting<SpeedUp> read_speed_up_map(const YamlNode& node, Context& context) {
  if (node.entries.size() == 1) {
    const Entry& entry = node.entries.front();
    if (entry.key == "amdahl") return read_law(entry, SpeedUp::Law::kAmdahl, percent(kSerialShare), node, context);
    if (entry.key == "power") return read_law(entry, SpeedUp::Law::kPower, number(kExponent), node, context);
  }
  return read_points(node, context);
}

std::string print_speed_up(const SpeedUp& speed_up) {
  switch (speed_up.law) {
    case SpeedUp::Law::kAmdahl:
      return fmt::format("{{ amdahl: {} }}", units::format_percent(speed_up.parameter));
    case SpeedUp::Law::kPower:
      return fmt::format("{{ power: {} }}", units::format_number(speed_up.parameter));
    case SpeedUp::Law::kPoints: {
      std::vector<std::string> points;
      for (const auto& [size, factor] : speed_up.points) {
        points.push_back(fmt::format("\"{}\": {}", size, units::format_number(factor)));
      }
      return fmt::format("{{ {} }}", fmt::join(points, ", "));
    }
    case SpeedUp::Law::kLinear:
      break;
  }
  return "linear";
}

}  // namespace

Type<SpeedUp> speed_up_law() {
  Type<SpeedUp> type;
  type.written =
      R"(`linear` \| `{ amdahl: 5 % }` (serial share) \| `{ power: 0.9 }` \| points `{ "8": 8, "16": 14.5 }`)";
  const auto one_key = [](const char* key, const Json& schema) -> Json {
    return {{"type", "object"}, {"properties", {{key, schema}}}, {"required", {key}}, {"additionalProperties", false}};
  };
  const Json points{{"type", "object"},
                    {"minProperties", 1},
                    {"propertyNames", {{"pattern", "^[0-9]+$"}}},
                    {"additionalProperties", number(kFactor).schema}};
  type.schema = any_of({{{"const", "linear"}},
                        one_key("amdahl", percent(kSerialShare).schema),
                        one_key("power", number(kExponent).schema),
                        points});
  type.read = [](const YamlNode& node, Context& context) -> Setting<SpeedUp> {
    if (node.is_map()) return read_speed_up_map(node, context);
    if (node.is_scalar() && node.text == "linear") return given(SpeedUp{}, node);
    expected("linear, or a map such as { amdahl: 5 % }", node, context);
    return {};
  };
  type.print = print_speed_up;
  return type;
}

}  // namespace gigasim::scenario
