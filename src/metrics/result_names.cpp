#include "gigasim/metrics/result_names.hpp"

#include <algorithm>
#include <array>

namespace gigasim::metrics {
namespace {

constexpr std::string_view kHours = "accelerator-h", kH100Hours = "H100-h";
constexpr std::string_view kJson = "results.json", kJobs = "jobs.csv", kRegional = "regional.csv",
                           kSeries = "timeseries.csv";

constexpr std::array kResultNames{
    ResultName{
        "accelerator_hours_split", kHours, kJson,
        "What became of accelerator_hours_available, of the network and of sites: each accelerator online is in "
        "exactly one part at a time, so that they add up to it. Only in runs with services, AI work, failures or "
        "checkpoints. Parts: work, inference, lost, preempted, restart, load, checkpoint, held_idle, repair, "
        "idle."},
    ResultName{"accelerator_hours_split.work", kHours, kJson,
               "Of jobs, training and all else that is no service: what counts in the end."},
    ResultName{"accelerator_hours_split.inference", kHours, kJson,
               "Held by replicas of services, starting up included."},
    ResultName{"accelerator_hours_split.lost", kHours, kJson,
               "Work since the last checkpoint that failures undid, where it was lost."},
    ResultName{"accelerator_hours_split.preempted", kHours, kJson,
               "Work that preemptions undid, and what their restarts cost."},
    ResultName{"accelerator_hours_split.restart", kHours, kJson, "Of jobs, from an interruption until they load."},
    ResultName{"accelerator_hours_split.load", kHours, kJson, "Of jobs that read from storage."},
    ResultName{"accelerator_hours_split.checkpoint", kHours, kJson, "Of jobs whose work a checkpoint stops."},
    ResultName{"accelerator_hours_split.held_idle", kHours, kJson,
               "Held without computing: the rest of whole nodes, and wiping."},
    ResultName{"accelerator_hours_split.repair", kHours, kJson, "Of nodes that are down."},
    ResultName{"accelerator_hours_split.idle", kHours, kJson, "Ready, spares too, and held by nobody."},
    ResultName{"reliability.by_cause", "", kJson,
               "Interruptions of jobs and replicas, and the accelerator-hours of work that they undid, by cause: "
               "accelerator (with its memory), software, network, maintenance, other, and outages of pods and sites."},
    ResultName{"lower_bounds", "", "results.json, sites.csv",
               "Paths (columns) of the figures of this block (row) that are lower bounds, since jobs still wait."},
    ResultName{"upper_bounds", "", kJson,
               "By path, what a lower bound of this block cannot exceed however long the jobs in the queue will wait."},
    ResultName{"name", "", "results.json, sites.csv, regional.csv", "What the block or row is of."},

    ResultName{"job_id", "", kJobs, "STREAM-NUMBER; the log's own job number where the scenario has just one log."},
    ResultName{"stream", "", kJobs, "The stream of the scenario that the job is of."},
    ResultName{"access_class", "", kJobs, "The access class of its stream."},
    ResultName{"origin", "", "jobs.csv, services.csv", "Country that the users are in; empty for logs."},
    ResultName{"site", "", "jobs.csv, services.csv, timeseries.csv",
               "Where the job was sent (empty for a refused one), or what the row is of."},
    ResultName{"partition", "", kJobs, "Where the job was sent; empty for a refused one."},
    ResultName{"labels", "", kJobs, "key=value, joined with ;"},
    ResultName{"accelerators", "accelerators", kJobs, "That the job asked for."},
    ResultName{"pods", "pods", kJobs, "That the job touched."},
    ResultName{"submit_time_s", "s", kJobs, "When it was submitted, since the scenario's start."},
    ResultName{"start_time_s", "s", kJobs, "When it (a run of it) started, since the scenario's start."},
    ResultName{"end_time_s", "s", kJobs, "When it (a run of it) ended, since the scenario's start."},
    ResultName{"queue_time_s", "s", kJobs, "First start minus submit."},
    ResultName{"runtime_s", "s", kJobs, "The sum of its runs."},
    ResultName{"walltime_s", "s", kJobs, "The request."},
    ResultName{"outcome", "", kJobs,
               "completed, failed, cancelled (finished, by how), killed, refused, left, running, queued."},
    ResultName{"refusal_reason", "", kJobs, "Why a refused job was refused; empty for all others."},
    ResultName{"decision", "", "jobs.csv, decisions.csv",
               "Number of what excluded partitions when the broker decided last: what refers to decisions.csv."},
    ResultName{"why", "", kJobs, "Why the broker took this partition; empty when it took none."},
    ResultName{"brokered_time_s", "s", kJobs, "When the broker decided last; empty when that was at submission."},
    ResultName{"expected_start_time_s", "s", kJobs, "The broker's estimate at that time, from walltimes."},
    ResultName{"score", "", kJobs, "What the broker compared, lower is better; empty for those that do not compare."},
    ResultName{"next_site", "", kJobs, "Of the second best that the broker looked at."},
    ResultName{"next_partition", "", kJobs, "Of the second best that the broker looked at."},
    ResultName{"next_score", "", kJobs, "Of the second best that the broker looked at."},
    ResultName{"moves", "", kJobs, "How often re-brokering moved the job; empty for never."},
    ResultName{"ai_model", "", kJobs, "What a job that is given as work is on."},
    ResultName{"task", "", kJobs, "What it does: pre_training, ..., batch_inference."},
    ResultName{"tokens", "tokens", kJobs, "Of its work that count so far."},
    ResultName{"stopped_by", "", "stopped_runs.csv", "What ended the run: a preemption or a failure."},
    ResultName{"verdict", "", "decisions.csv", "The first filter at which partitions fell, or able."},
    ResultName{"partitions", "", "decisions.csv", "SITE/PARTITION of those with this verdict, joined with ;"},
    ResultName{"service", "", "services.csv", "The inference service that the row is of."},

    ResultName{"time_utc", "", kSeries, "Start of the hour."},
    ResultName{"busy_accelerators_mean", "accelerators", kSeries, "Held by jobs and replicas, mean of the hour."},
    ResultName{"online_accelerators_mean", "accelerators", kSeries, "Online, mean of the hour."},
    ResultName{"it_power_mw", "MW", kSeries, "IT power, mean of the hour."},

    ResultName{"kind", "", kRegional, "country, unknown (jobs without origin) or group."},
    ResultName{"countries", "countries", kRegional, "How many countries the row is of."},
    ResultName{"host", "", kRegional, "Whether accelerators stand in the country."},
    ResultName{"antenna", "", kRegional, "Whether the country has an antenna and no accelerators online."},
    ResultName{"eu_member", "", kRegional, "Whether it is a member of the EU."},
    ResultName{"cohesion", "", kRegional, "Whether the Cohesion Fund supports it."},
    ResultName{"population_million", "million", kRegional, "Inhabitants."},
    ResultName{"gdp_beur", "billion EUR", kRegional, "Gross domestic product."},
    ResultName{"h100_equivalent_hours_per_million_inhabitants", kH100Hours, kRegional,
               "Delivered to jobs from there, per million inhabitants."},
    ResultName{"h100_equivalent_hours_per_gdp_beur", kH100Hours, kRegional,
               "Delivered to jobs from there, per billion EUR of GDP."},
    ResultName{"asked_h100_equivalent_hours", kH100Hours, kRegional,
               "Asked for by the jobs from there that were submitted in the results period."},
    ResultName{"served_h100_equivalent_hours", kH100Hours, kRegional,
               "Of those asked for: delivered, at home, elsewhere in the EU or outside."},
    ResultName{"at_home_share", "", kRegional, "Of those asked for: served in the own country."},
    ResultName{"in_eu_share", "", kRegional, "Of those asked for: served elsewhere in the EU."},
    ResultName{"outside_eu_share", "", kRegional, "Of those asked for: served outside the EU."},
    ResultName{"under_way_share", "", kRegional, "Of those asked for: still to come to jobs that run at the end."},
    ResultName{"not_served_share", "", kRegional,
               "Of those asked for: of jobs that wait at the end or were refused, and what a job that ended early did "
               "not get."},
};

bool is_below(std::string_view path, std::string_view name) {
  return path.size() > name.size() && path.starts_with(name) && path[name.size()] == '.';
}

}  // namespace

std::span<const ResultName> result_names() {
  return kResultNames;
}

const ResultName* find_result_name(std::string_view name) {
  const auto find = [](auto holds) -> const ResultName* {
    const auto* const found = std::find_if(kResultNames.begin(), kResultNames.end(), holds);
    return found == kResultNames.end() ? nullptr : &*found;
  };
  if (const auto* exact = find([&](const ResultName& one) { return one.name == name; })) return exact;
  return find([&](const ResultName& one) { return one.name == "reliability.by_cause" && is_below(name, one.name); });
}

const Metric* find_metric_anywhere(std::string_view name) {
  if (const Metric* metric = find_metric(name)) return metric;
  const auto all = registry();
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const Metric& one) { return one.json_path == name || one.column == name; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace gigasim::metrics
