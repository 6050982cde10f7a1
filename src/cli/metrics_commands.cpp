#include <fmt/format.h>

#include <memory>

#include "commands.hpp"
#include "gigasim/metrics/result_names.hpp"
#include "gigasim/report/rows.hpp"
#include "gigasim/units/text.hpp"

namespace gigasim::cli {
namespace {

std::string better_word(metrics::Better better) {
  switch (better) {
    case metrics::Better::kLower:
      return "lower";
    case metrics::Better::kHigher:
      return "higher";
    case metrics::Better::kNeither:
      break;
  }
  return "neither";
}

std::string unit_word(const metrics::Metric& metric) {
  return metric.unit.empty() ? "1" : std::string{metric.unit};
}

ExitCode list() {
  report::Rows rows{{"metric", "unit", "better", "definition"}};
  for (const auto& metric : metrics::registry()) {
    rows.push_back(
        {std::string{metric.name}, unit_word(metric), better_word(metric.better), std::string{metric.definition}});
  }
  std::string text = report::aligned(rows) + "\nEach exists for the network and per label:\n";
  for (const auto& grouping : metrics::groupings())
    text += fmt::format("  {}: {}\n", grouping.label, grouping.definition);
  print(text);
  return ExitCode::kSuccess;
}

[[noreturn]] void fail_unknown(const std::string& name) {
  std::vector<std::string> known;
  for (const auto& metric : metrics::registry()) known.emplace_back(metric.name);
  for (const auto& other : metrics::result_names()) known.emplace_back(other.name);
  const auto guess = units::nearest(name, known);
  throw UsageError(fmt::format("no metric is called \"{}\"{} (`gigasim metrics list` lists them)", name,
                               guess ? fmt::format(", did you mean \"{}\"?", *guess) : ""));
}

/// A name that is no metric: a part of one, a column.
ExitCode explain_other(const std::string& name) {
  const auto* other = metrics::find_result_name(name);
  if (other == nullptr) fail_unknown(name);
  report::Rows rows{{"name", std::string{other->name}}};
  if (!other->unit.empty()) rows.push_back({"unit", std::string{other->unit}});
  rows.push_back({"definition", std::string{other->definition}});
  rows.push_back({"in", std::string{other->found_in}});
  print(report::aligned(rows));
  return ExitCode::kSuccess;
}

ExitCode explain(const std::string& asked) {
  constexpr std::string_view kNetwork = "network.";  // as this command prints paths
  const std::string name = asked.starts_with(kNetwork) ? asked.substr(kNetwork.size()) : asked;
  const auto* metric = metrics::find_metric_anywhere(name);
  if (metric == nullptr) return explain_other(name);
  std::string text = report::aligned({{"metric", std::string{metric->name}},
                                      {"unit", unit_word(*metric)},
                                      {"better", better_word(metric->better)},
                                      {"definition", std::string{metric->definition}},
                                      {"in results.json", "network." + std::string{metric->json_path}},
                                      {"in sites.csv", std::string{metric->column}}});
  for (const auto& grouping : metrics::groupings()) {
    if (!grouping.json_array.empty() && grouping.json_array != "network") {
      text += fmt::format("per {}: {}[].{}\n", grouping.label, grouping.json_array, metric->json_path);
    }
  }
  print(text);
  return ExitCode::kSuccess;
}

}  // namespace

void add_metrics_commands(CLI::App& app, const GlobalOptions& /*options*/, Action& action) {
  auto* command = app.add_subcommand("metrics", "what is measured: names, units, definitions");
  command->require_subcommand(1);
  command->fallthrough();
  command->add_subcommand("list", "all metrics")->callback([&action] { action = list; });
  auto* explain_command =
      command->add_subcommand("explain", "one metric or other name in results, and where they hold it");
  auto name = std::make_shared<std::string>();
  explain_command
      ->add_option("METRIC", *name,
                   "as in the first column of `gigasim metrics list`, or a path of results.json, or a column")
      ->required();
  explain_command->callback([=, &action] { action = [=] { return explain(*name); }; });
}

}  // namespace gigasim::cli
