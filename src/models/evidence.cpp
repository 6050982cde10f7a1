#include "gigasim/models/evidence.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace gigasim::models {
namespace {

using catalogue::SoftwareTask;

bool is_saturated(const catalogue::Row& row) {
  return row.number("tp").has_value() &&
         (row["scenario"] == "max_throughput" || row["scenario"] == "concurrency" || row["scenario"] == "offline");
}

bool is_of(const catalogue::Row& row, const Software& software) {
  if (software.stack.empty()) return true;
  const auto& families = catalogue::find_software_stack(software.stack)->families;
  return std::any_of(families.begin(), families.end(),
                     [&](const std::string& family) { return row["family"].starts_with(family); });
}

bool counts(const catalogue::Row& row, SoftwareTask task, const Software& software, bool mixture) {
  if ((row["kind"] == "moe") != mixture || !is_of(row, software)) return false;
  return task == SoftwareTask::kTraining ? row["level"] == "step" : is_saturated(row);
}

std::string rates_of(SoftwareTask task, bool mixture, std::int64_t count) {
  return fmt::format("{} of {} {}", count == 1 ? "rate" : "rates",
                     task == SoftwareTask::kTraining ? "training" : "serving",
                     mixture ? "mixtures of experts" : "dense models");
}

}  // namespace

SoftwareTask software_task(AiTask task) {
  return trains(task) ? SoftwareTask::kTraining : SoftwareTask::kServing;
}

Software software_for(const catalogue::Accelerator& accelerator, SoftwareTask task, std::optional<double> stated,
                      const std::string& stack) {
  if (stated) return {"", *stated, *stated, *stated};
  const catalogue::SoftwareStack* named = stack.empty() ? nullptr : catalogue::find_software_stack(stack);
  const bool fits = named != nullptr && named->task == task && named->vendor == accelerator.vendor;
  const auto& used = fits ? *named : catalogue::usual_software_stack(accelerator.vendor, task);
  return {used.id, used.efficiency, used.low, used.high};
}

Measurements measurements_for(const catalogue::Accelerator& accelerator, SoftwareTask task, const Software& software,
                              bool mixture) {
  Measurements found;
  const char* kind = task == SoftwareTask::kTraining ? "training-runs" : "inference-benchmarks";
  for (const catalogue::Row& row : catalogue::find_table(kind)->rows) {
    const auto* other =
        counts(row, task, software, mixture) ? catalogue::find_accelerator(row["accelerator"]) : nullptr;
    if (other == nullptr || other->vendor != accelerator.vendor) continue;
    ++found.of_vendor;
    if (other->id == accelerator.id) ++found.on_accelerator;
  }
  return found;
}

TimeRange time_range(double model_error, const Software& software) {
  return {std::min(1.0 - model_error, software.efficiency / software.high),
          std::max(1.0 + model_error, software.efficiency / software.low)};
}

std::string evidence_sentence(const catalogue::Accelerator& accelerator, SoftwareTask task, const Software& software,
                              bool mixture) {
  const Measurements found = measurements_for(accelerator, task, software, mixture);
  const std::string with = software.stack.empty() ? "" : fmt::format(" with this software");
  if (found.on_accelerator > 0) {
    return fmt::format("{} published {} on {}{} {} behind this", found.on_accelerator,
                       rates_of(task, mixture, found.on_accelerator), accelerator.id, with,
                       found.on_accelerator == 1 ? "stands" : "stand");
  }
  const std::string none = fmt::format("no published {} on {}", rates_of(task, mixture, 1), accelerator.id);
  if (found.of_vendor > 0) {
    return fmt::format("{}{} stands behind this; {} on other {} accelerators", none, with, found.of_vendor,
                       accelerator.vendor);
  }
  const bool sold = !accelerator.vendor.empty() && accelerator.vendor != "-";
  return fmt::format("{}, nor on any other {}accelerator,{} stands behind this", none,
                     sold ? accelerator.vendor + " " : std::string{}, with);
}

}  // namespace gigasim::models
