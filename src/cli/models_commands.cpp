#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "gigasim/models/benchmarks.hpp"
#include "gigasim/report/rows.hpp"
#include "models_train_command.hpp"
#include "output.hpp"
#include "own_tables.hpp"

namespace gigasim::cli {
namespace {

using Json = nlohmann::ordered_json;

struct ModelsCheck {
  std::string training, inference;  // files of the user
  std::string format = "table";
};

/// A model's name, its report, and whether the rows are the user's.
struct Part {
  std::string name;
  models::BenchmarkReport report;
  bool own = false;
};

std::string percent(double fraction) {
  return fmt::format("{:+.1f} %", 100.0 * fraction);
}

std::string rate(double value) {
  return value < 100.0 ? fmt::format("{:.1f}", value) : fmt::format("{:.0f}", value);
}

/// The columns that only training has: what the model says with the layout that a job gets which states none.
bool has_layouts(const Part& part) {
  return part.name == "training";
}

report::Rows row_table(const Part& part, const models::ComparisonGroup& group) {
  const std::string published = has_layouts(part) ? "published layout" : "model says";
  report::Rows rows{{"row", "model", "accelerator", "devices", "measured", published, "error"}};
  if (has_layouts(part)) rows.front().insert(rows.front().end(), {"automatic layout", "error"});
  for (const models::Comparison& one : group.rows) {
    const catalogue::Row& row = *one.row;
    rows.push_back({row.id(), row["model"], row["accelerator"], row["accelerators"], rate(one.measured),
                    rate(one.predicted), percent(one.error())});
    if (!has_layouts(part)) continue;
    if (one.automatic) {
      rows.back().insert(rows.back().end(), {rate(*one.automatic), percent(*one.automatic / one.measured - 1.0)});
    } else {
      rows.back().insert(rows.back().end(), {"none fits", ""});
    }
  }
  return rows;
}

std::string summary_text(const models::ErrorSummary& sum) {
  return fmt::format("mean error {:.1f} %, median {:.1f} %, 90 % of rows within {:.1f} %, bias {}",
                     100.0 * sum.mean_absolute, 100.0 * sum.median_absolute, 100.0 * sum.p90_absolute,
                     percent(sum.bias));
}

std::vector<std::string> stack_row(std::string age, std::string vendor, std::string stack,
                                   const std::vector<models::Comparison>& all) {
  const models::ErrorSummary published = models::summarise(all);
  const models::ErrorSummary automatic = models::summarise(models::with_automatic_layouts(all));
  const auto share = [](double fraction) { return fmt::format("{:.0f} %", 100.0 * fraction); };
  std::vector<std::string> row{std::move(age),
                               std::move(vendor),
                               std::move(stack),
                               fmt::format("{}", published.rows),
                               fmt::format("{:.1f} %", 100.0 * published.mean_absolute),
                               percent(published.bias)};
  if (automatic.rows == 0) return row;
  row.insert(row.end(), {fmt::format("{}", automatic.rows), fmt::format("{:.1f} %", 100.0 * automatic.mean_absolute),
                         percent(automatic.bias), share(automatic.within_15), share(automatic.within_25),
                         share(automatic.within_band)});
  return row;
}

/// By age, vendor and software: the automatic layout is what a tuned stack could get, not what each one gets.
std::string stacks_text(const models::ComparisonGroup& group) {
  report::Rows rows{{"accelerators", "vendor", "software", "rows", "published: error", "bias", "automatic: rows",
                     "error", "bias", "within 15 %", "within 25 %", "in its band"}};
  const auto tuned = models::newer_and_tuned(group);
  if (!tuned.empty()) rows.push_back(stack_row("newer than A100", "all", "all but PyTorch-native", tuned));
  for (const models::StackGroup& one : models::by_stack(group)) {
    rows.push_back(stack_row(one.newer ? "newer than A100" : "A100 or older", one.vendor,
                             one.stack + (one.pytorch_native ? " (PyTorch-native)" : ""), one.rows));
  }
  return report::aligned(rows);
}

std::string group_text(const Part& part, const models::ComparisonGroup& group) {
  const models::ErrorSummary sum = models::summarise(group.rows);
  std::string text =
      fmt::format("{}: {} ({})\n{}", part.name, group.title, group.unit, report::aligned(row_table(part, group)));
  text += fmt::format("{} rows{}: {}\n", sum.rows, has_layouts(part) ? ", published layouts" : "", summary_text(sum));
  if (has_layouts(part)) {
    const auto automatic = models::summarise(models::with_automatic_layouts(group.rows));
    text +=
        fmt::format("{} rows, automatic layouts: {}\n{}", automatic.rows, summary_text(automatic), stacks_text(group));
  }
  if (part.own) {
    text += fmt::format("measured over model, median: {:.2f}{}\n", sum.median_ratio,
                        part.name == "training" ? " (a first guess for `software_efficiency`)" : "");
  }
  return text + "\n";
}

std::string part_text(const Part& part) {
  std::string text;
  for (const models::ComparisonGroup& group : part.report.groups) text += group_text(part, group);
  if (part.report.left_out.empty()) return text;
  report::Rows rows{{"left out", "model", "why"}};
  for (const models::LeftOut& one : part.report.left_out) {
    rows.push_back({one.row->id(), (*one.row)["model"], one.reason});
  }
  return text + fmt::format("{}: rows that the model cannot be held against\n{}\n", part.name, report::aligned(rows));
}

Json errors_json(const std::vector<models::Comparison>& rows) {
  const models::ErrorSummary sum = models::summarise(rows);
  return {{"rows", sum.rows},
          {"mean_absolute_error", sum.mean_absolute},
          {"bias", sum.bias},
          {"within_15_percent", sum.within_15},
          {"within_25_percent", sum.within_25},
          {"within_stated_band", sum.within_band}};
}

/// Both errors of rows that belong together.
Json layouts_json(const std::vector<models::Comparison>& rows) {
  return {{"published_layout", errors_json(rows)},
          {"automatic_layout", errors_json(models::with_automatic_layouts(rows))}};
}

void add_layouts(const models::ComparisonGroup& group, Json& json) {
  json["layouts"] = layouts_json(group.rows);
  json["newer_than_a100_not_pytorch_native"] = layouts_json(models::newer_and_tuned(group));
  Json& stacks = json["stacks"] = Json::array();
  for (const models::StackGroup& one : models::by_stack(group)) {
    stacks.push_back({{"newer_than_a100", one.newer},
                      {"vendor", one.vendor},
                      {"stack", one.stack},
                      {"pytorch_native", one.pytorch_native}});
    stacks.back().update(layouts_json(one.rows));
  }
  for (std::size_t i = 0; i < group.rows.size(); ++i) {
    const models::Comparison& one = group.rows[i];
    Json& row = json["comparisons"][i];
    row["automatic"] = one.automatic ? Json(*one.automatic) : Json(nullptr);
    row["automatic_error"] = one.automatic ? Json(*one.automatic / one.measured - 1.0) : Json(nullptr);
    row["published_layout_fits"] = one.published_fits;
    row["stated_band"] = one.band;
  }
}

Json group_json(const models::ComparisonGroup& group) {
  const models::ErrorSummary sum = models::summarise(group.rows);
  Json json = {{"title", group.title},
               {"unit", group.unit},
               {"rows", sum.rows},
               {"mean_absolute_error", sum.mean_absolute},
               {"median_absolute_error", sum.median_absolute},
               {"p90_absolute_error", sum.p90_absolute},
               {"bias", sum.bias},
               {"median_measured_over_predicted", sum.median_ratio}};
  Json& rows = json["comparisons"] = Json::array();
  for (const models::Comparison& one : group.rows) {
    rows.push_back({{"id", one.row->id()},
                    {"model", (*one.row)["model"]},
                    {"accelerator", (*one.row)["accelerator"]},
                    {"measured", one.measured},
                    {"predicted", one.predicted},
                    {"error", one.error()}});
  }
  return json;
}

std::string memory_text(const std::vector<models::MemoryComparison>& all) {
  report::Rows rows{{"model", "published", "model says", "error"}};
  for (const models::MemoryComparison& one : all) {
    rows.push_back({std::string{one.model}, fmt::format("{:.2f}", one.published), fmt::format("{:.2f}", one.predicted),
                    fmt::format("{:+.2f} %", 100.0 * one.error())});
  }
  return fmt::format("memory: activations of a device in training (GiB)\n{}\n", report::aligned(rows));
}

Json memory_json(const std::vector<models::MemoryComparison>& all) {
  Json rows = Json::array();
  for (const models::MemoryComparison& one : all) {
    rows.push_back({{"model", one.model},
                    {"published_gib", one.published},
                    {"predicted_gib", one.predicted},
                    {"error", one.error()}});
  }
  return rows;
}

constexpr double kSecondsPerDay = 86400.0;

/// `own`: rows of the user.
std::vector<models::JobComparison> jobs_of(bool own) {
  return models::compare_jobs([own](const catalogue::Row& row) { return row.file.empty() != own; });
}

std::string jobs_text(const std::vector<models::JobComparison>& all) {
  if (all.empty()) return {};
  report::Rows rows{{"row", "model", "accelerator", "devices", "published", "steps", "with failures", "error"}};
  const auto days = [](double seconds) { return fmt::format("{:.1f} d", seconds / kSecondsPerDay); };
  for (const models::JobComparison& one : all) {
    const catalogue::Row& row = *one.row;
    rows.push_back({row.id(), row["model"], row["accelerator"], row["accelerators"], days(one.published),
                    days(one.steps), days(one.predicted), percent(one.error())});
  }
  return fmt::format(
      "whole jobs: days with the automatic layout; failures, restarts and checkpoints are counted, a batch that grows "
      "and longer sequences at the end are not\n{}\n",
      report::aligned(rows));
}

Json jobs_json(const std::vector<models::JobComparison>& all) {
  Json rows = Json::array();
  for (const models::JobComparison& one : all) {
    rows.push_back({{"id", one.row->id()},
                    {"published_s", one.published},
                    {"steps_s", one.steps},
                    {"with_failures_s", one.predicted},
                    {"error", one.error()}});
  }
  return rows;
}

Json part_json(const Part& part) {
  Json json = {{"groups", Json::array()}, {"left_out", Json::array()}};
  for (const models::ComparisonGroup& group : part.report.groups) {
    json["groups"].push_back(group_json(group));
    if (has_layouts(part)) add_layouts(group, json["groups"].back());
  }
  for (const models::LeftOut& one : part.report.left_out) {
    json["left_out"].push_back({{"id", one.row->id()}, {"reason", one.reason}});
  }
  return json;
}

bool is_own(const ModelsCheck& options) {
  return !options.training.empty() || !options.inference.empty();
}

std::vector<Part> compare(const ModelsCheck& options) {
  std::vector<std::pair<std::string, std::string>> files;
  if (!options.training.empty()) files.emplace_back("training-runs", options.training);
  if (!options.inference.empty()) files.emplace_back("inference-benchmarks", options.inference);
  use_own_tables(files);
  const bool own = is_own(options);
  const auto takes = [own](const catalogue::Row& row) { return row.file.empty() != own; };
  std::vector<Part> parts;
  if (!own || !options.training.empty()) parts.push_back({"training", models::compare_training(takes), own});
  if (!own || !options.inference.empty()) parts.push_back({"inference", models::compare_inference(takes), own});
  return parts;
}

ExitCode check_models(const ModelsCheck& options) {
  const std::vector<Part> parts = compare(options);
  if (options.format == "json") {
    Json json = Json::object();
    for (const Part& part : parts) json[part.name] = part_json(part);
    json["jobs"] = jobs_json(jobs_of(is_own(options)));
    if (!is_own(options)) json["memory"] = memory_json(models::compare_memory());
    print(json.dump(2) + "\n");
    return ExitCode::kSuccess;
  }
  std::string text;
  for (const Part& part : parts) text += part_text(part);
  text += jobs_text(jobs_of(is_own(options)));
  if (!is_own(options)) text += memory_text(models::compare_memory());
  print(text);
  return ExitCode::kSuccess;
}

}  // namespace

void add_models_commands(CLI::App& app, const GlobalOptions& /*options*/, Action& action) {
  auto* command = app.add_subcommand(
      "models", "the models of training and serving: what they predict, and how they stand against measurements");
  command->require_subcommand(1);
  command->fallthrough();
  add_models_train_command(*command, action);
  auto* check = command->add_subcommand(
      "check", "the error of each model, row by row: on published measurements, or on your own");
  auto options = std::make_shared<ModelsCheck>();
  check
      ->add_option("--training", options->training,
                   "your own rows: a CSV file with the columns of catalogue training-runs")
      ->type_name("FILE");
  check
      ->add_option("--inference", options->inference,
                   "your own rows: a CSV file with the columns of catalogue inference-benchmarks")
      ->type_name("FILE");
  check->add_option("--format", options->format, "what goes to stdout")
      ->check(CLI::IsMember({"table", "json"}))
      ->capture_default_str();
  check->callback([=, &action] { action = [=] { return check_models(*options); }; });
}

}  // namespace gigasim::cli
