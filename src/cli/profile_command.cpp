#include <fmt/format.h>
#include <fmt/ranges.h>
#include <spdlog/spdlog.h>

#include <map>
#include <memory>

#include "commands.hpp"
#include "gigasim/report/profile.hpp"
#include "scenario_options.hpp"

namespace gigasim::cli {
namespace {

struct CheckOptions {
  ScenarioOptions scenario;
  std::string profile, site, format = "table";
  bool all_variants = false, allow_unknown = false;
};

/// The base and its variants, or the one that was asked for.
std::vector<std::string> variants_of(const CheckOptions& options) {
  if (!options.all_variants) return {options.scenario.variant};
  std::vector<std::string> variants{""};
  for (std::string& name : scenario::variant_names(options.scenario.file)) variants.push_back(std::move(name));
  return variants;
}

scenario::Loaded load_variant(const CheckOptions& options, const std::string& variant) {
  ScenarioOptions one = options.scenario;
  one.variant = variant;
  return one.load();
}

ExitCode check_profile(const CheckOptions& options, const GlobalOptions& global) {
  const scenario::Profile profile = scenario::load_profile(options.profile);
  std::vector<report::Bid> bids;
  bool passed = true;
  bool any = false;
  for (const std::string& variant : variants_of(options)) {
    const scenario::Loaded loaded = load_variant(options, variant);
    report::Bid& bid = bids.emplace_back();
    bid.name = variant.empty() ? "base" : variant;
    for (const std::string& site : scenario::sites_for(profile, loaded.scenario, options.site)) {
      const auto findings = scenario::check_site(profile, loaded, site);
      passed = passed && scenario::passes(profile, findings, options.allow_unknown);
      bid.findings.insert(bid.findings.end(), findings.begin(), findings.end());
      any = true;
    }
  }
  if (!any && !options.site.empty()) throw UsageError(fmt::format("there is no site \"{}\"", options.site));
  if (!any) throw UsageError("no site is of the kind that the profile is for: name one with --site");
  static const std::map<std::string, report::Format> formats{
      {"table", report::Format::kTable}, {"json", report::Format::kJson}, {"md", report::Format::kMarkdown}};
  print(report::profile_report(profile, bids, formats.at(options.format), table_style(global)));
  if (passed) return ExitCode::kSuccess;
  spdlog::error("not all required criteria hold");
  return ExitCode::kExpectationBreached;
}

}  // namespace

void add_profile_command(CLI::App& app, const GlobalOptions& options, Action& action) {
  auto* command = app.add_subcommand(
      "check",
      "judge the sites of a scenario by what a tender asks for; exit code 4 when something required is missing");
  auto check = std::make_shared<CheckOptions>();
  check->scenario.declare(*command);
  command
      ->add_option("--profile", check->profile,
                   fmt::format("tender profile: {}, or a YAML file", fmt::join(scenario::builtin_profiles(), ", ")))
      ->required();
  command->add_option("--site", check->site, "only this site, of whatever kind");
  auto* all =
      command->add_flag("--all-variants", check->all_variants, "the scenario and all its variants, side by side");
  all->excludes(command->get_option("--variant"));
  command->add_flag("--allow-unknown", check->allow_unknown,
                    "criteria that cannot be judged do not change the exit code");
  command->add_option("--format", check->format, "what goes to stdout")
      ->check(CLI::IsMember({"table", "json", "md"}))
      ->capture_default_str();
  command->callback([=, &options, &action] { action = [=, &options] { return check_profile(*check, options); }; });
}

}  // namespace gigasim::cli
