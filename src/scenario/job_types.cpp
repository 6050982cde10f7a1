#include "job_types.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "catalogue_types.hpp"
#include "gigasim/catalogue/catalogue.hpp"
#include "gigasim/units/text.hpp"
#include "object.hpp"
#include "scalar_types.hpp"
#include "yaml_text.hpp"

namespace gigasim::scenario {
namespace {

template <class... F>
struct Overloaded : F... {
  using F::operator()...;
};
template <class... F>
Overloaded(F...) -> Overloaded<F...>;

Json map_schema(const Json& properties, const std::vector<std::string>& keys) {
  return {{"type", "object"}, {"properties", properties}, {"required", keys}, {"additionalProperties", false}};
}

/// A map that must have exactly the `keys`.
bool has_keys(const YamlNode& node, const std::vector<std::string>& keys, Context& context) {
  bool good = true;
  for (const Entry& entry : node.entries) {
    if (std::find(keys.begin(), keys.end(), entry.key) != keys.end()) continue;
    report_unknown_key(entry, keys, context);
    good = false;
  }
  for (const std::string& key : keys) {
    if (node.find(key) != nullptr) continue;
    context.error(node.origin, fmt::format("missing key \"{}\"", key));
    good = false;
  }
  return good;
}

/// Adds one size of a pmf; reports what is wrong with it.
bool add_size(const Entry& entry, SizePmf& pmf, Context& context) {
  const auto step = context.enter(entry.key);
  const auto size = units::parse_integer(entry.key);
  if (!size || *size < 1 || *size > limits::kAccelerators) {
    context.error(entry.at, fmt::format("a size must be a whole number from 1 to {}, got {}",
                                        units::grouped(limits::kAccelerators), shown(entry.key)));
    return false;
  }
  const bool twice = std::any_of(pmf.begin(), pmf.end(), [&](const auto& other) { return other.first == *size; });
  if (twice) context.error(entry.at, fmt::format("size {} stands twice", *size));
  const auto share = percent({0.0, 1.0, true}).read(entry.value, context);
  if (share) pmf.emplace_back(*size, *share);
  return share && !twice;
}

Setting<SizesSpec> read_pmf(const YamlNode& node, Context& context) {
  SizePmf pmf;
  bool good = true;
  double sum = 0.0;
  for (const Entry& entry : node.entries) good = add_size(entry, pmf, context) && good;
  for (const auto& [size, share] : pmf) sum += share;
  if (good && std::abs(sum - 1.0) > 5e-4) {
    context.error(node.origin, fmt::format("shares must sum to 100 %, got {:.4g} %", sum * 100.0));
    good = false;
  }
  std::sort(pmf.begin(), pmf.end());
  normalise(pmf);
  return good ? given(SizesSpec{std::move(pmf)}, node) : Setting<SizesSpec>{};
}

std::string print_pmf(const SizePmf& pmf) {
  std::vector<std::string> parts;
  for (const auto& [size, share] : pmf) parts.push_back(fmt::format("\"{}\": {}", size, units::format_percent(share)));
  return fmt::format("{{ {} }}", fmt::join(parts, ", "));
}

const Type<units::Seconds>& runtime_duration() {
  static const Type<units::Seconds> type = duration(false);
  return type;
}

Setting<RuntimeLaw> read_lognormal(const YamlNode& node, Context& context) {
  const auto step = context.enter("lognormal");
  if (!node.is_map()) {
    expected("a map such as { median: 2 h, sigma: 1.2 }", node, context);
    return {};
  }
  if (!has_keys(node, {"median", "sigma"}, context)) return {};
  const auto read = [&](const auto& type, const char* key) {
    const auto inner = context.enter(key);
    return type.read(*node.find(key), context).value;
  };
  const auto median = read(runtime_duration(), "median");
  const auto sigma = read(number({0.0, limits::kSigma, true}), "sigma");
  return median && sigma ? given(RuntimeLaw{LognormalRuntime{*median, *sigma}}, node) : Setting<RuntimeLaw>{};
}

Setting<RuntimeLaw> read_runtime_map(const YamlNode& node, Context& context) {
  const auto range = node.find("best") != nullptr;
  if (range) {
    const auto value = runtime_duration().read(node, context);
    return value ? Setting<RuntimeLaw>{ConstantRuntime{*value}, value.origin, value.bounds} : Setting<RuntimeLaw>{};
  }
  if (const YamlNode* lognormal = node.find("lognormal"); lognormal != nullptr && node.entries.size() == 1) {
    return read_lognormal(*lognormal, context);
  }
  if (const YamlNode* exponential = node.find("exponential"); exponential != nullptr && node.entries.size() == 1) {
    const auto step = context.enter("exponential");
    const auto mean = runtime_duration().read(*exponential, context);
    return mean ? given(RuntimeLaw{ExponentialRuntime{*mean}}, node) : Setting<RuntimeLaw>{};
  }
  for (const Entry& entry : node.entries) {
    if (entry.key != "lognormal" && entry.key != "exponential") {
      report_unknown_key(entry, {"exponential", "lognormal"}, context);
      return {};
    }
  }
  context.error(node.origin, "needs one law: { exponential: MEAN } or { lognormal: { median: ..., sigma: ... } }");
  return {};
}

}  // namespace

Type<SizesSpec> job_sizes() {
  Type<SizesSpec> type;
  type.written = R"(whole number \| job class of `job-mixes` \| `{ "1": 50 %, "8": 50 % }`)";
  const Json pmf{{"type", "object"},
                 {"minProperties", 1},
                 {"propertyNames", {{"pattern", "^[0-9]+$"}}},
                 {"additionalProperties", percent({0.0, 1.0}).schema}};
  type.schema = any_of({accelerator_count().schema, {{"enum", job_class_ids()}}, pmf});
  type.read = [](const YamlNode& node, Context& context) -> Setting<SizesSpec> {
    if (node.is_map() && node.find("best") == nullptr) return read_pmf(node, context);
    const bool number_like = node.is_map() || (node.is_scalar() && units::parse_number(node.text));
    if (number_like) {
      const auto count = accelerator_count().read(node, context);
      return count ? Setting<SizesSpec>{SizesSpec{*count}, count.origin, count.bounds} : Setting<SizesSpec>{};
    }
    if (!read_id(node, "job class", "job-mixes", job_class_ids(), context)) return {};
    return given(SizesSpec{node.text}, node);
  };
  type.print = [](const SizesSpec& sizes) {
    return std::visit(Overloaded{[](std::int64_t count) { return std::to_string(count); },
                                 [](const std::string& id) { return yaml_text(id); },
                                 [](const SizePmf& sizes_pmf) { return print_pmf(sizes_pmf); }},
                      sizes);
  };
  return type;
}

namespace {

/// A law of durations: stated, or also the table of a job class.
Type<RuntimeLaw> law_of_durations(bool with_classes) {
  Type<RuntimeLaw> type;
  type.written = "duration \\| `{ exponential: MEAN }` \\| `{ lognormal: { median: 2 h, sigma: 1.2 } }`";
  if (with_classes) type.written += " \\| job class of `job-mixes`";
  const Json& time = runtime_duration().schema;
  const Json lognormal =
      map_schema({{"median", time}, {"sigma", number({0.0, limits::kSigma, true}).schema}}, {"median", "sigma"});
  const Json exponential = map_schema({{"exponential", time}}, {"exponential"});
  const Json lognormal_map = map_schema({{"lognormal", lognormal}}, {"lognormal"});
  type.schema = !with_classes ? any_of({time, exponential, lognormal_map})
                              : any_of({time, {{"enum", job_class_ids()}}, exponential, lognormal_map});
  type.read = [with_classes](const YamlNode& node, Context& context) -> Setting<RuntimeLaw> {
    if (node.is_map()) return read_runtime_map(node, context);
    const std::vector<std::string> classes = with_classes ? job_class_ids() : std::vector<std::string>{};
    const bool is_class = node.is_scalar() && std::find(classes.begin(), classes.end(), node.text) != classes.end();
    if (is_class) return given(RuntimeLaw{ClassRuntime{node.text}}, node);
    const bool number_like = node.is_scalar() && !node.text.empty() && (node.text[0] >= '+' && node.text[0] <= '9');
    if (!number_like && node.is_scalar() && with_classes) {
      context.error(node.origin, unknown_id("duration or job class", node.text, "job-mixes", classes));
      return {};
    }
    const auto value = runtime_duration().read(node, context);
    return value ? given(RuntimeLaw{ConstantRuntime{*value}}, node) : Setting<RuntimeLaw>{};
  };
  type.print = [](const RuntimeLaw& law) {
    const auto time_text = [](units::Seconds t) { return runtime_duration().print(t); };
    return std::visit(
        Overloaded{[&](const ConstantRuntime& r) { return time_text(r.value); },
                   [&](const ExponentialRuntime& r) { return fmt::format("{{ exponential: {} }}", time_text(r.mean)); },
                   [&](const LognormalRuntime& r) {
                     return fmt::format("{{ lognormal: {{ median: {}, sigma: {} }} }}", time_text(r.median),
                                        units::format_number(r.sigma));
                   },
                   [&](const ClassRuntime& r) { return yaml_text(r.job_class); }},
        law);
  };
  return type;
}

}  // namespace

Type<RuntimeLaw> runtime_law() {
  return law_of_durations(true);
}

Type<PatienceLaw> patience_law() {
  return law_of_durations(false);
}

Type<Walltime> walltime() {
  Type<Walltime> type;
  type.written = "`exact` \\| `{ factor: 2 }` \\| id of `walltime-models`";
  const auto words = [] {
    std::vector<std::string> all = catalogue_ids("walltime-models");
    all.insert(all.begin(), "exact");
    return all;
  };
  type.schema =
      any_of({{{"enum", words()}}, map_schema({{"factor", number({1.0, std::nullopt, false}).schema}}, {"factor"})});
  type.read = [words](const YamlNode& node, Context& context) -> Setting<Walltime> {
    Walltime result;
    if (node.is_map()) {
      if (!has_keys(node, {"factor"}, context)) return {};
      const auto step = context.enter("factor");
      const auto factor = number({1.0, std::nullopt, false}).read(*node.find("factor"), context);
      if (!factor) return {};
      result.kind = Walltime::Kind::kFactor;
      result.factor = *factor;
      result.model.clear();
      return given(result, node);
    }
    if (!read_id(node, "walltime model", "walltime-models", words(), context)) return {};
    const bool exact = node.text == "exact";
    result.kind = exact ? Walltime::Kind::kExact : Walltime::Kind::kModel;
    result.model = exact ? "" : node.text;
    return given(result, node);
  };
  type.print = [](const Walltime& value) -> std::string {
    if (value.kind == Walltime::Kind::kExact) return "exact";
    if (value.kind == Walltime::Kind::kModel) return yaml_text(value.model);
    return fmt::format("{{ factor: {} }}", units::format_number(value.factor));
  };
  return type;
}

}  // namespace gigasim::scenario
