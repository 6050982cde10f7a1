#include <fmt/format.h>
#include <fmt/ranges.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "gigasim/metrics/expectations.hpp"
#include "gigasim/scenario/load.hpp"
#include "gigasim/workload/failure_limits.hpp"
#include "gigasim/workload/request_trace.hpp"
#include "gigasim/workload/source.hpp"
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

/// The mistakes of a scenario and its variants, each once, with the names of the variants that alone have it.
class Mistakes {
 public:
  void add(const std::vector<std::string>& messages, const std::string& variant) {
    for (const std::string& message : messages) {
      const auto known = std::find_if(all_.begin(), all_.end(), [&](const auto& one) { return one.first == message; });
      auto& variants = known != all_.end() ? known->second : all_.emplace_back(message, Variants{}).second;
      variants.push_back(variant);
    }
  }

  [[nodiscard]] bool empty() const { return all_.empty(); }

  [[nodiscard]] std::vector<std::string> lines() const {
    std::vector<std::string> lines;
    for (const auto& [message, variants] : all_) {
      const bool of_base = variants.front().empty();
      lines.push_back(of_base ? message
                              : fmt::format("{} (variant{} {})", message, variants.size() == 1 ? "" : "s",
                                            fmt::join(variants, ", ")));
    }
    return lines;
  }

 private:
  using Variants = std::vector<std::string>;
  std::vector<std::pair<std::string, Variants>> all_;
};

/// What a run would find in the logs of a scenario: rows that it leaves out are warned of.
std::vector<std::string> read_logs(const scenario::Scenario& scenario) {
  std::vector<std::string> warnings;
  const auto source = workload::open_streams(scenario);
  for (const auto& log : source->imports()) {
    warnings.insert(warnings.end(), log.warnings.begin(), log.warnings.end());
    for (const auto& [reason, count] : log.dropped) {
      warnings.push_back(fmt::format("{}: {} of {} lines dropped: {}", log.file, count, log.lines, reason));
    }
  }
  return warnings;
}

/// Loads the base and every variant, with their logs, so that one call shows every mistake of a file.
void validate_one(const std::string& file, Mistakes& mistakes, Mistakes& warnings) {
  auto names = scenario::variant_names(file);
  names.insert(names.begin(), "");
  for (const auto& variant : names) {
    try {
      const auto loaded = scenario::load(file, {variant, {}, metrics::metric_names(), workload::read_request_trace});
      warnings.add(loaded.warnings, variant);
      warnings.add(read_logs(loaded.scenario), variant);
      if (!variant.empty()) continue;
      for (const auto& warning : workload::warnings_of_failures(loaded.scenario)) {
        warnings.add({fmt::format("{}: {}", file, warning)}, variant);
      }
    } catch (const scenario::ScenarioError& error) {
      mistakes.add(error.messages(), variant);
    }
  }
  if (!mistakes.empty()) return;
  const auto lines = warnings.lines();
  for (const auto& warning : lines) spdlog::warn("{}", warning);
  print(fmt::format("{}: ok ({} variant{}, {} warning{})\n", file, names.size() - 1, names.size() == 2 ? "" : "s",
                    lines.size(), lines.size() == 1 ? "" : "s"));
}

ExitCode validate(const std::vector<std::string>& files) {
  std::vector<std::string> errors;
  for (const auto& file : files) {
    Mistakes mistakes;
    Mistakes warnings;
    try {
      validate_one(file, mistakes, warnings);
    } catch (const scenario::ScenarioError& error) {
      mistakes.add(error.messages(), "");
    }
    const auto lines = mistakes.lines();
    errors.insert(errors.end(), lines.begin(), lines.end());
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
