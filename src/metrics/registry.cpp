#include "gigasim/metrics/registry.hpp"

#include <algorithm>
#include <array>

#include "registry_fields.hpp"

namespace gigasim::metrics {
namespace {

using namespace fields;  // NOLINT(google-build-using-namespace): they are there for this table alone

constexpr auto kQueue = &Block::queue_time_s;
constexpr auto kWeighted = &Block::queue_time_weighted_s;
constexpr auto kSlowdown = &Block::bounded_slowdown;

constexpr auto kOnboarding = &Block::onboarding_time_s;
constexpr auto kAccess = &Block::time_to_access_s;

constexpr Better kLower = Better::kLower, kHigher = Better::kHigher, kNeither = Better::kNeither;

// Jobs are those submitted in the results period unless a definition says "of the whole run".
constexpr std::array kRegistry{
    Metric{"jobs_submitted", "jobs", "jobs.submitted", "jobs_submitted", kNeither,
           "Jobs submitted in the results period. At a site: those that a broker sent there.",
           job_count<&JobCounts::submitted>},
    Metric{"jobs_finished", "jobs", "jobs.finished", "jobs_finished", kNeither,
           "Jobs submitted in the results period that came to their own end (completed, failed or cancelled by their "
           "user) "
           "before the end of the run.",
           job_count<&JobCounts::finished>},
    Metric{"jobs_completed", "jobs", "jobs.completed", "jobs_completed", kHigher,
           "Those of jobs_finished that neither failed nor were cancelled.",
           [](const Block& block) { return exact(block.jobs.completed()); }},
    Metric{"jobs_killed", "jobs", "jobs.killed", "jobs_killed", kLower,
           "Jobs submitted in the results period that were stopped by their walltime or by their site going offline.",
           job_count<&JobCounts::killed>},
    Metric{
        "jobs_refused", "jobs", "jobs.refused", "jobs_refused", kLower,
        "Jobs submitted in the results period that no site can ever run, or whose project has no budget left for them.",
        job_count<&JobCounts::refused>},
    Metric{"jobs_out_of_budget", "jobs", "jobs.out_of_budget", "jobs_out_of_budget", kLower,
           "Those of jobs_refused whose project had not enough left of its budget for the request, or whose allocation "
           "was "
           "over.",
           job_count<&JobCounts::out_of_budget>},
    Metric{"jobs_left", "jobs", "jobs.left", "jobs_left", kLower,
           "Jobs submitted in the results period that left the queue because their patience was over.",
           job_count<&JobCounts::left>},
    Metric{"jobs_rebrokered", "jobs", "jobs.rebrokered", "jobs_rebrokered", kNeither,
           "Jobs submitted in the results period that moved to another queue at least once because they had waited for "
           "`scheduling.rebroker_after`.",
           job_count<&JobCounts::rebrokered>},
    Metric{"jobs_running", "jobs", "jobs.running", "jobs_running", kNeither,
           "Jobs submitted in the results period that still run at the end of the run.",
           job_count<&JobCounts::running>},
    Metric{"jobs_queued", "jobs", "jobs.queued", "jobs_queued", kLower,
           "Jobs submitted in the results period that still wait at the end of the run.",
           job_count<&JobCounts::queued>},
    Metric{"jobs_unfinished", "jobs", "jobs.unfinished", "jobs_unfinished", kLower,
           "Jobs submitted in the results period that still wait or run at the end of the run.",
           [](const Block& block) { return exact(block.jobs.unfinished()); }},
    Metric{"jobs_failed", "jobs", "jobs.failed", "jobs_failed", kNeither,
           "Those of jobs_finished whose outcome is failed: they ended by a fault of their own.",
           job_count<&JobCounts::failed>},
    Metric{"jobs_cancelled", "jobs", "jobs.cancelled", "jobs_cancelled", kNeither,
           "Those of jobs_finished whose outcome is cancelled: their user stopped them.",
           job_count<&JobCounts::cancelled>},
    Metric{"jobs_preempted", "jobs", "jobs.preempted", "jobs_preempted", kLower,
           "Jobs submitted in the results period that were stopped for another job at least once.",
           job_count<&JobCounts::preempted>},
    Metric{"preemptions", "", "preemptions", "preemptions", kLower,
           "How often jobs submitted in the results period were stopped for another job.",
           [](const Block& block) { return exact(block.preemptions); }},
    Metric{"preemption_lost_accelerator_hours", "accelerator-h", "preemption_lost_accelerator_hours",
           "preemption_lost_accelerator_hours", kLower,
           "Accelerator-hours by which preemptions make the runs of the jobs submitted in the results period longer: "
           "what is done again after a requeue, and the cost of each restart.",
           plain<&Block::preemption_lost_accelerator_hours>},
    Metric{"job_share", "", "job_share", "job_share", kNeither,
           "jobs_submitted over those of the network, a fraction: who the users are.", if_any<&Block::job_share>},
    Metric{"jobs_per_day", "jobs/d", "jobs_per_day", "jobs_per_day", kNeither,
           "Throughput in jobs: jobs_finished divided by the length of the results period.",
           plain<&Block::finished_per_day>},

    Metric{
        "queue_time_mean", "s", "queue_time_s.mean", "queue_time_mean_s", kLower,
        "Mean of start minus submit. Jobs that still wait at the end count with their age, and make it a lower bound.",
        location<kQueue, &Distribution::mean>},
    Metric{"queue_time_median", "s", "queue_time_s.median", "queue_time_median_s", kLower,
           "Median of start minus submit, nearest rank. A lower bound when it falls among jobs that still wait.",
           location<kQueue, &Distribution::median>},
    Metric{
        "queue_time_p95", "s", "queue_time_s.p95", "queue_time_p95_s", kLower,
        "95th percentile of start minus submit, nearest rank. A lower bound when it falls among jobs that still wait.",
        location<kQueue, &Distribution::p95>},
    Metric{
        "queue_time_p99", "s", "queue_time_s.p99", "queue_time_p99_s", kLower,
        "99th percentile of start minus submit, nearest rank. A lower bound when it falls among jobs that still wait.",
        location<kQueue, &Distribution::p99>},
    Metric{"queue_time_max", "s", "queue_time_s.max", "queue_time_max_s", kLower,
           "Longest queue time or age. A lower bound when any job still waits.", location<kQueue, &Distribution::max>},
    Metric{"queue_time_weighted_mean", "s", "queue_time_weighted_s.mean", "queue_time_weighted_mean_s", kLower,
           "Mean queue time of an accelerator-hour: each job weighs as many accelerator-hours as it asks for.",
           location<kWeighted, &Distribution::mean>},
    Metric{"queue_time_weighted_median", "s", "queue_time_weighted_s.median", "queue_time_weighted_median_s", kLower,
           "Half of the accelerator-hours asked for belong to jobs that waited no longer than this.",
           location<kWeighted, &Distribution::median>},
    Metric{"queue_time_weighted_p95", "s", "queue_time_weighted_s.p95", "queue_time_weighted_p95_s", kLower,
           "95 % of the accelerator-hours asked for belong to jobs that waited no longer than this.",
           location<kWeighted, &Distribution::p95>},
    Metric{"queue_time_weighted_p99", "s", "queue_time_weighted_s.p99", "queue_time_weighted_p99_s", kLower,
           "99 % of the accelerator-hours asked for belong to jobs that waited no longer than this.",
           location<kWeighted, &Distribution::p99>},
    Metric{"queue_time_weighted_max", "s", "queue_time_weighted_s.max", "queue_time_weighted_max_s", kLower,
           "Longest queue time or age of a job that asks for any accelerator-hours.",
           location<kWeighted, &Distribution::max>},
    Metric{
        "bounded_slowdown_mean", "", "bounded_slowdown.mean", "bounded_slowdown_mean", kLower,
        "Mean of max(1, (queue time + runtime) / max(runtime, 10 s)), with the runtime that the job really had. Jobs "
        "that still wait count with their age and the runtime that they would have.",
        location<kSlowdown, &Distribution::mean>},
    Metric{"bounded_slowdown_median", "", "bounded_slowdown.median", "bounded_slowdown_median", kLower,
           "Median of the bounded slowdown, nearest rank.", location<kSlowdown, &Distribution::median>},
    Metric{"bounded_slowdown_p95", "", "bounded_slowdown.p95", "bounded_slowdown_p95", kLower,
           "95th percentile of the bounded slowdown, nearest rank.", location<kSlowdown, &Distribution::p95>},
    Metric{"bounded_slowdown_p99", "", "bounded_slowdown.p99", "bounded_slowdown_p99", kLower,
           "99th percentile of the bounded slowdown, nearest rank.", location<kSlowdown, &Distribution::p99>},
    Metric{"bounded_slowdown_max", "", "bounded_slowdown.max", "bounded_slowdown_max", kLower,
           "Largest bounded slowdown. A lower bound when any job still waits.",
           location<kSlowdown, &Distribution::max>},
    Metric{"started_within_target", "", "started_within_target", "started_within_target", kHigher,
           "Share of the jobs submitted in the results period, the refused ones left out, that started within "
           "`scheduling.target_queue_time` of their submission. A lower bound while a job waits that may still do so.",
           [](const Block& block) { return block.started_within_target; }},
    Metric{"queue_length_mean", "jobs", "queue_length_mean", "queue_length_mean", kLower,
           "Jobs waiting, time mean over the results period. At a site: in its queues.",
           plain<&Block::queue_length_mean>},
    Metric{"oldest_queued_age", "s", "oldest_queued_age_s", "oldest_queued_age_s", kLower,
           "Age at the end of the run of the oldest job, of the whole run, that still waits.",
           plain<&Block::oldest_queued_age_s>},
    Metric{"pods_per_job_mean", "", "pods_per_job_mean", "pods_per_job_mean", kNeither,
           "Mean number of pods that a job spans, over the jobs submitted in the results period that have started. 1 "
           "when all of them stay inside a pod.",
           mean<&Block::pods_per_job>},
    Metric{
        "walltime_accuracy_mean", "", "walltime_accuracy_mean", "walltime_accuracy_mean", kNeither,
        "Mean of planned run over requested walltime, over the jobs submitted in the results period, the refused ones "
        "left out. 1 when users ask for what they need.",
        mean<&Block::walltime_accuracy>},
    Metric{"distance_mean", "km", "distance_mean_km", "distance_mean_km", kLower,
           "Mean great-circle distance between a job's origin (its country's national research network) and the site "
           "that it was sent to, over the jobs submitted in the results period. Jobs without an origin or a site are "
           "left out.",
           mean<&Block::distance_km>},

    Metric{"projects", "projects", "projects", "projects", kNeither,
           "Projects whose users applied for access in the results period. At a site: those that its staff takes on.",
           [](const Block& block) { return exact(block.projects); }},
    Metric{"projects_waiting", "projects", "projects_waiting", "projects_waiting", kLower,
           "Those of projects that are not on board at the end of the run.",
           [](const Block& block) { return exact(block.projects_waiting); }},
    Metric{"decision_time_mean", "s", "decision_time_s.mean", "decision_time_mean_s", kLower,
           "Mean time from the application of a project to the decision.", mean<&Block::decision_time_s>},
    Metric{
        "onboarding_time_mean", "s", "onboarding_time_s.mean", "onboarding_time_mean_s", kLower,
        "Mean time from the decision until the staff of a site has taken the project on. Projects that still wait at "
        "the end count with their wait so far, and make it a lower bound.",
        location<kOnboarding, &Distribution::mean>},
    Metric{"onboarding_time_p95", "s", "onboarding_time_s.p95", "onboarding_time_p95_s", kLower,
           "95th percentile of the same, nearest rank.", location<kOnboarding, &Distribution::p95>},
    Metric{"time_to_access_mean", "s", "time_to_access_s.mean", "time_to_access_mean_s", kLower,
           "Mean time from the application of a project to the start of its first job: decision, onboarding and queue "
           "time. "
           "Projects whose first job has not started count with their wait so far, and make it a lower bound.",
           location<kAccess, &Distribution::mean>},
    Metric{"time_to_access_median", "s", "time_to_access_s.median", "time_to_access_median_s", kLower,
           "Median of the same, nearest rank.", location<kAccess, &Distribution::median>},
    Metric{"time_to_access_p95", "s", "time_to_access_s.p95", "time_to_access_p95_s", kLower,
           "95th percentile of the same, nearest rank.", location<kAccess, &Distribution::p95>},

    Metric{
        "budget_granted", "accelerator-h", "budget_granted_accelerator_hours", "budget_granted_accelerator_hours",
        kNeither,
        "Budgets of the projects with one that applied in the results period and are on board at the end of the run.",
        granted<&GrantedHours::budget>},
    Metric{"budget_used", "accelerator-h", "budget_used_accelerator_hours", "budget_used_accelerator_hours", kNeither,
           "Accelerator-hours delivered to the jobs of the same projects by the end of the run.",
           granted<&GrantedHours::used>},
    Metric{"budget_used_share", "", "budget_used_share", "budget_used_share", kNeither, "budget_used / budget_granted.",
           [](const Block& block) {
             return Figure{block.granted.projects > 0 ? block.granted.used / block.granted.budget : kNoNumber, false};
           }},

    Metric{"h100_equivalent_hour_share", "", "h100_equivalent_hour_share", "h100_equivalent_hour_share", kNeither,
           "h100_equivalent_hours over those of the network, a fraction: who gets how much.",
           if_any<&Block::h100_equivalent_hour_share>},
    Metric{"utilisation", "", "utilisation", "utilisation", kNeither,
           "accelerator_hours / accelerator_hours_available, a fraction.", plain<&Block::utilisation>},
    Metric{
        "offered_load", "", "offered_load", "offered_load", kNeither,
        "Accelerator-hours asked for by the jobs submitted in the results period, the refused ones left out, over "
        "accelerator_hours_available, at the speed that they have where they queue. At or above 1, with jobs left over "
        "at the end, the system is unstable.",
        plain<&Block::offered_load>},
    Metric{"accelerator_hours", "accelerator-h", "accelerator_hours", "accelerator_hours", kNeither,
           "Throughput in accelerator time: busy accelerators integrated over the results period, by jobs of the whole "
           "run.",
           plain<&Block::accelerator_hours>},
    Metric{
        "accelerator_hours_available", "accelerator-h", "accelerator_hours_available", "accelerator_hours_available",
        kNeither,
        "Accelerators online integrated over the results period: of the site, or of all sites for every other group.",
        plain<&Block::accelerator_hours_available>},
    Metric{"h100_equivalent_hours", "H100-h", "h100_equivalent_hours", "h100_equivalent_hours", kNeither,
           "accelerator_hours, each weighted by its accelerator's dense BF16 rate over that of an H100: what was "
           "occupied, not the work that came of it.",
           plain<&Block::h100_equivalent_hours>},
    Metric{"h100_equivalent_hours_available", "H100-h", "h100_equivalent_hours_available",
           "h100_equivalent_hours_available", kNeither,
           "accelerator_hours_available, each weighted by its accelerator's dense BF16 rate over that of an H100.",
           plain<&Block::h100_equivalent_hours_available>},
    Metric{
        "accelerators_online_mean", "accelerators", "accelerators_online_mean", "accelerators_online_mean", kNeither,
        "Accelerators online, time mean over the results period: of the site, or of all sites for every other group.",
        plain<&Block::accelerators_online>},
    Metric{"h100_equivalents_online_mean", "H100", "h100_equivalents_online_mean", "h100_equivalents_online_mean",
           kNeither,
           "accelerators_online_mean, each weighted by its accelerator's dense BF16 rate over that of an H100.",
           plain<&Block::h100_equivalents_online>},
    Metric{"it_power_online_mean", "MW", "it_power_online_mean_mw", "it_power_online_mean_mw", kNeither,
           "Power that the accelerators online would draw if all were busy, their share of the nodes included, without "
           "cooling: time mean.",
           plain<&Block::it_power_online_mw>},
    Metric{
        "h100_equivalent_hours_lost_to_delay", "H100-h", "h100_equivalent_hours_lost_to_delay",
        "h100_equivalent_hours_lost_to_delay", kLower,
        "H100-equivalent hours of the results period that are not available because machines come later than their "
        "best date, or never: the integral of max(0, planned - real). What the machines could have delivered, not what "
        "users would have used.",
        plain<&Block::h100_equivalent_hours_lost_to_delay>},
    Metric{"unfinished_accelerator_hours", "accelerator-h", "unfinished_accelerator_hours",
           "unfinished_accelerator_hours", kLower,
           "Accelerator-hours still to be delivered, at the end of the run, to the jobs of the whole run that wait or "
           "run.",
           plain<&Block::unfinished_accelerator_hours>},

    Metric{
        "unserved_h100_equivalent_hours", "H100-h", "unserved_h100_equivalent_hours", "unserved_h100_equivalent_hours",
        kLower,
        "Demand that went away: accelerators asked for x planned run of the jobs submitted in the results period that "
        "left, weighted by the accelerator that they waited for (the mean of all accelerators where they waited for "
        "none).",
        plain<&Block::unserved_h100_equivalent_hours>},
    Metric{
        "reserved_unused_h100_equivalent_hours", "H100-h", "reserved_unused_h100_equivalent_hours",
        "reserved_unused_h100_equivalent_hours", kLower,
        "Reserved accelerators that nobody used, integrated over the results period, as H100 equivalents. Network and "
        "site: all reserves there; the groups that a privilege names: its reserve; other groups: 0.",
        plain<&Block::reserved_unused_h100_equivalent_hours>},
    Metric{
        "held_idle_accelerator_hours", "accelerator-h", "held_idle_accelerator_hours", "held_idle_accelerator_hours",
        kNeither,
        "Accelerators occupied without computing, the rest of whole nodes of sensitive jobs and those that are wiped, "
        "integrated over the results period. Network and sites only.",
        plain<&Block::held_idle_accelerator_hours>},
    Metric{"trusted_utilisation", "", "trusted_utilisation", "trusted_utilisation", kNeither,
           "Accelerator-hours delivered on trusted partitions over those available there.",
           mean<&Block::trusted_utilisation>},
    Metric{
        "trusted_wait_premium", "s", "trusted_wait_premium_s", "trusted_wait_premium_s", kLower,
        "Mean queue time of the jobs of sensitive streams less that of all others. Network only; none where there are "
        "not both, or where others still wait at the end.",
        [](const Block& block) {
          return block.trusted_wait_premium_s.value_or(Figure{kNoNumber, false});
        }},
    Metric{"trusted_violations", "jobs", "jobs.trusted_violations", "trusted_violations", kLower,
           "Jobs submitted in the results period that ran where or as they may not: sensitive ones outside of trusted "
           "partitions or not on whole nodes, others on partitions for sensitive jobs only. A run in which it is not 0 "
           "fails.",
           job_count<&JobCounts::trusted_violations>},

    Metric{
        "eu_time_share", "", "time_shares.eu", "eu_time_share", kNeither,
        "Share of the accelerator-hours delivered in the results period that went to jobs on the Union's time: by the "
        "label `share`, else by the access class. Quarter and year: of the jobs submitted in it.",
        delivered<0>},
    Metric{"national_time_share", "", "time_shares.national", "national_time_share", kNeither,
           "The same of jobs on the hosting states' time.", delivered<1>},
    Metric{"private_time_share", "", "time_shares.private", "private_time_share", kNeither,
           "The same of jobs on the operator's time.", delivered<2>},
    Metric{
        "eu_time_share_target", "", "time_share_targets.eu", "eu_time_share_target", kNeither,
        "The Union's share of the site's time, as the scenario states it in `time_shares`. Network: mean of the sites "
        "with shares, weighed by accelerator-hours available.",
        share_target<0>},
    Metric{"national_time_share_target", "", "time_share_targets.national", "national_time_share_target", kNeither,
           "The same of the hosting states.", share_target<1>},
    Metric{"private_time_share_target", "", "time_share_targets.private", "private_time_share_target", kNeither,
           "The same of the operator.", share_target<2>},
    Metric{"quota_violations", "jobs", "jobs.quota_violations", "quota_violations", kLower,
           "Jobs submitted in the results period with whose start those on the same holder's time held more of a "
           "partition "
           "than their hard cap (`scheduling.shares: cap`). A run in which it is not 0 fails.",
           job_count<&JobCounts::quota_violations>},

    Metric{"energy_it", "MWh", "energy_it_mwh", "energy_it_mwh", kNeither,
           "Energy drawn by the accelerators with their share of the nodes over the results period. A site and the "
           "network "
           "hold the idle power of online accelerators; other groups only the full power of what their jobs hold.",
           plain<&Block::energy_it_mwh>},
    Metric{"energy", "MWh", "energy_mwh", "energy_mwh", kNeither,
           "Facility energy over the results period: energy_it times the PUE of each site.", plain<&Block::energy_mwh>},
    Metric{"energy_per_h100_hour", "kWh", "energy_per_h100_hour_kwh", "energy_per_h100_hour_kwh", kLower,
           "energy over the h100_equivalent_hours that were work which counts: what failures and preemptions undid, "
           "restarts and checkpoints are left out (quarters and years: all hours). Unlike energy it does not fall "
           "because less was delivered.",
           energy_per_hour},
    Metric{"mean_power", "MW", "mean_power_mw", "mean_power_mw", kNeither,
           "Mean facility power: energy divided by the length of the results period.", plain<&Block::mean_power_mw>},
    Metric{"peak_power", "MW", "peak_power_mw", "peak_power_mw", kNeither,
           "Highest facility power that lasts longer than an instant within the results period.",
           plain<&Block::peak_power_mw>},

    // Only in scenarios with failures, or with jobs that save their work.
    Metric{"interruptions", "", "reliability.interruptions", "interruptions", kNeither,
           "How often a failure stopped a job in the results period.",
           of_reliability<&ReliabilityFigures::interruptions>},
    Metric{
        "goodput", "", "reliability.goodput", "goodput", kHigher,
        "Share of accelerator_hours that was work which counts (effective training time ratio): the rest was undone by "
        "failures or preemptions, or went into restarts, loading and checkpoints.",
        [](const Block& block) {
          return Figure{block.reliability ? block.reliability->goodput.value_or(kNoNumber) : kNoNumber, false};
        }},
    Metric{
        "lost_accelerator_hours", "accelerator-h", "reliability.lost_accelerator_hours", "lost_accelerator_hours",
        kNeither,
        "Accelerator-hours of work done since the last checkpoint, in the results period, that failures in it undid.",
        of_reliability<&ReliabilityFigures::lost_accelerator_hours>},
    Metric{"restart_accelerator_hours", "accelerator-h", "reliability.restart_accelerator_hours",
           "restart_accelerator_hours", kNeither,
           "Accelerator-hours that jobs held from an interruption until they began to load, in the results period.",
           of_reliability<&ReliabilityFigures::restart_accelerator_hours>},
    Metric{"load_accelerator_hours", "accelerator-h", "reliability.load_accelerator_hours", "load_accelerator_hours",
           kNeither, "Accelerator-hours that jobs held while they read from storage, in the results period.",
           of_reliability<&ReliabilityFigures::load_accelerator_hours>},
    Metric{"checkpoint_accelerator_hours", "accelerator-h", "reliability.checkpoint_accelerator_hours",
           "checkpoint_accelerator_hours", kNeither,
           "Accelerator-hours for which checkpoints stopped the work of jobs, in the results period.",
           of_reliability<&ReliabilityFigures::checkpoint_accelerator_hours>},
    Metric{"repair_accelerator_hours", "accelerator-h", "reliability.repair_accelerator_hours",
           "repair_accelerator_hours", kNeither,
           "Accelerator-hours of nodes that were down in the results period: of the site, or of all sites for every "
           "other group.",
           of_reliability<&ReliabilityFigures::repair_accelerator_hours>},

    // Of the network only: nothing in every other group.
    Metric{
        "tokens_trained", "tokens", "ai.tokens_trained", "tokens_trained", kHigher,
        "Tokens that jobs of the tasks which train worked through in the results period, what preemptions made them do "
        "again counted once.",
        of_work<&AiFigures::tokens_trained>},
    Metric{"tokens_pre_training", "tokens", "ai.tokens.pre_training", "tokens_pre_training", kHigher,
           "Tokens of pre-training, in the results period.", tokens_of<models::AiTask::kPreTraining>},
    Metric{"tokens_continued_pre_training", "tokens", "ai.tokens.continued_pre_training",
           "tokens_continued_pre_training", kHigher, "Tokens of continued pre-training, in the results period.",
           tokens_of<models::AiTask::kContinuedPreTraining>},
    Metric{"tokens_sft", "tokens", "ai.tokens.sft", "tokens_sft", kHigher,
           "Tokens of supervised fine-tuning, in the results period.", tokens_of<models::AiTask::kSft>},
    Metric{"tokens_lora", "tokens", "ai.tokens.lora", "tokens_lora", kHigher,
           "Tokens of low-rank adaptation, in the results period.", tokens_of<models::AiTask::kLora>},
    Metric{"tokens_evaluation", "tokens", "ai.tokens.evaluation", "tokens_evaluation", kHigher,
           "Tokens of evaluation, read and written, in the results period.", tokens_of<models::AiTask::kEvaluation>},
    Metric{"tokens_batch_inference", "tokens", "ai.tokens.batch_inference", "tokens_batch_inference", kHigher,
           "Tokens of batch inference, read and written, in the results period.",
           tokens_of<models::AiTask::kBatchInference>},
    Metric{"training_runs_per_month", "runs/30 d", "ai.training_runs_per_month", "training_runs_per_month", kHigher,
           "Jobs of the tasks which train that finished in the results period, in 30 days of it.",
           of_work<&AiFigures::training_runs_per_month>},
    Metric{"model_flop", "FLOP", "ai.model_flop", "model_flop", kNeither,
           "Operations that the models themselves took for the work of the results period, recomputation left out.",
           of_work<&AiFigures::model_flop>},
    Metric{"mfu", "", "ai.mfu", "mfu", kHigher,
           "Model FLOP utilisation: model_flop over the peak of the accelerators in the jobs' precision, a mean over "
           "jobs weighted by the accelerator-hours that they held in the results period.",
           of_work<&AiFigures::mfu>},
    Metric{"training_h100_equivalent_hours", "H100-h", "ai.training_h100_equivalent_hours",
           "training_h100_equivalent_hours", kNeither,
           "H100-equivalent hours that jobs of the tasks which train held in the results period.",
           of_work<&AiFigures::training_h100_equivalent_hours>},
    Metric{"users", "users", "users.count", "users", kNeither,
           "Users known by the logs, with a job submitted in the results period that was not refused. Of the network "
           "only.",
           of_users<&UserFigures::count>},
    Metric{"users_wait_jain", "", "users.wait_jain", "users_wait_jain", kHigher,
           "Jain's fairness index of the mean queue times of the users, each user once: 1 when all wait as long on "
           "average, 1/n when one of n does all the waiting. Of the network only.",
           of_users<&UserFigures::wait_jain>},
    Metric{"users_slowdown_jain", "", "users.slowdown_jain", "users_slowdown_jain", kHigher,
           "Jain's fairness index of the mean bounded slowdowns of the users, each user once: 1 when all are slowed "
           "down alike. Of the network only.",
           of_users<&UserFigures::slowdown_jain>},
    Metric{
        "served_at_home_share", "", "served_at_home_share", "served_at_home_share", kNeither,
        "H100-equivalent hours delivered by sites in the country of a job's origin, over those asked for, of the jobs "
        "of known origin submitted in the results period, the refused ones too. Of the network only.",
        regional<&RegionalFigures::served_at_home_share>},
    Metric{"delivered_gini", "", "delivered_gini", "delivered_gini", kLower,
           "Gini coefficient of the H100-equivalent hours delivered per inhabitant of the countries that occur as "
           "origins, each weighing as its population: 0 when all inhabitants get the same. Of the network only.",
           regional<&RegionalFigures::delivered_gini>},
    Metric{"delivered_jain", "", "delivered_jain", "delivered_jain", kHigher,
           "Jain's fairness index of the H100-equivalent hours delivered per inhabitant of the countries that occur as "
           "origins, each weighing as its population: 1 when all inhabitants get the same. Of the network only.",
           regional<&RegionalFigures::delivered_jain>},
    Metric{
        "capacity_hhi_country", "", "capacity_hhi_country", "capacity_hhi_country", kNeither,
        "Herfindahl-Hirschman index of the H100-equivalent hours available by country of the site: 1 when all are in "
        "one country. Of the network only.",
        regional<&RegionalFigures::capacity_hhi_country>},
    Metric{
        "capacity_hhi_vendor", "", "capacity_hhi_vendor", "capacity_hhi_vendor", kNeither,
        "Herfindahl-Hirschman index of the H100-equivalent hours available by vendor of the accelerators: 1 when all "
        "are from one vendor. Of the network only.",
        regional<&RegionalFigures::capacity_hhi_vendor>},
    // Services: of the network, sites, streams, labels and origins. Nothing where there is no service.
    Metric{"inference_accelerator_hours", "accelerator-h", "inference_accelerator_hours", "inference_accelerator_hours",
           kNeither,
           "Those of accelerator_hours that replicas of services held, starting up included. The rest was had by jobs.",
           plain<&Block::inference_accelerator_hours>},
    Metric{"inference_h100_equivalent_hours", "H100-h", "inference_h100_equivalent_hours",
           "inference_h100_equivalent_hours", kNeither,
           "inference_accelerator_hours, each weighted by its accelerator's dense BF16 rate over that of an H100.",
           inference_h100_hours},
    Metric{"job_accelerator_hours", "accelerator-h", "job_accelerator_hours", "job_accelerator_hours", kNeither,
           "Those of accelerator_hours that jobs had: training, and all else that is not a service.",
           [](const Block& block) {
             return Figure{block.accelerator_hours - block.inference_accelerator_hours, false};
           }},
    Metric{
        "idle_accelerator_hours", "accelerator-h", "idle_accelerator_hours", "idle_accelerator_hours", kNeither,
        "Accelerator-hours available that neither jobs nor replicas nor wiping had: of the network, a site, a quarter "
        "or a year alone.",
        idle_hours},
    Metric{"requests_offered", "requests", "requests.offered", "requests_offered", kNeither,
           "Requests that came in the results period. At a site: those that it answered.",
           of_service<&ServiceFigures::offered>},
    Metric{"requests_served", "requests", "requests.served", "requests_served", kHigher,
           "Requests answered in the results period.", of_service<&ServiceFigures::served>},
    Metric{
        "requests_shed", "requests", "requests.shed", "requests_shed", kLower,
        "Requests turned away in the results period, for lack of room or because no site may answer them. At a site: "
        "0.",
        of_service<&ServiceFigures::shed>},
    Metric{"requests_waiting", "requests", "requests.waiting", "requests_waiting", kLower,
           "Requests that wait at the end of the run. At a site: 0.", of_service<&ServiceFigures::waiting>},
    Metric{"requests_carried_in", "requests", "requests.carried_in", "requests_carried_in", kNeither,
           "Requests that waited when the results period began: with those offered they are served, shed or waiting.",
           of_service<&ServiceFigures::waited>},
    Metric{"input_tokens", "tokens", "requests.input_tokens", "input_tokens", kNeither,
           "Tokens of the requests answered.", of_service<&ServiceFigures::input_tokens>},
    Metric{"output_tokens", "tokens", "requests.output_tokens", "output_tokens", kNeither, "Tokens of the answers.",
           of_service<&ServiceFigures::output_tokens>},
    Metric{"ttft_mean", "s", "ttft_s.mean", "ttft_mean_s", kLower,
           "Time to the first token of the requests answered, from the user's national network and back: round trip, "
           "waiting, and the replica's own time.",
           of_requests<&ServiceFigures::first_token, &RequestTimes::mean_s>},
    Metric{"ttft_p50", "s", "ttft_s.p50", "ttft_p50_s", kLower, "Median of the times of ttft_mean.",
           of_requests<&ServiceFigures::first_token, &RequestTimes::p50_s>},
    Metric{"ttft_p95", "s", "ttft_s.p95", "ttft_p95_s", kLower, "95 % quantile of the times of ttft_mean.",
           of_requests<&ServiceFigures::first_token, &RequestTimes::p95_s>},
    Metric{"ttft_p99", "s", "ttft_s.p99", "ttft_p99_s", kLower, "99 % quantile of the times of ttft_mean.",
           of_requests<&ServiceFigures::first_token, &RequestTimes::p99_s>},
    Metric{"tpot_mean", "s", "tpot_s.mean", "tpot_mean_s", kLower,
           "Time per output token after the first, of the requests answered.",
           of_requests<&ServiceFigures::output_token, &RequestTimes::mean_s>},
    Metric{"tpot_p50", "s", "tpot_s.p50", "tpot_p50_s", kLower, "Median of the times of tpot_mean.",
           of_requests<&ServiceFigures::output_token, &RequestTimes::p50_s>},
    Metric{"tpot_p95", "s", "tpot_s.p95", "tpot_p95_s", kLower, "95 % quantile of the times of tpot_mean.",
           of_requests<&ServiceFigures::output_token, &RequestTimes::p95_s>},
    Metric{"tpot_p99", "s", "tpot_s.p99", "tpot_p99_s", kLower, "99 % quantile of the times of tpot_mean.",
           of_requests<&ServiceFigures::output_token, &RequestTimes::p99_s>},
    Metric{"slo_attainment", "", "slo_attainment", "slo_attainment", kHigher,
           "Share of the requests offered, and carried in from the warm-up, that were answered within the service's "
           "`slo`, of the services that have one: as a fluid, when and where both 95 % quantiles were; with `fidelity: "
           "requests`, those whose own times were.",
           [](const Block& block) {
             return Figure{block.service.attainment.value_or(kNoNumber), false};
           }},
};

}  // namespace

std::span<const Metric> registry() {
  return kRegistry;
}

const Metric* find_metric(std::string_view name) {
  const auto* const found =
      std::find_if(kRegistry.begin(), kRegistry.end(), [&](const Metric& m) { return m.name == name; });
  return found == kRegistry.end() ? nullptr : &*found;
}

}  // namespace gigasim::metrics
