#include "benchmark_groups.hpp"
#include "gigasim/models/ai_job.hpp"
#include "gigasim/models/goodput.hpp"
#include "gigasim/units/model_constant.hpp"
#include "prefixes.hpp"

namespace gigasim::models {
namespace {

constexpr std::string_view kOneRun =
    "Llama 3 and five other fleets: catalogue failure-records; range 2 to 8 per 1,000 node-days";
const units::ModelConstant kFailuresOfDevice{
    0.0005, {"models.failures_of_device", "/d", "`models check`, whole jobs: interruptions per accelerator", kOneRun}};
const units::ModelConstant kBlocking{
    30.0,
    {"models.checkpoint_blocking", "s", "`models check`, whole jobs: a checkpoint stops the run", "range 10 to 60 s"}};
const units::ModelConstant kRestart{
    540.0,
    {"models.restart", "s", "`models check`, whole jobs: from an interruption to work going on", "range 5 to 25 min"}};
constexpr double kSecondsPerDay = 86400.0;
constexpr double kSecondsPerHour = 3600.0;

bool is_comparable(const catalogue::Row& row) {
  return row["level"] == "job" && row["kind"] == "dense" && precision_named(row["precision"]) &&
         catalogue::find_accelerator(row["accelerator"]) != nullptr &&
         missing_cell(row, {"params_b", "active_params_b", "layers", "hidden", "seq_len", "gbs_seqs", "accelerators",
                            "accelerator_hours", "tokens_trained_b"})
             .empty();
}

double share_that_counts(double devices) {
  const double rate = devices * kFailuresOfDevice.value() / kSecondsPerDay;
  return effective_training_time_ratio(rate, daly_interval(kBlocking.value(), rate), kBlocking.value(),
                                       kRestart.value());
}

}  // namespace

std::vector<JobComparison> compare_jobs(const RowFilter& takes) {
  std::vector<JobComparison> all;
  for (const catalogue::Row& row : catalogue::find_table("training-runs")->rows) {
    if (!takes(row) || !is_comparable(row)) continue;
    AiJob job;
    job.model = benchmarked_model(row);
    job.precision = *precision_named(row["precision"]);
    job.sequence = *row.number("seq_len");
    job.batch = *row.number("gbs_seqs") * job.sequence;
    const double devices = *row.number("accelerators");
    const auto run =
        run_of(job, device_of(*catalogue::find_accelerator(row["accelerator"])), static_cast<std::int64_t>(devices));
    if (!run) continue;
    JobComparison one;
    one.row = &row;
    one.published = *row.number("accelerator_hours") * kSecondsPerHour / devices;
    one.steps = *row.number("tokens_trained_b") * kGiga / run->tokens_per_second;
    one.predicted = one.steps / share_that_counts(devices);
    all.push_back(one);
  }
  return all;
}

}  // namespace gigasim::models
