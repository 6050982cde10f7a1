#include <fmt/format.h>

#include <memory>

#include "commands.hpp"
#include "gigasim/metrics/registry.hpp"
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

ExitCode explain(const std::string& name) {
  const auto* metric = metrics::find_metric(name);
  if (metric == nullptr) {
    std::vector<std::string> known;
    for (const auto& m : metrics::registry()) known.emplace_back(m.name);
    const auto guess = units::nearest(name, known);
    throw UsageError(fmt::format("no metric is called \"{}\"{} (`gigasim metrics list` lists them)", name,
                                 guess ? fmt::format(", did you mean \"{}\"?", *guess) : ""));
  }
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
  auto* explain_command = command->add_subcommand("explain", "one metric, and where results hold it");
  auto name = std::make_shared<std::string>();
  explain_command->add_option("METRIC", *name, "as in the first column of `gigasim metrics list`")->required();
  explain_command->callback([=, &action] { action = [=] { return explain(*name); }; });
}

}  // namespace gigasim::cli
