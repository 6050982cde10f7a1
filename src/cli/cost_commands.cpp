#include <memory>

#include "commands.hpp"
#include "gigasim/cost/assess.hpp"
#include "gigasim/report/cost.hpp"
#include "gigasim/scenario/cost_settings.hpp"
#include "gigasim/scenario/load.hpp"
#include "settings.hpp"

namespace gigasim::cli {
namespace {

struct CostOptions {
  std::string result;
  std::vector<std::string> settings;
  std::string format = "table";
};

report::CostInput read_input(const std::string& result) {
  try {
    return report::read_cost_input(result);
  } catch (const std::runtime_error& error) {
    throw scenario::ScenarioError({error.what()});
  }
}

ExitCode tell_costs(const CostOptions& chosen, const GlobalOptions& options) {
  report::CostInput input = read_input(chosen.result);
  report::apply(scenario::read_cost_settings(report::site_names(input), split_settings(chosen.settings)), input);
  const auto assessment = cost::assess(input.facts, input.assumptions);
  print(report::to_text(input, assessment, report_format(chosen.format), table_style(options)));
  return ExitCode::kSuccess;
}

}  // namespace

void add_cost_commands(CLI::App& app, const GlobalOptions& options, Action& action) {
  auto* command =
      app.add_subcommand("cost", "compute what the sites of a result cost and who pays, without another run");
  auto chosen = std::make_shared<CostOptions>();
  command->add_option("RESULT", chosen->result, "result folder or results.json file")->required();
  declare_settings(*command, chosen->settings,
                   "state a figure of the cost model, as in --set cost.discount_rate=\"5 %\"; may be repeated");
  command->add_option("--format", chosen->format, "what goes to stdout")
      ->check(CLI::IsMember({"table", "json", "csv", "md"}))
      ->capture_default_str();
  command->callback([=, &options, &action] { action = [=, &options] { return tell_costs(*chosen, options); }; });
}

}  // namespace gigasim::cli
