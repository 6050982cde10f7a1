#include "expectation_type.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "expectation_limit.hpp"
#include "expectation_text.hpp"
#include "gigasim/units/text.hpp"
#include "scalar_types.hpp"
#include "yaml_text.hpp"

namespace gigasim::scenario {
namespace {

std::string unknown_metric(std::string_view name, std::span<const MetricName> metrics) {
  if (metrics.empty()) return "cannot be checked: whoever loads this scenario names no metrics (LoadOptions::metrics)";
  std::vector<std::string> known;
  for (const MetricName& metric : metrics) known.emplace_back(metric.name);
  const auto near = units::nearest(name, known);
  const std::string hint = near ? fmt::format("did you mean \"{}\"? ", *near) : "";
  return fmt::format("unknown metric \"{}\" ({}`gigasim metrics list` lists them)", shown(name), hint);
}

/// Returns the complaint, empty when `text` was read.
std::string read_expectation(std::string_view text, std::span<const MetricName> metrics, Expectation& made) {
  std::string problem;
  const auto parts = split_expectation(text, problem);
  if (!parts) return problem;
  const auto metric =
      std::find_if(metrics.begin(), metrics.end(), [&](const MetricName& m) { return m.name == parts->metric; });
  if (metric == metrics.end()) return unknown_metric(parts->metric, metrics);
  made.text = text;
  made.metric = parts->metric;
  made.unit = metric->unit;
  made.key = parts->key;
  made.value = parts->value;
  made.comparison = parts->comparison;
  return read_limits(parts->limit, made);
}

}  // namespace

Type<Expectation> expectation() {
  Type<Expectation> type;
  type.written = "such as `queue_time_p95{user_type=sme} < 2 d`";
  type.schema = {{"type", "string"}, {"pattern", expectation_pattern()}};
  type.read = [](const YamlNode& node, Context& context) -> Setting<Expectation> {
    if (!node.is_scalar()) {
      expected("an expectation such as \"queue_time_p95 < 2 d\"", node, context);
      return {};
    }
    Expectation made;
    if (const auto problem = read_expectation(node.text, context.metrics(), made); !problem.empty()) {
      context.error(node.origin, problem);
      return {};
    }
    made.at = place(node.origin);
    return given(std::move(made), node);
  };
  type.print = [](const Expectation& value) { return yaml_text(value.text); };
  return type;
}

}  // namespace gigasim::scenario
