#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "gigasim/metrics/expectations.hpp"
#include "gigasim/scenario/load.hpp"
#include "gigasim/workload/failure_limits.hpp"
#include "gigasim/workload/request_trace.hpp"
#include "scenario_options.hpp"
#include "starter_scenario.hpp"

namespace gigasim::cli {
namespace {

ExitCode init(const std::string& file) {
  if (std::filesystem::exists(file))
    throw UsageError(fmt::format("{}: exists already, and init overwrites nothing", file));
  write_text(file, kStarterScenario);
  print(fmt::format("wrote {}: now try `gigasim run {}`\n", file, file));
  return ExitCode::kSuccess;
}

/// Loads the base and every variant, so that one call shows every mistake of a file.
ExitCode validate(const std::vector<std::string>& files) {
  std::vector<std::string> errors;
  for (const auto& file : files) {
    try {
      auto names = scenario::variant_names(file);
      names.insert(names.begin(), "");
      std::size_t warnings = 0;
      for (const auto& variant : names) {
        const auto loaded = scenario::load(file, {variant, {}, metrics::metric_names(), workload::read_request_trace});
        if (variant.empty()) {
          auto all = loaded.warnings;
          for (const auto& warning : workload::warnings_of_failures(loaded.scenario))
            all.push_back(file + ": " + warning);
          for (const auto& warning : all) spdlog::warn("{}", warning);
          warnings = all.size();
        }
      }
      print(fmt::format("{}: ok ({} variant{}, {} warning{})\n", file, names.size() - 1, names.size() == 2 ? "" : "s",
                        warnings, warnings == 1 ? "" : "s"));
    } catch (const scenario::ScenarioError& error) {
      errors.insert(errors.end(), error.messages().begin(), error.messages().end());
    }
  }
  if (!errors.empty()) throw scenario::ScenarioError(errors);
  return ExitCode::kSuccess;
}

ExitCode show(const ScenarioOptions& options, const std::string& format) {
  const auto loaded = options.load();
  for (const auto& warning : loaded.warnings) spdlog::warn("{}", warning);
  if (format == "yaml") {
    print(scenario::to_yaml(loaded));
    return ExitCode::kSuccess;
  }
  nlohmann::ordered_json values = nlohmann::ordered_json::array();
  for (const auto& value : loaded.resolved) {
    values.push_back({{"path", value.path}, {"value", value.value}, {"origin", value.origin}});
  }
  print(values.dump(2) + "\n");
  return ExitCode::kSuccess;
}

}  // namespace

void add_scenario_commands(CLI::App& app, const GlobalOptions& /*options*/, Action& action) {
  auto* init_command = app.add_subcommand("init", "write a commented starter scenario");
  auto file = std::make_shared<std::string>("scenario.yaml");
  init_command->add_option("FILE", *file, "where to write it")->capture_default_str();
  init_command->callback([=, &action] { action = [=] { return init(*file); }; });

  auto* validate_command =
      app.add_subcommand("validate", "check scenarios and all their variants, and tell every mistake");
  auto files = std::make_shared<std::vector<std::string>>();
  validate_command->add_option("SCENARIO", *files, "scenario files")->required();
  validate_command->callback([=, &action] { action = [=] { return validate(*files); }; });

  auto* show_command = app.add_subcommand("show", "print the resolved scenario, each value with its origin");
  auto scenario = std::make_shared<ScenarioOptions>();
  scenario->declare(*show_command);
  auto format = std::make_shared<std::string>("yaml");
  show_command->add_option("--format", *format, "what goes to stdout")
      ->check(CLI::IsMember({"yaml", "json"}))
      ->capture_default_str();
  show_command->callback([=, &action] { action = [=] { return show(*scenario, *format); }; });

  auto* schema_command = app.add_subcommand("schema", "print the JSON Schema of the scenario format");
  auto reference = std::make_shared<bool>(false);
  schema_command->add_flag("--reference", *reference, "print the reference of all keys as Markdown instead");
  schema_command->callback([=, &action] {
    action = [=] {
      print(*reference ? scenario::reference_markdown() : scenario::json_schema());
      return ExitCode::kSuccess;
    };
  });
}

}  // namespace gigasim::cli
