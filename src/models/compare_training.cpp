#include <fmt/format.h>

#include <algorithm>

#include "benchmark_groups.hpp"
#include "gigasim/models/ai_job.hpp"
#include "prefixes.hpp"

namespace gigasim::models {
namespace {

constexpr std::string_view kDenseRuns = "dense, sequences up to 8,192 tokens";
constexpr std::string_view kLongRuns = "dense, longer sequences: outside the fit";
constexpr std::string_view kMixtureRuns = "mixtures of experts: known to 40 %";
constexpr std::string_view kOthers = "other vendors: for reference only";
constexpr double kLongestFitted = 8192.0;

double or_one(const catalogue::Row& row, std::string_view column) {
  return row.number(column).value_or(1.0);
}

TrainingLayout layout_of(const catalogue::Row& row) {
  TrainingLayout layout;
  layout.tensor = static_cast<int>(or_one(row, "tp"));
  layout.pipeline = static_cast<int>(or_one(row, "pp"));
  layout.virtual_stages = static_cast<int>(or_one(row, "vpp"));
  layout.context = static_cast<int>(or_one(row, "cp"));
  layout.data = static_cast<int>(or_one(row, "dp"));
  layout.micro_batch = or_one(row, "micro_batch");
  const std::string& mode = row["dp_mode"];
  if (mode == "ddp") layout.mode = DataParallel::kReplicated;
  if (mode == "zero2") layout.mode = DataParallel::kShardedGradients;
  if (mode == "fsdp") layout.mode = DataParallel::kFullySharded;
  const std::string& recompute = row["recompute"];
  layout.recompute = recompute == "full"        ? Recompute::kFull
                     : recompute == "selective" ? Recompute::kSelective
                                                : Recompute::kNone;
  return layout;
}

std::string_view group_of(const catalogue::Row& row, const catalogue::Accelerator& accelerator) {
  if (accelerator.vendor != "NVIDIA") return kOthers;
  if (row["kind"] == "moe") return kMixtureRuns;
  return *row.number("seq_len") <= kLongestFitted ? kDenseRuns : kLongRuns;
}

/// Says why the model cannot be held against a row; "" when it can.
std::string why_not_trained(const catalogue::Row& row, const catalogue::Accelerator* accelerator) {
  if (row["level"] != "step") return "a whole job, not a steady rate";
  if (std::string reason = unknown_rates(row, accelerator, "precision"); !reason.empty()) return reason;
  return missing_cell(row, {"params_b", "active_params_b", "layers", "hidden", "seq_len", "gbs_seqs", "accelerators",
                            "tokens_per_s_per_acc"});
}

TrainingStep step_of(const catalogue::Row& row) {
  TrainingStep step;
  step.sequence = *row.number("seq_len");
  step.sequences = *row.number("gbs_seqs");
  step.devices = *row.number("accelerators");
  step.precision = *precision_named(row["precision"]);
  step.scale_out_rate = row.number("nic_gbit_s_per_acc").value_or(0.0) * kGiga / kBitsPerByte;
  return step;
}

/// Per device that the run held: those that a layout leaves over idle.
std::optional<double> automatic_rate(const Transformer& model, const Device& device, TrainingStep step) {
  const auto layout = choose_layout(model, device, step);
  if (!layout) return std::nullopt;
  const double held = step.devices;
  step.devices = layout->devices();
  return step_time(model, device, step, *layout).tokens_per_second_per_device * step.devices / held;
}

Comparison compared(const catalogue::Row& row, const catalogue::Accelerator& accelerator) {
  const Transformer model = benchmarked_model(row);
  const Device device = device_of(accelerator);
  const TrainingStep step = step_of(row);
  const TrainingLayout layout = layout_of(row);
  AiJob job;
  job.model = model;
  Comparison comparison;
  comparison.row = &row;
  comparison.measured = *row.number("tokens_per_s_per_acc");
  comparison.predicted = step_time(model, device, step, layout).tokens_per_second_per_device;
  comparison.automatic = automatic_rate(model, device, step);
  comparison.published_fits = fits(model, device, step, layout);
  comparison.band = error_of(job, device);
  return comparison;
}

}  // namespace

BenchmarkReport compare_training(const RowFilter& takes) {
  Groups groups{{{std::string{kDenseRuns}, "tokens/s per device", true, {}},
                 {std::string{kLongRuns}, "tokens/s per device", false, {}},
                 {std::string{kMixtureRuns}, "tokens/s per device", false, {}},
                 {std::string{kOthers}, "tokens/s per device", false, {}}}};
  for (const catalogue::Row& row : catalogue::find_table("training-runs")->rows) {
    if (!takes(row)) continue;
    const auto* accelerator = catalogue::find_accelerator(row["accelerator"]);
    if (std::string reason = why_not_trained(row, accelerator); !reason.empty()) {
      groups.leave_out(row, std::move(reason));
      continue;
    }
    groups.add(group_of(row, *accelerator), compared(row, *accelerator));
  }
  return std::move(groups).report();
}

}  // namespace gigasim::models
