#include "models_train_command.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>

#include "declare.hpp"
#include "gigasim/catalogue/ai_models.hpp"
#include "gigasim/catalogue/catalogue.hpp"
#include "gigasim/models/ai_job.hpp"
#include "gigasim/models/evidence.hpp"
#include "gigasim/report/humane.hpp"
#include "gigasim/report/rows.hpp"
#include "gigasim/units/text.hpp"
#include "output.hpp"

namespace gigasim::cli {
namespace {

using Json = nlohmann::ordered_json;
namespace humane = report::humane;

struct TrainOptions {
  std::string model, accelerator, task = "pre_training", precision = "bf16";
  std::int64_t devices = 0;
  double tokens = 0.0;
  double sequence = 0.0, batch = 0.0;  // 0: the usual ones
  double software_efficiency = 0.0;    // 0: that of the software
  std::string software;                // empty: the vendor's usual one
  std::string format = "table";
};

[[noreturn]] void fail_unknown(const char* what, const std::string& id, const char* kind,
                               const std::vector<std::string>& ids) {
  const auto near = units::nearest(id, ids);
  throw UsageError(fmt::format("unknown {} \"{}\" ({}`gigasim catalogue list {}` lists them)", what, id,
                               near ? fmt::format("did you mean \"{}\"? ", *near) : "", kind));
}

const catalogue::AiModel& model_of(const TrainOptions& options) {
  if (const auto* model = catalogue::find_ai_model(options.model)) return *model;
  std::vector<std::string> ids;
  for (const auto& one : catalogue::ai_models()) ids.push_back(one.id);
  fail_unknown("AI model", options.model, "ai-models", ids);
}

const catalogue::Accelerator& accelerator_of(const TrainOptions& options) {
  if (const auto* accelerator = catalogue::find_accelerator(options.accelerator)) return *accelerator;
  std::vector<std::string> ids;
  for (const auto& one : catalogue::accelerators()) {
    ids.push_back(one.id);
    ids.insert(ids.end(), one.aliases.begin(), one.aliases.end());
  }
  fail_unknown("accelerator", options.accelerator, "accelerators", ids);
}

models::AiJob job_of(const TrainOptions& options) {
  const auto* const task = std::find(models::kAiTaskWords.begin(), models::kAiTaskWords.end(), options.task);
  auto job = models::usual_job(static_cast<models::AiTask>(task - models::kAiTaskWords.begin()), model_of(options));
  if (options.precision == "fp8") job.precision = models::Precision::kFp8;
  if (options.precision == "fp4") job.precision = models::Precision::kFp4;
  if (options.precision == "mxfp4") job.precision = models::Precision::kMxfp4;
  if (options.precision == "int4") job.precision = models::Precision::kInt4;
  if (models::trains(job.task) && models::weight_only(job.precision)) {
    throw UsageError(fmt::format("{} is a format of weights that are served: {} computes in bf16, fp8 or fp4",
                                 options.precision, options.task));
  }
  if (options.sequence > 0.0) job.sequence = options.sequence;
  if (options.batch > 0.0) job.batch = options.batch;
  if (job.batch < job.sequence) throw UsageError("the batch is less than one sequence");
  return job;
}

/// A prediction with what it is for.
struct Prediction {
  models::AiJob job;
  models::AiRun run;
  std::string model, accelerator;
  std::int64_t devices = 0;
  double tokens_per_second = 0.0, mfu = 0.0, seconds = 0.0;
  models::Software software;
  models::TimeRange range;  ///< the duration lies within these times the predicted one
  std::string evidence;
  models::StepTime step;  ///< at the software efficiency
};

models::Software software_of(const TrainOptions& options, const models::AiJob& job,
                             const catalogue::Accelerator& accelerator) {
  const auto task = models::software_task(job.task);
  const auto* named = options.software.empty() ? nullptr : catalogue::find_software_stack(options.software);
  if (!options.software.empty() && named == nullptr) {
    std::vector<std::string> ids;
    for (const auto& one : catalogue::software_stacks()) ids.push_back(one.id);
    fail_unknown("software", options.software, "software-stacks", ids);
  }
  if (named != nullptr && (named->task != task || named->vendor != accelerator.vendor)) {
    throw UsageError(fmt::format("{} is software for {} on accelerators of {}", named->id,
                                 named->task == catalogue::SoftwareTask::kServing ? "serving" : "training",
                                 named->vendor));
  }
  return models::software_for(
      accelerator, task,
      options.software_efficiency > 0.0 ? std::optional<double>{options.software_efficiency} : std::nullopt,
      options.software);
}

Prediction predict(const TrainOptions& options) {
  Prediction p;
  p.job = job_of(options);
  const catalogue::Accelerator& accelerator = accelerator_of(options);
  const models::Device device = models::device_of(accelerator);
  const auto run = models::run_of(p.job, device, options.devices);
  if (!run) {
    const auto fewest = models::fewest_devices(p.job, device);
    if (models::obstacle_of(p.job, device, options.devices) == models::Obstacle::kPrecision) {
      throw UsageError(fmt::format("{} does not compute in {}, or the catalogue does not know how fast", accelerator.id,
                                   options.precision));
    }
    throw UsageError(
        fmt::format("{} does not fit on {} {} in any layout{}", options.model, options.devices, accelerator.id,
                    fewest ? fmt::format(": {} are the fewest", *fewest) : ", nor on any other number of them"));
  }
  p.run = *run;
  p.model = model_of(options).id;
  p.accelerator = accelerator.id;
  p.devices = options.devices;
  p.software = software_of(options, p.job, accelerator);
  p.tokens_per_second = run->tokens_per_second * p.software.efficiency;
  p.mfu = run->utilisation * p.software.efficiency;
  p.seconds = options.tokens / p.tokens_per_second;
  p.step = run->step;
  for (double* part : {&p.step.total, &p.step.linear, &p.step.attention, &p.step.memory, &p.step.tensor,
                       &p.step.experts, &p.step.pipeline, &p.step.stages, &p.step.context, &p.step.data}) {
    *part /= p.software.efficiency;
  }
  p.range = models::time_range(models::error_of(p.job, device), p.software);
  p.evidence =
      models::evidence_sentence(accelerator, models::software_task(p.job.task), p.software, p.job.model.mixture());
  return p;
}

std::string gigabytes(double bytes) {
  return fmt::format("{:.1f} GB", bytes / 1e9);
}

std::string duration(double seconds) {
  return units::humane_duration(units::Seconds{seconds});
}

void add_step(report::Rows& rows, const models::StepTime& step) {
  const auto part = [&](const char* name, double seconds) {
    if (seconds > 0.0) {
      rows.push_back(
          {fmt::format("  {}", name), fmt::format("{:.3f} s ({})", seconds, humane::percent(seconds / step.total))});
    }
  };
  rows.push_back({"one step", fmt::format("{:.3f} s", step.total)});
  part("linear layers", step.linear);
  part("attention", step.attention);
  part("memory traffic", step.memory);
  part("tensor-parallel exchange", step.tensor);
  part("expert exchange", step.experts);
  part("pipeline bubble", step.pipeline);
  part("stage-to-stage exchange", step.stages);
  part("gather of keys and values", step.context);
  part("data-parallel exchange", step.data);
}

const char* recomputation(models::Recompute recompute) {
  switch (recompute) {
    case models::Recompute::kFull:
      return "full";
    case models::Recompute::kSelective:
      return "selective";
    case models::Recompute::kNone:
      break;
  }
  return "none";
}

const char* sharding(models::DataParallel mode) {
  switch (mode) {
    case models::DataParallel::kShardedOptimizer:
      return "zero1";
    case models::DataParallel::kShardedGradients:
      return "zero2";
    case models::DataParallel::kFullySharded:
      return "zero3";
    case models::DataParallel::kReplicated:
      break;
  }
  return "none";
}

std::string layout_text(const models::TrainingLayout& layout) {
  std::string text = fmt::format("tensor {} x pipeline {}", layout.tensor, layout.pipeline);
  if (layout.virtual_stages > 1) text += fmt::format(" ({} virtual stages each)", layout.virtual_stages);
  if (layout.context > 1) text += fmt::format(" x context {}", layout.context);
  return text + fmt::format(" x data {}, micro-batch {:.0f}, sharding {}, recomputation {}", layout.data,
                            layout.micro_batch, sharding(layout.mode), recomputation(layout.recompute));
}

void add_training(report::Rows& rows, const Prediction& p) {
  rows.push_back({"layout", layout_text(p.run.layout)});
  rows.push_back(
      {"memory of a device", fmt::format("{}: {} of parameters, {} of activations", gigabytes(p.run.memory.total()),
                                         gigabytes(p.run.memory.parameters), gigabytes(p.run.memory.activations))});
  add_step(rows, p.step);
}

std::string text_of(const Prediction& p) {
  report::Rows rows{{"figure", "value"}};
  if (models::trains(p.job.task)) {
    add_training(rows, p);
  } else {
    rows.push_back({"replicas", fmt::format("{}, of {} {} each", p.run.replicas, p.run.replica.tensor,
                                            p.run.replica.tensor == 1 ? "accelerator" : "accelerators")});
  }
  rows.push_back({"devices at work", fmt::format("{} of {}", p.run.devices_at_work, p.devices)});
  rows.push_back({"rate", humane::quantity(p.tokens_per_second, "tokens/s")});
  rows.push_back({"model FLOP utilisation", humane::percent(p.mfu)});
  rows.push_back({"duration", fmt::format("{} (from {} to {})", duration(p.seconds), duration(p.seconds * p.range.low),
                                          duration(p.seconds * p.range.high))});
  rows.push_back({"accelerator-hours", humane::number(p.seconds / 3600.0 * static_cast<double>(p.devices))});
  rows.push_back({"software", p.software.stack.empty()
                                  ? fmt::format("efficiency {} as stated", humane::number(p.software.efficiency))
                                  : fmt::format("{}: efficiency {} ({} to {})", p.software.stack,
                                                humane::number(p.software.efficiency), humane::number(p.software.low),
                                                humane::number(p.software.high))});
  rows.push_back({"evidence", p.evidence});
  return report::aligned(rows);
}

Json training_json(const Prediction& p) {
  const models::StepTime& step = p.step;
  const models::TrainingLayout& layout = p.run.layout;
  Json json = {{"layout",
                {{"tensor", layout.tensor},
                 {"pipeline", layout.pipeline},
                 {"virtual_stages", layout.virtual_stages},
                 {"context", layout.context},
                 {"data", layout.data},
                 {"micro_batch", layout.micro_batch},
                 {"sharding", sharding(layout.mode)},
                 {"recomputation", recomputation(layout.recompute)},
                 {"full_recomputation", layout.recompute == models::Recompute::kFull}}},
               {"memory_bytes", {{"parameters", p.run.memory.parameters}, {"activations", p.run.memory.activations}}},
               {"step_s",
                {{"total", step.total},
                 {"linear", step.linear},
                 {"attention", step.attention},
                 {"memory", step.memory},
                 {"tensor", step.tensor},
                 {"experts", step.experts},
                 {"pipeline", step.pipeline},
                 {"stages", step.stages},
                 {"context", step.context},
                 {"data", step.data}}}};
  return json;
}

std::string json_of(const Prediction& p) {
  Json json = {{"ai_model", p.model}, {"accelerator", p.accelerator}, {"accelerators", p.devices}};
  json["task"] = models::ai_task_word(p.job.task);
  if (models::trains(p.job.task)) json.update(training_json(p));
  json["devices_at_work"] = p.run.devices_at_work;
  json["tokens_per_second"] = p.tokens_per_second;
  json["mfu"] = p.mfu;
  json["duration_s"] = {{"best", p.seconds}, {"low", p.seconds * p.range.low}, {"high", p.seconds * p.range.high}};
  json["software"] = {{"stack", p.software.stack.empty() ? Json(nullptr) : Json(p.software.stack)},
                      {"efficiency", p.software.efficiency},
                      {"low", p.software.low},
                      {"high", p.software.high}};
  json["evidence"] = p.evidence;
  return json.dump(2) + "\n";
}

ExitCode train(const TrainOptions& options) {
  const Prediction p = predict(options);
  if (models::exceeds_context(p.job, model_of(options))) {
    spdlog::warn(
        "sequences of {} tokens are longer than the context of {}, {} tokens: it is taken to be made for longer ones",
        units::grouped(std::llround(p.job.sequence)), p.model, units::grouped(model_of(options).context));
  }
  print(options.format == "json" ? json_of(p) : text_of(p));
  return ExitCode::kSuccess;
}

}  // namespace

void add_models_train_command(CLI::App& models, Action& action) {
  auto* command = models.add_subcommand(
      "train", "how long a job on an AI model takes: layout, memory, where the time of a step goes, duration, MFU");
  auto options = std::make_shared<TrainOptions>();
  command->add_option("--model", options->model, "AI model of the catalogue")->type_name("ID")->required();
  command->add_option("--accelerator", options->accelerator, "accelerator of the catalogue")
      ->type_name("ID")
      ->required();
  command->add_option("-n,--accelerators", options->devices, "how many")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{100'000'000}))
      ->required();
  command->add_option("--tokens", options->tokens, "tokens to train on, or to read and write")
      ->check(positive_number())
      ->required();
  const std::vector<std::string> tasks(gigasim::models::kAiTaskWords.begin(), gigasim::models::kAiTaskWords.end());
  command->add_option("--task", options->task, "what the job does")->check(CLI::IsMember(tasks))->capture_default_str();
  command->add_option("--precision", options->precision, "number format of the matrix products")
      ->check(CLI::IsMember({"bf16", "fp8", "fp4", "mxfp4", "int4"}))
      ->capture_default_str();
  command
      ->add_option("--sequence", options->sequence, "tokens of a sequence; the usual ones of the task when not given")
      ->check(positive_number());
  command->add_option("--batch", options->batch, "tokens of one step; the usual ones of the task when not given")
      ->check(positive_number());
  auto* software = command
                       ->add_option("--software", options->software,
                                    "software stack of the catalogue; the usual one of the vendor when not given")
                       ->type_name("ID");
  command->add_option("--software-efficiency", options->software_efficiency, "as measured, in the place of the stack's")
      ->check(CLI::Range(0.3, 1.5))
      ->excludes(software);
  command->add_option("--format", options->format, "what goes to stdout")
      ->check(CLI::IsMember({"table", "json"}))
      ->capture_default_str();
  command->callback([=, &action] { action = [=] { return train(*options); }; });
}

}  // namespace gigasim::cli
