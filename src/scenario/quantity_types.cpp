#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <type_traits>

#include "gigasim/units/grid.hpp"
#include "scalar_types.hpp"

namespace gigasim::scenario {
namespace {

std::string escaped(std::string_view unit) {
  std::string result;
  for (const char c : unit) {
    if (c == '/') result += '\\';
    result += c;
  }
  return result;
}

std::vector<std::string> names(std::span<const units::Unit> units) {
  std::vector<std::string> result;
  for (const units::Unit& unit : units) result.emplace_back(unit.name);
  return result;
}

/// How one kind of quantity is written.
struct QuantityForm {
  std::string what;     ///< "a duration"
  std::string example;  ///< "30 d"
  std::span<const units::Unit> units;
  double most;  ///< in base units
  bool zero_allowed = false;

  [[nodiscard]] std::string most_in_words() const {
    const std::string text = units::format_quantity(most, units);
    const auto space = text.find(' ');
    return number_in_words(*units::parse_number(text.substr(0, space))) + text.substr(space);
  }
};

std::optional<double> read_quantity(const YamlNode& node, const QuantityForm& form, Context& context) {
  using Problem = units::ParsedQuantity::Problem;
  const auto parsed = node.is_scalar() ? units::parse_quantity(node.text, form.units)
                                       : units::ParsedQuantity{Problem::kNotANumber, 0.0, {}};
  const std::string got = shown(node);
  if (parsed.problem == Problem::kNotANumber) {
    context.error(node.origin, fmt::format("must be {} such as \"{}\", got {}", form.what, form.example, got));
  } else if (parsed.problem == Problem::kNoUnit) {
    context.error(node.origin, fmt::format("needs a unit, got {} (write for example \"{}\")", got, form.example));
  } else if (parsed.problem == Problem::kUnknownUnit) {
    context.error(node.origin, fmt::format("unknown unit \"{}\" for {} (known: {})", shown(parsed.unit), form.what,
                                           fmt::join(names(form.units), ", ")));
  } else if (parsed.value < 0.0 || (parsed.value == 0.0 && !form.zero_allowed)) {
    context.error(node.origin,
                  fmt::format("must be {}, got {}", form.zero_allowed ? "zero or more" : "more than zero", got));
  } else if (parsed.value > form.most) {
    context.error(node.origin, fmt::format("must be at most {}, got {}", form.most_in_words(), got));
  } else {
    return parsed.value;
  }
  return std::nullopt;
}

template <class Q>
Type<Q> quantity(const QuantityForm& form) {
  Type<Q> type;
  type.written = fmt::format("{} such as `{}`, at most {}", form.what, form.example, form.most_in_words());
  type.read = [form](const YamlNode& node, Context& context) -> Setting<Q> {
    const auto value = read_quantity(node, form, context);
    return value ? given(Q{*value}, node) : Setting<Q>{};
  };
  type.print = [form](const Q& value) {
    if constexpr (std::is_same_v<Q, double>) {
      return units::format_quantity(value, form.units);
    } else {
      return units::format_quantity(value.in_base_units(), form.units);
    }
  };
  std::vector<std::string> units;
  for (const std::string& unit : names(form.units)) units.push_back(escaped(unit));
  type.schema = {{"type", "string"},
                 {"pattern", fmt::format("^ *\\+?{} *({}) *$", number_pattern(), fmt::join(units, "|"))},
                 {"description", fmt::format("{} such as \"{}\"", form.what, form.example)}};
  return type;
}

/// The units of the kind of `own` in terms of it, or `own` alone; kept as long as the program runs.
std::span<const units::Unit> units_like(const std::string& own) {
  static std::map<std::string, std::vector<units::Unit>> kept;
  const auto [entry, is_new] = kept.try_emplace(own);
  if (is_new) entry->second = units::units_in_terms_of(own);
  if (entry->second.empty()) entry->second.push_back({entry->first, 1.0});
  return entry->second;
}

}  // namespace

Type<double> amount(const std::string& own, double example, bool zero_allowed, double most) {
  const auto all = units_like(own);
  const QuantityForm form{"a value in " + own, units::format_quantity(example, all), all, most, zero_allowed};
  return ranged(quantity<double>(form));
}

Type<units::Seconds> plain_duration(bool zero_allowed) {
  Type<units::Seconds> type = quantity<units::Seconds>(
      {"a duration", "30 d", units::duration_units(), kLongestDuration.in_base_units(), zero_allowed});
  // Durations are rounded up to the simulation's time grid where they enter.
  type.read = [read = type.read](const YamlNode& node, Context& context) {
    auto setting = read(node, context);
    if (setting) setting.value = units::ceil_to_grid(*setting);
    return setting;
  };
  return type;
}

Type<units::Seconds> interval() {
  Type<units::Seconds> type = plain_duration(false);
  type.written = "a duration from `1 s` to `200 a`";
  type.read = [read = type.read](const YamlNode& node, Context& context) {
    auto setting = read(node, context);
    if (setting && *setting < units::Seconds{1.0}) {
      context.error(node.origin, fmt::format("must be at least 1 s, got {}", shown(node)));
      setting.value.reset();
    }
    return setting;
  };
  return ranged(type);
}

Type<units::Watts> power(double most_watts) {
  return ranged(quantity<units::Watts>({"a power", "60 MW", units::power_units(), most_watts}));
}
Type<units::Bytes> data_volume(bool zero_allowed) {
  return ranged(
      quantity<units::Bytes>({"a data volume", "100 PB", units::data_units(), limits::kDataBytes, zero_allowed}));
}
Type<units::BytesPerSecond> bandwidth() {
  return ranged(quantity<units::BytesPerSecond>(
      {"a bandwidth", "400 Gbit/s", units::bandwidth_units(), limits::kBandwidthBytesPerS}));
}
Type<units::BytesPerSecond> link_bandwidth() {
  static const std::vector<units::Unit> kUnits = [] {
    std::vector<units::Unit> units(units::bandwidth_units().begin(), units::bandwidth_units().end());
    std::stable_partition(units.begin(), units.end(),
                          [](const units::Unit& unit) { return unit.name.ends_with("bit/s"); });
    return units;
  }();
  return ranged(quantity<units::BytesPerSecond>({"a bandwidth", "400 Gbit/s", kUnits, limits::kBandwidthBytesPerS}));
}
Type<double> tokens(double most) {
  return ranged(quantity<double>({"a number of tokens", "2e12 tokens", units::token_units(), most}));
}
Type<double> operations() {
  return ranged(quantity<double>({"a number of operations", "1e24 FLOP", units::flop_units(), limits::kFlop}));
}
Type<double> accelerator_time() {
  return ranged(quantity<double>(
      {"an accelerator time", "1e6 accelerator-h", units::accelerator_time_units(), limits::kAcceleratorSeconds}));
}
Type<units::PerSecond> project_rate() {
  return ranged(quantity<units::PerSecond>(
      {"a project rate", "40 projects/month", units::project_rate_units(), limits::kProjectsPerS}));
}
Type<units::PerSecond> node_failure_rate() {
  return ranged(quantity<units::PerSecond>(
      {"a rate of failures", "4 per 1000 node-d", units::node_failure_rate_units(), limits::kFailuresPerNodeS, true}));
}
Type<units::PerSecond> outage_rate() {
  return ranged(quantity<units::PerSecond>(
      {"a rate of outages", "1 per a", units::outage_rate_units(), limits::kOutagesPerS, true}));
}
Type<units::PerSecond> request_rate() {
  return ranged(quantity<units::PerSecond>(
      {"a request rate", "4000 requests/s", units::request_rate_units(), limits::kRequestsPerS}));
}
Type<units::PerSecond> job_rate() {
  return ranged(quantity<units::PerSecond>({"a job rate", "100 jobs/h", units::rate_units(), limits::kJobsPerS}));
}

}  // namespace gigasim::scenario
