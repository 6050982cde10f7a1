#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "catalogue_types.hpp"
#include "gigasim/catalogue/catalogue.hpp"
#include "gigasim/units/text.hpp"
#include "job_types.hpp"
#include "scalar_types.hpp"
#include "yaml_text.hpp"

namespace gigasim::scenario {
namespace {

std::optional<double> read_weight(const Entry& entry, Context& context) {
  const auto step = context.enter(entry.key);
  const auto weight = number({0.0, std::nullopt, true}).read(entry.value, context);
  return weight.value;
}

Setting<OriginSpec> read_country_weights(const YamlNode& node, Context& context) {
  OriginSpec origin{OriginSpec::Kind::kWeights, {}};
  bool good = !node.entries.empty();
  if (!good) context.error(node.origin, "needs at least one country");
  for (const Entry& entry : node.entries) {
    if (catalogue::find_country(entry.key) == nullptr) {
      const auto step = context.enter(entry.key);
      context.error(entry.at, unknown_country(entry.key));
      good = false;
    }
    const auto weight = read_weight(entry, context);
    good = good && weight.has_value();
    if (weight) origin.weights.emplace_back(entry.key, *weight);
  }
  return good ? given(std::move(origin), node) : Setting<OriginSpec>{};
}

std::string print_origin(const OriginSpec& origin) {
  if (origin.kind == OriginSpec::Kind::kPopulation) return "population";
  if (origin.kind == OriginSpec::Kind::kGdp) return "gdp";
  if (origin.weights.size() == 1 && origin.weights.front().second == 1.0)
    return yaml_text(origin.weights.front().first);
  std::vector<std::string> parts;
  for (const auto& [code, weight] : origin.weights) {
    parts.push_back(fmt::format("{}: {}", yaml_text(code), units::format_number(weight)));
  }
  return fmt::format("{{ {} }}", fmt::join(parts, ", "));
}

std::optional<double> number_of_accelerators(const YamlNode& node) {
  static const std::array kUnit{units::Unit{"accelerators", 1.0}};
  if (!node.is_scalar()) return std::nullopt;
  const auto count = units::parse_quantity(node.text, kUnit);
  const bool good = count.problem == units::ParsedQuantity::Problem::kNone && count.value > 0.0 &&
                    count.value <= static_cast<double>(limits::kAccelerators);
  return good ? std::optional{count.value} : std::nullopt;
}

/// `{ A100: 500 accelerators, H100: 200 accelerators }`
Setting<DemandOf> read_types(const YamlNode& node, Context& context) {
  DemandOf of{DemandOf::Kind::kAccelerators, 0.0, {}};
  bool good = !node.entries.empty();
  if (!good) context.error(node.origin, "needs at least one type of accelerator");
  for (const Entry& entry : node.entries) {
    const auto step = context.enter(entry.key);
    const auto* type = catalogue::find_accelerator(entry.key);
    const auto count = number_of_accelerators(entry.value);
    if (type == nullptr) {
      context.error(entry.at, unknown_id("accelerator", entry.key, "accelerators", catalogue_ids("accelerators")));
    } else if (!count) {
      expected(fmt::format("a number such as \"5000 accelerators\", at most {}", units::grouped(limits::kAccelerators)),
               entry.value, context);
    } else {
      of.of_type[type->id] += *count;
      of.accelerators += *count;
    }
    good = good && type != nullptr && count;
  }
  return good ? given(std::move(of), node) : Setting<DemandOf>{};
}

std::string print_types(const std::map<std::string, double>& types) {
  std::vector<std::string> parts;
  for (const auto& [type, count] : types) {
    parts.push_back(fmt::format("{}: {} accelerators", yaml_text(type), units::format_number(count)));
  }
  return fmt::format("{{ {} }}", fmt::join(parts, ", "));
}

}  // namespace

Type<DemandOf> demand_of() {
  Type<DemandOf> type;
  type.written = "`reference` \\| `own` \\| `N accelerators` \\| `{ A100: 500 accelerators }`";
  type.schema =
      any_of({{{"enum", {"reference", "own"}}},
              {{"type", "string"}, {"pattern", fmt::format("^ *{} *accelerators *$", number_pattern())}},
              {{"type", "object"},
               {"minProperties", 1},
               {"additionalProperties",
                {{"type", "string"}, {"pattern", fmt::format("^ *{} *accelerators *$", number_pattern())}}}}});
  type.read = [](const YamlNode& node, Context& context) -> Setting<DemandOf> {
    if (node.is_map()) return read_types(node, context);
    if (node.is_scalar() && node.text == "reference") return given(DemandOf{}, node);
    if (node.is_scalar() && node.text == "own") return given(DemandOf{DemandOf::Kind::kOwn, 0.0, {}}, node);
    if (const auto count = number_of_accelerators(node)) {
      return given(DemandOf{DemandOf::Kind::kAccelerators, *count, {}}, node);
    }
    expected(fmt::format("reference, own or a number such as \"5000 accelerators\", at most {}",
                         units::grouped(limits::kAccelerators)),
             node, context);
    return {};
  };
  type.print = [](const DemandOf& of) -> std::string {
    if (of.kind == DemandOf::Kind::kReference) return "reference";
    if (of.kind == DemandOf::Kind::kOwn) return "own";
    if (!of.of_type.empty()) return print_types(of.of_type);
    return units::format_number(of.accelerators) + " accelerators";
  };
  return type;
}

Type<OriginSpec> origin_weights() {
  const auto words = [] {
    std::vector<std::string> all = catalogue_ids("countries");
    all.insert(all.begin(), {"population", "gdp"});
    return all;
  };
  Type<OriginSpec> type;
  type.written = R"(`population` \| `gdp` \| country code \| `{ DE: 3, FR: 2 }`)";
  const Json weights{{"type", "object"},
                     {"minProperties", 1},
                     {"propertyNames", {{"enum", catalogue_ids("countries")}}},
                     {"additionalProperties", number({0.0, std::nullopt, true}).schema}};
  type.schema = any_of({{{"enum", words()}}, weights});
  type.read = [words](const YamlNode& node, Context& context) -> Setting<OriginSpec> {
    if (node.is_map()) return read_country_weights(node, context);
    if (!read_id(node, "origin", "countries", words(), context)) return {};
    if (node.text == "population") return given(OriginSpec{}, node);
    if (node.text == "gdp") return given(OriginSpec{OriginSpec::Kind::kGdp, {}}, node);
    return given(OriginSpec{OriginSpec::Kind::kWeights, {{node.text, 1.0}}}, node);
  };
  type.print = print_origin;
  return type;
}

Type<MixSpec> mix_choice() {
  Type<MixSpec> type;
  type.written = "mix of `job-mixes`, or a list of its job classes";
  type.schema =
      any_of({{{"enum", mix_ids()}}, {{"type", "array"}, {"minItems", 1}, {"items", {{"enum", job_class_ids()}}}}});
  type.read = [](const YamlNode& node, Context& context) -> Setting<MixSpec> {
    if (!node.is_list()) {
      return read_id(node, "mix", "job-mixes", mix_ids(), context) ? given(MixSpec{node.text, {}}, node)
                                                                   : Setting<MixSpec>{};
    }
    const std::vector<std::string> classes = job_class_ids();
    MixSpec mix;
    bool good = !node.items.empty();
    if (!good) context.error(node.origin, "needs at least one job class");
    for (const YamlNode& item : node.items) {
      if (!read_id(item, "job class", "job-mixes", classes, context)) {
        good = false;
      } else if (std::find(mix.classes.begin(), mix.classes.end(), item.text) != mix.classes.end()) {
        context.error(item.origin, fmt::format("job class \"{}\" stands twice", item.text));
        good = false;
      } else {
        mix.classes.push_back(item.text);
      }
    }
    return good ? given(std::move(mix), node) : Setting<MixSpec>{};
  };
  type.print = [](const MixSpec& mix) {
    return mix.classes.empty() ? yaml_text(mix.mix) : fmt::format("[{}]", fmt::join(mix.classes, ", "));
  };
  return type;
}

Type<Length> period_length() {
  static constexpr const char* kWord = "until_drained";
  Type<Length> type;
  type.written = "duration such as `30 d`, or `until_drained`";
  const Type<units::Seconds> plain = duration(false);
  type.schema = any_of({plain.schema, {{"const", kWord}}});
  type.read = [plain](const YamlNode& node, Context& context) -> Setting<Length> {
    if (node.is_scalar() && node.text == kWord) return given(Length{units::Seconds{0}, true}, node);
    if (node.is_scalar() && !did_you_mean(node.text, {kWord}).empty()) {
      context.error(node.origin, fmt::format("must be a duration or {}, got {}{}", kWord, shown(node),
                                             did_you_mean(node.text, {kWord})));
      return {};
    }
    const auto value = plain.read(node, context);
    return value ? Setting<Length>{Length{*value, false}, value.origin, value.bounds} : Setting<Length>{};
  };
  type.print = [plain](const Length& length) {
    return length.until_drained ? std::string{kWord} : plain.print(length.duration);
  };
  return type;
}

}  // namespace gigasim::scenario
