#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <filesystem>
#include <memory>

#include "commands.hpp"
#include "gigasim/report/html.hpp"
#include "gigasim/report/report.hpp"
#include "output.hpp"
#include "read_each.hpp"
#include "scenario_options.hpp"
#include "scenario_pool.hpp"
#include "simulate.hpp"

namespace gigasim::cli {
namespace {

bool is_scenario(const std::filesystem::path& path) {
  return path.extension() == ".yaml" || path.extension() == ".yml";
}

/// The scenario and each of its variants, to be run into the usual folders. Throws scenario::ScenarioError for a
/// mistake in any of them, before the first is run.
std::vector<PoolRun> runs_of(const std::string& file) {
  std::vector<std::string> variants{""};
  for (std::string& name : scenario::variant_names(file)) variants.push_back(std::move(name));
  std::vector<PoolRun> runs;
  for (const std::string& variant : variants) {
    ScenarioOptions options;
    options.file = file;
    options.variant = variant;
    static_cast<void>(options.load());
    runs.push_back({file, variant, default_folder(file, variant), {}, {}});
    report::check_folder(runs.back().folder);
  }
  return runs;
}

ExitCode write_report(const std::vector<std::string>& paths, const std::string& file) {
  std::vector<PoolRun> runs;
  std::vector<std::string> results;
  for (const std::string& path : paths) {
    if (!is_scenario(path)) {
      results.push_back(path);
      continue;
    }
    for (PoolRun& run : runs_of(path)) {
      results.push_back(run.folder.string());
      runs.push_back(std::move(run));
    }
  }
  if (results.size() > report::HtmlReport::kMostResults) {
    throw UsageError(fmt::format("{} results do not fit beside each other: a page takes up to {}", results.size(),
                                 report::HtmlReport::kMostResults));
  }
  if (!runs.empty()) {
    spdlog::info("simulating {} run{}, {} at a time", runs.size(), runs.size() == 1 ? "" : "s", usual_processes());
    run_all(runs, usual_processes());
    if (const ExitCode code = worst(runs); code != ExitCode::kSuccess) return code;
  }
  report::HtmlReport html;
  read_each(results, [&](const std::string& path) { html.add(path); });
  if (file == "-") {
    print(html.page());
    return ExitCode::kSuccess;
  }
  write_text(file, html.page());
  spdlog::info("the report is in {}", file);
  return ExitCode::kSuccess;
}

}  // namespace

void add_report_command(CLI::App& app, const GlobalOptions& /*options*/, Action& action) {
  auto* command =
      app.add_subcommand("report", "write an HTML page on scenarios or results, to read, print and forward");
  auto paths = std::make_shared<std::vector<std::string>>();
  command
      ->add_option("RESULT", *paths,
                   "result folders, or scenario files (.yaml), which are run first with all their variants; the others "
                   "are compared with the first")
      ->required()
      ->expected(1, static_cast<int>(report::HtmlReport::kMostResults));
  auto file = std::make_shared<std::string>("report.html");
  command->add_option("-o,--output", *file, "file to write; - for stdout")->type_name("FILE")->capture_default_str();
  command->callback([=, &action] { action = [=] { return write_report(*paths, *file); }; });
}

}  // namespace gigasim::cli
