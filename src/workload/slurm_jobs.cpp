#include "slurm_jobs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "converters.hpp"
#include "slurm_array.hpp"

namespace gigasim::workload {
namespace {

constexpr std::array<SlurmState, 22> kSlurmStates{{
    {"COMPLETED", kCompleted, ""},
    {"FAILED", kFailed, ""},
    {"TIMEOUT", kFailed, ""},
    {"NODE_FAIL", kFailed, ""},
    {"OUT_OF_MEMORY", kFailed, ""},
    {"BOOT_FAIL", kFailed, ""},
    {"DEADLINE", kFailed, ""},
    {"LAUNCH_FAILED", kFailed, ""},
    {"RECONFIG_FAIL", kFailed, ""},
    {"PREEMPTED", kFailed, ""},
    {"REQUEUED", kFailed, ""},
    {"SPECIAL_EXIT", kFailed, ""},
    {"CANCELLED", kCancelled, ""},
    {"REVOKED", "", "revoked: it ran on another cluster"},
    {"PENDING", "", "still pending"},
    {"REQUEUE_HOLD", "", "still pending"},
    {"CONFIGURING", "", "still pending"},
    {"RUNNING", "", "still running"},
    {"COMPLETING", "", "still running"},
    {"SUSPENDED", "", "still running"},
    {"RESIZING", "", "still running"},
    {"STOPPED", "", "still running"},
}};

}  // namespace

const SlurmState* slurm_state(std::string_view cell) {
  cell = cell.substr(0, cell.find_first_of(" +"));
  const auto* const found =
      std::find_if(kSlurmStates.begin(), kSlurmStates.end(), [&](const SlurmState& s) { return s.word == cell; });
  return found == kSlurmStates.end() ? nullptr : found;
}

void SlurmJobs::take(const SlurmRecord& record) {
  if (record.id.find('.') != std::string::npos) return log_.drop("job step");
  if (!record.state->dropped.empty()) return log_.drop(record.state->dropped);
  const auto submit = submit_time(record);
  if (!submit) return log_.drop("no submit time");
  const bool ran = record.started || record.elapsed.value_or(0.0) > 0.0;
  if (record.state->outcome == kCancelled && !ran) return log_.drop("cancelled in the queue");
  if (!record.elapsed) return log_.drop("no run time");
  const double accelerators = accelerators_of(record);
  if (accelerators <= 0.0 && record.gpus.unknown_share) {
    return log_.drop("a share of a GPU of unknown size (--gpu-share states it)");
  }
  const auto range = array_range(record.listed_id);
  if (!range || range->tasks.empty()) {
    if (range) log_.repaired("a list of array tasks that cannot be read, kept as one job");
    return keep(record, record.id, *submit, accelerators);
  }
  if (accelerators <= 0.0) return log_.drop("no accelerators");
  log_.report().added += static_cast<std::int64_t>(range->tasks.size()) - 1;
  for (const std::int64_t task : range->tasks) {
    (void)submit_time(record);  // counts for each
    if (range->tasks.size() > 1) log_.repaired("a task of an array that stands in one record with others");
    keep(record, fmt::format("{}_{}", range->array, task), *submit, accelerators_of(record));
  }
}

/// Held, dependent and throttled jobs could not start before they were eligible; a job that has started was.
std::optional<double> SlurmJobs::submit_time(const SlurmRecord& record) {
  log_.forget_row();
  if (!record.submit || !record.eligible || *record.eligible <= *record.submit) return record.submit;
  if (record.start && *record.eligible > *record.start) {
    log_.repaired("eligible only after its start: submitted when it was");
    return record.submit;
  }
  log_.repaired("held or dependent: submitted when it became eligible");
  return record.eligible;
}

double SlurmJobs::accelerators_of(const SlurmRecord& record) {
  if (record.gpus.count > 0.0) {
    if (record.gpus.shares) log_.repaired("a share of a GPU, by the factor of its type");
    return record.gpus.count;
  }
  if (record.gpus.unknown_share) return 0.0;
  if (options_.accelerators_per_node && record.nodes) {
    return static_cast<double>(*options_.accelerators_per_node) * static_cast<double>(*record.nodes);
  }
  if (options_.accelerators_per_processor && record.cpus) {
    return whole_accelerators(*options_.accelerators_per_processor * static_cast<double>(*record.cpus), log_);
  }
  return 0.0;
}

void SlurmJobs::keep(const SlurmRecord& record, const std::string& id, double submit, double accelerators) {
  NeutralJob job;
  job.id = id;
  job.submit = submit;
  job.accelerators = accelerators;
  job.nodes = record.nodes;
  job.runtime = record.elapsed;
  if (record.start) job.wait = *record.start - submit;
  job.walltime = record.limit;
  job.job_class = record.job_class;
  job.user = record.user;
  job.project = record.account;
  job.site = record.cluster;
  job.outcome = record.state->outcome;
  if (record.state->outcome == kFailed) job.fail_after = record.elapsed;
  if (log_.is_repeated(job)) return;
  const bool again = !ids_.insert(fmt::format("{}\x1f{}", record.cluster, id)).second;
  if (again) log_.repaired("a run of a job that was requeued, kept as a job");
  log_.keep(std::move(job));
}

}  // namespace gigasim::workload
