#include "listed.hpp"

#include <fmt/format.h>

#include <utility>

namespace gigasim::constants {
namespace {

using Names = std::vector<std::string>;

const char* const kDays = "eu-days";
const char* const kManyJobs = "eu-network";
const char* const kServing = "inference-day";
const char* const kTraining = "frontier-run";
const char* const kReplay = "replay of synthetic-1000.swf on 6,000 accelerators";

const char* const kNoFlows = "nothing moves data between the sites of these scenarios, so that no link is loaded";
const char* const kNotRead = "a fact for readers: the simulator does not read it";
const char* const kNoNodes = "nodes are not separate: jobs take accelerators";
const char* const kStated = "the shipped scenarios that lend say for how long themselves";
const char* const kByPriority = "no shipped scenario with a committed baseline goes by priority";
const char* const kDayLong = "no job of these scenarios waits for a day to within 0.1 %: 86 s";
const char* const kRange = "bound of the count's range: a run uses the best value";
const char* const kOtherEnd =
    "an end of a range: `speed_ratios: low` and `high` use it, a run otherwise the best value";
const char* const kNoUsers = "an antenna has no machine, and users are placed at their national network";
const char* const kAfterTheRun = "costs are computed after a run, by `gigasim cost`: no result depends on them";
const char* const kWarns = "a budget below it is warned of, and used";
const char* const kNotShipped = "no scenario with a committed baseline has it";
const char* const kNoModels = "no scenario that is looked at has such jobs, or such accelerators";
const char* const kCauseOnly = "0.1 % of a share moves one failure in a thousand at most from one kind to another";
const char* const kStatedThere = "the shipped scenarios with failures say it themselves";
const char* const kPowerOfTwo = "decides between powers of two";
const char* const kHolds = "a bound, or a way of working, that is far from what these scenarios do";
const char* const kBand = "an error band, no result";
const char* const kBenchmark = "a measurement that models are held against, no part of a simulation";
const char* const kCandidate = "a scenario that takes a candidate states its machine itself";

/// Collects the entries; each call is one statement about some constants.
class List {
 public:
  void shown(const char* by, const Names& constants) {
    for (const std::string& name : constants) entries_.push_back({name, by, "", "", false, "", ""});
  }
  void hidden(const char* why, const Names& constants) {
    for (const std::string& name : constants) entries_.push_back({name, "", why, "", false, "", ""});
  }
  /// Columns of the catalogue; `what` says what they have in common.
  void columns(const Listed& what, const std::string& kind, const Names& columns) {
    for (const std::string& column : columns) {
      Listed entry = what;
      entry.name = fmt::format("{}.{}", kind, column);
      entry.kind = kind;
      entry.column = column;
      entries_.push_back(std::move(entry));
    }
  }
  [[nodiscard]] std::vector<Listed> take() { return std::move(entries_); }

 private:
  std::vector<Listed> entries_;
};

Listed shown_by(const char* exhibit) {
  return {"", exhibit, "", "", false, "", ""};
}
Listed shown() {
  return shown_by(kDays);
}
Listed shown_in(const char* row) {
  return {"", kDays, "", row, false, "", ""};
}
Listed shown_whole(const char* row = "") {
  return {"", kDays, "", row, true, "", ""};
}
Listed hidden(const char* why) {
  return {"", "", why, "", false, "", ""};
}
/// Of a column that takes whole numbers only.
Listed hidden_whole(const char* why, const char* row = "") {
  return {"", "", why, row, true, "", ""};
}

void list_model_constants(List& list) {
  list.shown(kReplay, {"cli.replay_pod"});
  list.shown(kDays, {"workload.slowdown_bound", "scenario.default_pod", "scenario.default_pue",
                     "scenario.default_walltime_limit"});
  list.hidden(kNoFlows, {"scenario.default_spine_per_accelerator", "scenario.default_storage_capacity",
                         "scenario.default_wan_access"});
  list.hidden(kStated, {"scenario.lend_up_to"});
  list.hidden(kByPriority, {"scenario.priority_age", "scenario.priority_fair_share", "scenario.priority_age_limit",
                            "scenario.fair_share_half_life", "scheduling.slurm_depth", "scheduling.slurm_window"});
  list.hidden(kDayLong, {"scenario.target_queue_time"});
  list.shown(kDays, {"units.earth_radius", "workload.mean_gap_in_burst"});
  for (const char* value : {"5_min", "10_min", "15_min", "30_min", "1_h", "2_h", "3_h", "4_h", "6_h", "8_h", "12_h",
                            "18_h", "24_h", "36_h", "48_h", "72_h"}) {
    list.shown(kDays, {fmt::format("workload.popular_walltime_{}", value)});
  }
}

void list_machines(List& list) {
  list.columns(shown(), "accelerators",
               {"h100_equivalent", "acc_idle_w", "node_base_idle_w", "acc_tdp_w", "node_base_load_w"});
  list.columns(hidden_whole(kNoNodes), "accelerators", {"per_node"});
  list.columns(hidden(kNotRead), "accelerators",
               {"year", "fp4_dense_tflops", "training_avg_acc_w", "inference_avg_acc_w", "rated_kw_per_acc"});

  list.columns(shown(), "ai-factories", {"lat", "lon", "pue"});
  list.columns(shown_whole("lumi-aif"), "ai-factories", {"count"});
  list.columns(hidden_whole(kRange, "lumi-aif"), "ai-factories", {"count_low", "count_high"});
  list.columns(hidden_whole(kNoNodes), "ai-factories", {"per_node"});
  list.columns(hidden(kNoFlows), "ai-factories", {"storage_pb"});
  list.columns(
      hidden(kNotRead), "ai-factories",
      {"wave", "h100_equivalents", "injection_gbit_s_per_acc", "it_power_mw", "cost_meur", "total_investment_meur"});

  list.columns(shown(), "supercomputers", {"lat", "lon", "pue"});
  list.columns(shown_whole(), "supercomputers", {"count"});
  list.columns(hidden_whole(kNoNodes), "supercomputers", {"per_node"});
  list.columns(hidden(kNoFlows), "supercomputers", {"storage_pb", "storage_gb_s"});
  list.columns(hidden(kNotRead), "supercomputers",
               {"h100_equivalents", "injection_gbit_s_per_acc", "rmax_pflops", "it_power_mw", "cost_meur"});

  list.columns(shown(), "gigafactory-candidates", {"lat", "lon"});
  list.columns(hidden_whole(kCandidate), "gigafactory-candidates", {"count", "count_low", "count_high"});
  list.columns(hidden(kNoFlows), "gigafactory-candidates", {"storage_pb"});
  list.columns(hidden(kNotRead), "gigafactory-candidates",
               {"count_target", "power_initial_mw", "power_target_mw", "cost_beur"});

  list.columns(hidden(kNoUsers), "antennas", {"lat", "lon"});
  list.columns(hidden(kNotRead), "antennas", {"cost_meur"});
}

void list_users(List& list) {
  // All countries together would keep their weights.
  list.columns(shown_in("DE"), "countries", {"population_million", "gdp_beur"});
  list.columns(shown_whole("DE"), "countries", {"utc_offset_h"});
  list.columns(hidden(kNotShipped), "carbon-intensity", {"g_co2e_per_kwh"});
  list.columns(hidden(kNotRead), "carbon-intensity", {"year"});
  list.columns(hidden(kWarns), "access-modes", {"min_amount"});
  list.columns(hidden(kNotShipped), "access-modes", {"max_amount", "allocation_months", "decision_working_days"});
}

void list_network(List& list) {
  list.columns(shown(), "wan-nodes", {"lat", "lon"});
  list.columns(hidden(kNoFlows), "wan-links", {"capacity_low_gbit_s", "capacity_best_gbit_s", "capacity_hyper_gbit_s"});
  list.columns(shown_by(kServing), "wan-links", {"latency_one_way_ms"});
  list.columns(hidden(kNotRead), "wan-links", {"great_circle_km", "fibre_km", "latency_measured_one_way_ms"});
}

void list_jobs(List& list) {
  // Shares and probabilities of one mix or class are normalised.
  list.columns(shown_in("seren.sft"), "job-mixes", {"job_share"});
  list.columns(shown(), "job-mixes", {"cancel_exponent", "failed_probability"});
  // 0.1 % of it turns one ending in 30,000: that takes a scenario of many jobs.
  list.columns(shown_by(kManyJobs), "job-mixes", {"cancel_g0_hours"});
  list.columns(hidden(kNotRead), "job-mixes", {"gpu_time_share", "reference_accelerators"});
  list.columns(shown_whole(), "job-sizes", {"size"});
  list.columns(shown_in("seren.sft/8"), "job-sizes", {"probability"});
  list.columns(shown(), "job-durations", {"seconds"});
  list.columns(shown_in("seren.sft/128"), "job-durations", {"cumulative_percent"});
  list.columns(shown_in("sft.GH200"), "speed-ratios", {"ratio_vs_h100"});
  list.columns(hidden(kOtherEnd), "speed-ratios", {"ratio_low", "ratio_high"});
  list.columns(shown(), "scalable-fractions", {"fraction"});
  list.columns(hidden(kOtherEnd), "scalable-fractions", {"fraction_low", "fraction_high"});
  for (int hour = 0; hour < 24; ++hour) list.columns(shown(), "arrival-profiles", {fmt::format("h{:02}", hour)});
  list.columns(shown(), "arrival-profiles", {"mon", "tue", "wed", "thu", "fri", "sat", "sun"});
  list.columns(shown(), "bursts", {"size_p50", "size_p90", "size_p95", "size_p99", "size_p100"});
  list.columns(hidden(kNotRead), "bursts", {"measured_mean_size"});
  list.columns(hidden(kNotShipped), "sector-mixes", {"factories"});
  list.columns(shown(), "walltime-models", {"p_full", "beta_a", "beta_b"});
  list.columns(hidden(kNotRead), "walltime-models", {"beta_ks_distance", "top20_request_share", "distinct_requests"});
}

void list_costs(List& list) {
  list.columns(hidden(kAfterTheRun), "cost-parameters", {"best", "low", "high"});
  list.columns(hidden_whole(kAfterTheRun), "cost-parameters", {"per_system"});
  list.columns(hidden_whole(kNotRead), "cost-parameters", {"year"});
  list.columns(hidden_whole(kAfterTheRun), "contract-anchors", {"year", "count"});
  list.columns(hidden(kAfterTheRun), "contract-anchors",
               {"amount_meur", "eur_per_accelerator", "eur_per_h100e", "meur_per_mw_it", "eur_per_accelerator_hour"});
  list.columns(hidden(kNotRead), "contract-anchors", {"it_mw", "amount", "operation_years"});
  list.columns(hidden(kAfterTheRun), "funding-rules", {"share_default", "share_min", "share_max"});
}

void list_models(List& list) {
  list.shown(kServing, {"scenario.service_interval", "scenario.service_start_up", "engine.idle_replica",
                        "scenario.default_storage_bandwidth", "models.serving_largest_batch", "models.serving_compute",
                        "models.serving_memory", "scenario.service_target_load", "models.serving_iteration_overhead",
                        "models.serving_runtime_memory", "models.serving_usable_memory"});
  list.hidden(kPowerOfTwo, {"scenario.service_room"});
  list.hidden(kHolds, {"scenario.service_scale_in_after", "models.serving_all_reduce", "models.overlap_window",
                       "models.usable_memory", "engine.least_checkpoint_interval", "scenario.backfill_depth",
                       "workload.most_tries"});
  list.shown(kTraining,
             {"models.training_matmul", "models.training_memory_traffic", "models.tensor_parallel_traffic",
              "models.data_parallel_exposed", "models.loss_of_scale", "models.attention_kernel",
              "models.usual_sequence", "scenario.checkpoint_bytes_per_parameter", "workload.repair_transient_median",
              "workload.repair_transient_sigma", "workload.repair_transient_share", "workload.repair_drained_least",
              "workload.repair_drained_most", "workload.repair_replaced_least", "workload.repair_replaced_most"});
  list.hidden(kCauseOnly, {"workload.failure_share_accelerator", "workload.failure_share_software",
                           "workload.failure_share_network", "workload.failure_share_maintenance",
                           "workload.repair_drained_share"});
  list.hidden(kStatedThere, {"scenario.failure_rate", "scenario.restart_time", "scenario.checkpoint_staging"});
  list.hidden(kBand, {"models.error_known", "models.error_unknown", "models.error_mixture"});
  list.hidden(kNoModels,
              {"models.low_precision_matmul", "models.mixture_matmul", "models.expert_traffic",
               "models.serving_mixture_compute", "models.serving_mixture_batch", "models.serving_fp4",
               "models.unmeasured_matmul_fraction", "models.other_vendors_matmul_fraction", "models.lora_trained_share",
               "models.usual_tuning_sequence", "models.usual_batch", "models.usual_large_batch",
               "models.failures_of_device", "models.checkpoint_blocking", "models.restart", "models.usual_tuning_batch",
               "models.usual_input", "models.usual_output", "models.usual_evaluation_output"});
  const char* const kModel = "llama-3.1-405b";
  list.columns({"", kTraining, "", "H100-SXM-80", false, "", ""}, "accelerators",
               {"bf16_dense_tflops", "matmul_bf16_measured_tflops", "memory_tb_s", "scaleup_gb_s_per_dir",
                "scaleout_gbit_s_per_acc"});
  list.columns({"", kServing, "", "GH200-96", false, "", ""}, "accelerators", {"fp8_dense_tflops", "memory_gb"});
  list.columns(hidden_whole(kPowerOfTwo), "accelerators", {"scaleup_domain"});
  list.columns({"", kTraining, "", kModel, false, "", ""}, "ai-models", {"params_b", "active_params_b"});
  list.columns({"", kTraining, "", kModel, true, "", ""}, "ai-models", {"layers", "hidden", "heads"});
  list.columns({"", kServing, "", "llama-3.1-70b", true, "", ""}, "ai-models", {"kv_heads", "head_dim"});
  list.columns(hidden_whole(kNoModels), "ai-models", {"year", "experts", "experts_per_token", "context_tokens"});
  list.columns(hidden(kBenchmark), "training-runs", {"params_b", "active_params_b", "tokens_per_s_per_acc"});
  list.columns(hidden_whole(kBenchmark), "training-runs",
               {"layers", "hidden", "seq_len", "accelerators", "nic_gbit_s_per_acc", "tp", "pp", "vpp", "cp", "ep",
                "dp", "gbs_seqs", "micro_batch", "accelerator_hours", "tokens_trained_b"});
  list.columns(hidden(kBenchmark), "inference-benchmarks",
               {"params_b", "active_params_b", "output_tokens_per_s", "ttft_ms", "tpot_ms"});
  list.columns(hidden_whole(kBenchmark), "inference-benchmarks",
               {"layers", "hidden", "kv_heads", "head_dim", "accelerators", "tp", "input_tokens", "output_tokens",
                "concurrency"});
  for (const char* side : {"input", "output"}) {
    list.columns(hidden(kNoModels), "request-lengths", {fmt::format("{}_mean", side), fmt::format("{}_cv", side)});
    for (const char* share : {"p1", "p10", "p25", "p50", "p75", "p90", "p95", "p99", "p999", "p100"}) {
      list.columns(hidden_whole(kNoModels), "request-lengths", {fmt::format("{}_{}", side, share)});
    }
  }
  list.columns(hidden_whole(kNotRead), "request-lengths", {"requests"});
  list.columns({"", kServing, "", "amd-vllm", false, "", ""}, "software-stacks", {"software_efficiency"});
  list.columns(hidden(kBand), "software-stacks", {"software_efficiency_low", "software_efficiency_high"});
  list.columns(hidden(kBenchmark), "failure-records", {"per_1000_node_days", "per_acc_day"});
  list.columns(hidden_whole(kBenchmark), "failure-records", {"accelerators", "per_node", "period_days"});
}

}  // namespace

const std::vector<Exhibit>& exhibits() {
  static const std::vector<Exhibit> all{{kDays, "eu-days.yaml"},
                                        {kManyJobs, "eu-network.yaml", 0, true},
                                        {kServing, "inference-day.yaml"},
                                        {kTraining, "frontier-run.yaml"},
                                        {kReplay, "replay-swf.yaml", 6000}};
  return all;
}

std::vector<Listed> listed() {
  List list;
  list_model_constants(list);
  list_machines(list);
  list_users(list);
  list_network(list);
  list_jobs(list);
  list_costs(list);
  list_models(list);
  return list.take();
}

}  // namespace gigasim::constants
