#include "scalar_types.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "text_check.hpp"
#include "yaml_text.hpp"

namespace gigasim::scenario {
namespace {

bool is_identifier(std::string_view text) {
  const auto small = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  return !text.empty() && text.size() <= 64 && small(text.front()) &&
         std::all_of(text.begin(), text.end(), [&](char c) { return small(c) || c == '.' || c == '_' || c == '-'; });
}

Json any_text() {
  return {{"type", Json::array({"string", "number", "boolean"})}};
}

std::string in_range(const std::string& range, const YamlNode& node) {
  return fmt::format("must be {}, got {}", range, shown(node));
}

Json limits_schema(const Limits& limits) {
  Json schema{{"type", "number"}};
  if (limits.least) schema[limits.above_least ? "exclusiveMinimum" : "minimum"] = *limits.least;
  schema["maximum"] = limits.most.value_or(limits.ceiling);
  return schema;
}

std::string limits_in_prose(const Limits& limits) {
  if (limits.least && limits.most) {
    return fmt::format(fmt::runtime(limits.above_least ? "number above {}, at most {}" : "number from {} to {}"),
                       units::format_number(*limits.least), units::format_number(*limits.most));
  }
  if (!limits.least) return "number";
  return fmt::format("number {} {}", limits.above_least ? "above" : "from", units::format_number(*limits.least));
}

}  // namespace

std::string number_pattern() {
  return R"(([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?)";
}

void expected(const std::string& what, const YamlNode& node, Context& context) {
  context.error(node.origin, fmt::format("must be {}, got {}", what, shown(node)));
}

std::string number_in_words(double value) {
  const bool whole = value >= 1e4 && value < 1e15 && std::trunc(value) == value;
  return whole ? units::grouped(static_cast<std::int64_t>(value)) : units::format_number(value);
}

std::string breach(double value, const Limits& limits) {
  const bool low = limits.least && (value < *limits.least || (limits.above_least && value == *limits.least));
  const bool high = value > limits.most.value_or(limits.ceiling);
  if (!low && !high) return {};
  if (limits.least && limits.most) {
    return fmt::format(fmt::runtime(limits.above_least ? "above {} and at most {}" : "from {} to {}"),
                       units::format_number(*limits.least), units::format_number(*limits.most));
  }
  if (high) return "at most " + number_in_words(limits.most.value_or(limits.ceiling));
  return (limits.above_least ? "more than " : "at least ") + units::format_number(*limits.least);
}

std::optional<double> read_number(const YamlNode& node, const char* what, Context& context) {
  const auto value = node.is_scalar() ? units::parse_number(node.text) : std::nullopt;
  if (value && !node.quoted) return value;
  expected(value ? fmt::format("{} without quotes", what) : what, node, context);
  return std::nullopt;
}

Type<std::string> text() {
  Type<std::string> type;
  type.written = "text";
  type.schema = any_text();
  type.read = [](const YamlNode& node, Context& context) -> Setting<std::string> {
    if (!node.is_scalar()) return expected("a text", node, context), Setting<std::string>{};
    if (node.text.find_first_of("\n\t") == std::string::npos) return given(node.text, node);
    context.error(node.origin, "must be one line");
    return {};
  };
  type.print = [](const std::string& value) { return yaml_text(value); };
  return type;
}

Type<std::string> paragraph() {
  Type<std::string> type = text();
  type.read = [](const YamlNode& node, Context& context) -> Setting<std::string> {
    if (node.is_scalar()) return given(node.text, node);
    expected("a text", node, context);
    return {};
  };
  return type;
}

Type<std::string> identifier() {
  Type<std::string> type;
  type.written = "name: small letters, digits, `.`, `_`, `-`";
  type.schema = {{"type", Json::array({"string", "integer"})}, {"pattern", "^[a-z0-9][a-z0-9._-]{0,63}$"}};
  type.read = [](const YamlNode& node, Context& context) -> Setting<std::string> {
    if (node.is_scalar() && is_identifier(node.text)) return given(node.text, node);
    expected("a name of small letters, digits, '.', '_' and '-' (64 at most)", node, context);
    return {};
  };
  type.print = [](const std::string& value) { return yaml_text(value); };
  return type;
}

Type<std::string> file_path() {
  Type<std::string> type = text();
  type.written = "path";
  type.schema = {{"type", "string"}, {"minLength", 1}};
  type.read = [](const YamlNode& node, Context& context) -> Setting<std::string> {
    if (node.is_scalar() && !node.text.empty() && node.text.find('\n') == std::string::npos)
      return given(node.text, node);
    expected("a path of a file", node, context);
    return {};
  };
  return type;
}

Type<bool> yes() {
  Type<bool> type = one_of<bool>({{"true", true}, {"false", false}});
  type.schema = {{"type", "boolean"}};
  return type;
}

Type<std::map<std::string, std::string>> labels() {
  using Labels = std::map<std::string, std::string>;
  Type<Labels> type;
  type.written = "`{ key: value, ... }`";
  type.schema = {{"type", "object"},
                 {"propertyNames", {{"pattern", "^[a-z0-9][a-z0-9._-]{0,63}$"}}},
                 {"additionalProperties", any_text()}};
  type.read = [](const YamlNode& node, Context& context) -> Setting<Labels> {
    if (!node.is_map()) return expected("a map of labels such as { user_type: sme }", node, context), Setting<Labels>{};
    Labels result;
    for (const Entry& entry : node.entries) {
      const auto step = context.enter(entry.key);
      if (!is_identifier(entry.key))
        context.error(entry.at, "a label needs a key of small letters, digits, '.', '_' and '-'");
      if (const auto value = text().read(entry.value, context); value) result[entry.key] = *value;
    }
    return given(std::move(result), node);
  };
  type.print = [](const Labels& value) {
    std::vector<std::string> parts;
    for (const auto& [key, label] : value) parts.push_back(fmt::format("{}: {}", yaml_text(key), yaml_text(label)));
    return parts.empty() ? std::string{"{}"} : fmt::format("{{ {} }}", fmt::join(parts, ", "));
  };
  return type;
}

Type<std::int64_t> plain_whole(std::int64_t least, std::int64_t most) {
  Type<std::int64_t> type;
  type.written = most == kLargestWhole ? fmt::format("whole number from {}", least)
                                       : fmt::format("whole number from {} to {}", least, units::grouped(most));
  type.schema = {{"type", "integer"}, {"minimum", least}, {"maximum", most}};
  type.read = [least, most](const YamlNode& node, Context& context) -> Setting<std::int64_t> {
    const auto value = node.is_scalar() ? units::parse_integer(node.text) : std::nullopt;
    if (!value || node.quoted) {
      expected(value ? "a whole number without quotes" : "a whole number", node, context);
    } else if (*value < least) {
      context.error(node.origin, fmt::format("must be at least {}, got {}", least, shown(node)));
    } else if (*value > most) {
      context.error(node.origin, fmt::format("must be at most {}, got {}", units::grouped(most), shown(node)));
    } else {
      return given(*value, node);
    }
    return {};
  };
  type.print = [](const std::int64_t& value) { return std::to_string(value); };
  return type;
}

Type<double> number(Limits limits) {
  Type<double> type;
  type.written = limits_in_prose(limits);
  type.schema = limits_schema(limits);
  type.read = [limits](const YamlNode& node, Context& context) -> Setting<double> {
    const auto value = read_number(node, "a number", context);
    if (!value) return {};
    if (const std::string range = breach(*value, limits); !range.empty()) {
      context.error(node.origin, in_range(range, node));
      return {};
    }
    return given(*value, node);
  };
  type.print = [](const double& value) { return units::format_number(value); };
  return ranged(type);
}

Type<double> percent(Limits limits) {
  Type<double> type;
  type.written = "percentage such as `80 %`";
  type.schema = {{"type", "string"}, {"pattern", fmt::format("^ *\\+?{} *% *$", number_pattern())}};
  type.read = [limits](const YamlNode& node, Context& context) -> Setting<double> {
    const auto value = node.is_scalar() ? units::parse_percent(node.text) : std::nullopt;
    if (!value) {
      const bool bare = node.is_scalar() && units::parse_number(node.text);
      const std::string message = bare ? "needs the sign %, got {} (write for example \"80 %\")"
                                       : "must be a percentage such as \"80 %\", got {}";
      context.error(node.origin, fmt::format(fmt::runtime(message), shown(node)));
      return {};
    }
    const Limits in_percent{limits.least ? std::optional{*limits.least * 100.0} : std::nullopt,
                            limits.most ? std::optional{*limits.most * 100.0} : std::nullopt, limits.above_least,
                            std::min(limits.ceiling, limits::kFraction) * 100.0};
    if (const std::string range = breach(*value * 100.0, in_percent); !range.empty()) {
      context.error(node.origin, fmt::format("must be {} %, got {}", range, shown(node)));
      return {};
    }
    return given(*value, node);
  };
  type.print = [](const double& value) { return units::format_percent(value); };
  return ranged(type);
}

Type<double> percent_per_year() {
  Type<double> type;
  type.written = "growth such as `30 % per year`";
  type.schema = {{"type", "string"}, {"pattern", fmt::format("^ *[+-]?{} *% *per year *$", number_pattern())}};
  type.read = [](const YamlNode& node, Context& context) -> Setting<double> {
    constexpr std::string_view kPerYear = "per year";
    const auto at = node.is_scalar() ? node.text.rfind(kPerYear) : std::string::npos;
    const bool ends_so =
        at != std::string::npos && node.text.find_first_not_of(' ', at + kPerYear.size()) == std::string::npos;
    const auto value = ends_so ? units::parse_percent(node.text.substr(0, at)) : std::nullopt;
    if (!value) {
      expected("a growth such as \"30 % per year\"", node, context);
    } else if (*value <= -1.0) {
      context.error(node.origin, fmt::format("must be more than -100 % per year, got {}", shown(node)));
    } else if (*value > limits::kGrowth) {
      context.error(node.origin, fmt::format("must be at most {} per year, got {}",
                                             units::format_percent(limits::kGrowth), shown(node)));
    } else {
      return given(*value, node);
    }
    return {};
  };
  type.print = [](const double& value) { return units::format_percent(value) + " per year"; };
  return ranged(type);
}

Type<units::UtcTime> date() {
  Type<units::UtcTime> type;
  type.written = "date such as `2027-01-01`, or vague: `2027-Q4`";
  type.print = [](const units::UtcTime& value) { return units::format_utc(value); };
  type.schema = {
      {"anyOf",
       Json::array({{{"type", "string"},
                     {"pattern", R"(^(19|2[01])[0-9]{2}(-(H[12]|Q[1-4]|[0-9]{2}(-[0-9]{2}(T[0-9:]+Z?)?)?))?$)"}},
                    {{"type", "integer"}, {"minimum", 1900}, {"maximum", 2199}}})}};
  type.read = [print = type.print](const YamlNode& node, Context& context) -> Setting<units::UtcTime> {
    const auto value = node.is_scalar() ? units::parse_date(node.text) : std::nullopt;
    if (!value) {
      expected("a date such as 2027-01-01, 2027-Q4 or 2027", node, context);
      return {};
    }
    if (value->low == value->high) return given(value->best, node);
    const Bounds bounds{print(value->low), print(value->high), ""};
    context.note_range({"", print(value->best), bounds.low, bounds.high, range_source("", node.origin)});
    return {value->best, node.origin, bounds};
  };
  return ranged(type);
}

Type<units::GeoPoint> location() {
  Type<units::GeoPoint> type;
  type.written = "`[latitude, longitude]` in degrees";
  const auto axis = [](double most) { return limits_schema({-most, most, false}); };
  type.schema = {
      {"type", "array"}, {"prefixItems", Json::array({axis(90), axis(180)})}, {"items", false}, {"minItems", 2}};
  type.read = [](const YamlNode& node, Context& context) -> Setting<units::GeoPoint> {
    if (!node.is_list() || node.items.size() != 2) {
      expected("[latitude, longitude] such as [48.1, 11.6]", node, context);
      return {};
    }
    const auto read = [&](std::size_t index, const char* what, double most) -> std::optional<double> {
      const YamlNode& item = node.items[index];
      const auto value = read_number(item, what, context);
      if (!value || std::abs(*value) <= most) return value;
      context.error(item.origin, fmt::format("{} must be from -{} to {}, got {}", what + 2, most, most, shown(item)));
      return std::nullopt;
    };
    const auto lat = read(0, "a latitude", 90.0);
    const auto lon = read(1, "a longitude", 180.0);
    return lat && lon ? given(units::GeoPoint{*lat, *lon}, node) : Setting<units::GeoPoint>{};
  };
  type.print = [](const units::GeoPoint& value) {
    return fmt::format("[{}, {}]", units::format_number(value.lat_deg), units::format_number(value.lon_deg));
  };
  return type;
}

std::optional<std::size_t> read_word(const YamlNode& node, const std::vector<std::string>& words, Context& context) {
  const auto found = node.is_scalar() ? std::find(words.begin(), words.end(), node.text) : words.end();
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  const std::string near = node.is_scalar() ? did_you_mean(node.text, words) : "";
  context.error(node.origin, fmt::format("must be {}, got {}{}", fmt::join(words, " | "), shown(node), near));
  return std::nullopt;
}

std::string words_in_prose(const std::vector<std::string>& words) {
  return fmt::format("`{}`", fmt::join(words, "` \\| `"));
}

}  // namespace gigasim::scenario
