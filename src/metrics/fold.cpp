#include "fold.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "blocks.hpp"
#include "figures.hpp"
#include "fold_regional.hpp"
#include "group_distributions.hpp"
#include "replicas.hpp"
#include "users.hpp"

namespace gigasim::metrics {
namespace {

/// The array of results that holds a group's block; null for the network and for groups that are not shown.
std::vector<Block>* array_of(Results& results, const Group& group, bool occurs) {
  switch (group.kind) {
    case GroupKind::kNetwork:
      return nullptr;
    case GroupKind::kSite:
      return &results.sites;
    case GroupKind::kAccessClass:
      return &results.access_classes;
    case GroupKind::kOrigin:
      return occurs ? &results.origins : nullptr;
    case GroupKind::kStream:
      return &results.streams;
    case GroupKind::kLabel:
      return &results.labels;
    case GroupKind::kQuarter:
      return &results.quarters;
    case GroupKind::kYear:
      return &results.years;
  }
  return nullptr;
}

void sort_by_name(std::vector<Block>& blocks) {
  std::sort(blocks.begin(), blocks.end(), [](const Block& a, const Block& b) { return a.name < b.name; });
}

/// Of a run that was stopped.
bool never_reached(const QuarterBook& quarter) {
  return quarter.window.begin >= quarter.window.end;
}

std::optional<double> share_of(double part, double whole) {
  return whole > 0.0 ? std::optional{part / whole} : std::nullopt;
}

void fill_shares(Block& block, const Block& network) {
  block.job_share = share_of(static_cast<double>(block.jobs.submitted), static_cast<double>(network.jobs.submitted));
  block.h100_equivalent_hour_share = share_of(block.h100_equivalent_hours, network.h100_equivalent_hours);
}

/// The mean queue time of the jobs of all streams that are sensitive, or of all that are not.
std::optional<Distribution::Figure> mean_wait(const Results& results, bool sensitive) {
  Distribution::Figure mean;
  double jobs = 0.0;
  for (const Block& stream : results.streams) {
    const auto& streams = results.scenario.workload.streams;
    const auto of = std::find_if(streams.begin(), streams.end(), [&](const auto& s) { return s.name == stream.name; });
    if (of == streams.end() || of->sensitive != sensitive) continue;
    const auto count = static_cast<double>(stream.queue_time_s.count);
    mean.value += stream.queue_time_s.mean.value * count;
    mean.lower_bound |= count > 0.0 && stream.queue_time_s.mean.lower_bound;
    jobs += count;
  }
  if (jobs <= 0.0) return std::nullopt;
  mean.value /= jobs;
  return mean;
}

void fill_trusted_wait_premium(Results& results) {
  const auto sensitive = mean_wait(results, true);
  const auto others = mean_wait(results, false);
  if (!sensitive || !others || others->lower_bound) return;
  results.network.trusted_wait_premium_s = {sensitive->value - others->value, sensitive->lower_bound};
}

void fold_blocks(const Books& books, const std::vector<workload::Project>& projects, Results& results) {
  std::vector<GroupSums> sums = sum_groups(books);
  add_replicas(books, results.replica_runs, sums);
  const std::vector<GroupDistributions> distributions = describe_groups(books);
  const std::vector<GroupAccess> access = describe_access(books, projects);
  for (std::size_t g = 0; g < sums.size(); ++g) {
    const Group& group = books.groups.all()[g];
    if (group.is_span() && never_reached(books.quarters.books()[group.first_quarter])) continue;
    Block block = make_block(books, group, sums[g], distributions[g], access[g]);
    fill_shares(block, g == Groups::kNetwork ? block : results.network);
    if (g == Groups::kNetwork) {
      results.network = std::move(block);
    } else if (std::vector<Block>* array = array_of(results, group, sums[g].occurs || block.service.any)) {
      array->push_back(std::move(block));
    }
  }
  fill_trusted_wait_premium(results);
  sort_by_name(results.origins);
  sort_by_name(results.labels);
}

/// Accelerator-hours asked for by the jobs of each stream that were submitted in the results period.
std::vector<double> asked_hours(const Books& books) {
  std::vector<Wide> ticks(books.scenario.workload.streams.size());
  for (const JobRecord& job : books.jobs.jobs()) {
    if (!job.in_results_period) continue;
    ticks[static_cast<std::size_t>(job.stream)] += asked_ticks(job, books.scenario.scheduling.overrun);
  }
  std::vector<double> hours;
  hours.reserve(ticks.size());
  for (const Wide t : ticks) hours.push_back(to_hours(static_cast<double>(t)));
  return hours;
}

double hours_of(const std::string& stream, const Books& books, const std::vector<double>& asked) {
  const std::vector<scenario::Stream>& streams = books.scenario.workload.streams;
  const auto found = std::find_if(streams.begin(), streams.end(), [&](const auto& s) { return s.name == stream; });
  return found == streams.end() ? 0.0 : asked[static_cast<std::size_t>(found - streams.begin())];
}

/// As asked_hours, at the speed that each class has in the mean over the accelerators that the demand is measured
/// against.
std::vector<double> hours_at_mean_speed(const Books& books) {
  std::vector<double> hours(books.scenario.workload.streams.size());
  for (const JobRecord& job : books.jobs.jobs()) {
    if (!job.in_results_period) continue;
    const auto stream = static_cast<std::size_t>(job.stream);
    const auto& classes = books.scenario.workload.streams[stream].classes;
    if (classes.empty()) continue;
    const double seconds = planned_run(job, books.scenario.scheduling.overrun).in_base_units();
    const double speed = classes[static_cast<std::size_t>(job.job_class)].mean_speed;
    hours[stream] += static_cast<double>(job.accelerators) * seconds / speed / 3600.0;
  }
  return hours;
}

/// The loads of the streams that take a part of the reference's capacity.
void fold_loads(const Books& books, const std::vector<workload::StreamPlan>& plans, std::vector<StreamDemand>& demand) {
  const scenario::Workload& workload = books.scenario.workload;
  const double hours = to_hours(static_cast<double>(books.window.end - books.window.begin));
  const double capacity = workload.reference_accelerators * hours;
  // A run until everything has ended goes on for longer than jobs come.
  if (books.scenario.period.until_drained || capacity <= 0.0) return;
  const std::vector<double> at_mean_speed = hours_at_mean_speed(books);
  for (std::size_t i = 0; i < plans.size(); ++i) {
    const auto stream = std::find_if(workload.streams.begin(), workload.streams.end(),
                                     [&](const auto& one) { return one.name == plans[i].stream; });
    if (stream == workload.streams.end() || stream->after || stream->trace || stream->arrivals.rate ||
        stream->arrivals.max_jobs || stream->arrivals.growth_per_year != 0.0) {
      continue;
    }
    const double asked =
        stream->arrivals.load ? *stream->arrivals.load : workload.load.value_or(0.0) * stream->arrivals.demand_share;
    demand[i].loads = {asked, asked * plans[i].rate_in_period,
                       hours_of(plans[i].stream, books, at_mean_speed) / capacity,
                       demand[i].realised_accelerator_hours / capacity};
  }
}

/// Tells of demand that came out other than it was asked for, and how much of it comes from what; empty when it is
/// within 5 points.
std::string load_warning(const std::vector<StreamDemand>& demand) {
  constexpr double kPoints = 0.05;
  StreamDemand::Loads sum;
  for (const StreamDemand& d : demand) {
    if (!d.loads) continue;
    sum.asked += d.loads->asked;
    sum.in_period += d.loads->in_period;
    sum.at_mean_speed += d.loads->at_mean_speed;
    sum.realised += d.loads->realised;
  }
  if (sum.asked <= 0.0 || std::abs(sum.realised - sum.asked) <= kPoints) return {};
  return fmt::format(
      "a load of {:.1f} % was asked for and {:.1f} % came true. Step by step: {:.1f} % is to be expected in these "
      "hours "
      "and weekdays, {:.1f} % is what the jobs that were submitted ask for at the mean speed of the accelerators that "
      "the "
      "demand is measured against, {:.1f} % is the same at the speed where they queue",
      100.0 * sum.asked, 100.0 * sum.realised, 100.0 * sum.in_period, 100.0 * sum.at_mean_speed, 100.0 * sum.realised);
}

std::vector<StreamDemand> fold_demand(const Books& books, const std::vector<workload::StreamPlan>& plans) {
  const std::vector<double> asked = asked_hours(books);
  std::vector<StreamDemand> demand;
  double planned = 0.0;
  double realised = 0.0;
  for (const workload::StreamPlan& plan : plans) {
    StreamDemand& d = demand.emplace_back();
    d.stream = plan.stream;
    d.planned_share = plan.demand_accelerators;
    d.realised_accelerator_hours = hours_of(plan.stream, books, asked);
    d.bundle = plan.bundle;
    planned += d.planned_share;
    realised += d.realised_accelerator_hours;
  }
  for (StreamDemand& d : demand) {
    d.planned_share = planned > 0.0 ? d.planned_share / planned : 0.0;
    d.realised_share = realised > 0.0 ? d.realised_accelerator_hours / realised : 0.0;
  }
  fold_loads(books, plans, demand);
  return demand;
}

/// All sites of one hour, then those of the next. Every series has the same hours.
std::vector<SeriesRow> fold_series(const Books& books) {
  std::vector<const HourlySeries*> shown;
  for (std::size_t s = 0; s < books.hourly.size(); ++s) {
    if (!books.scenario.sites[s].partitions.empty()) shown.push_back(&books.hourly[s]);
  }
  std::vector<SeriesRow> rows;
  if (shown.empty()) return rows;
  rows.reserve(shown.size() * shown.front()->rows().size());
  for (std::size_t hour = 0; hour < shown.front()->rows().size(); ++hour) {
    for (const HourlySeries* series : shown) rows.push_back(series->rows()[hour]);
  }
  return rows;
}

std::string overload_warning(const std::string& whose, const Block& block) {
  const double load = block.offered_load;
  if (block.jobs.left > 0) {
    return fmt::format(
        "{}offered load {:.2f} is at or above 1: jobs leave unserved, and queue times are those of users "
        "with the patience that is assumed",
        whose, load);
  }
  return fmt::format(
      "{}offered load {:.2f} is at or above 1: the system is unstable, queues grow without bound and queue "
      "times depend on the length of the period",
      whose, load);
}

/// A stream whose jobs do the same work again and again looks like demand: it has to be told.
std::optional<std::string> repetition_warning(const scenario::Stream& stream, const Block& block) {
  constexpr double kMuch = 0.1;
  if (stream.checkpoint || !block.reliability || block.accelerator_hours == 0.0) return std::nullopt;
  const double share = block.reliability->lost_accelerator_hours / block.accelerator_hours;
  if (share < kMuch) return std::nullopt;
  return fmt::format(
      "stream {}: failures undid {:.0f} % of the accelerator-hours of its jobs, which begin anew each time; give it a "
      "`checkpoint` if they save their work",
      stream.name, 100.0 * share);
}

std::vector<std::string> fold_warnings(const Results& results) {
  std::vector<std::string> warnings;
  const auto overloaded = [](const Block& block) { return block.offered_load >= 1.0 && block.jobs.unfinished() > 0; };
  if (overloaded(results.network)) warnings.push_back(overload_warning("", results.network));
  for (const Block& site : results.sites) {
    if (site.accelerator_hours_available == 0.0 && site.jobs.queued > 0) {
      warnings.push_back(
          fmt::format("site {}: {} jobs wait for accelerators, but none was online in the results period", site.name,
                      site.jobs.queued));
    } else if (overloaded(site) && results.sites.size() > 1) {
      warnings.push_back(overload_warning(fmt::format("site {}: ", site.name), site));
    }
  }
  for (const scenario::Stream& stream : results.scenario.workload.streams) {
    const auto block = std::find_if(results.streams.begin(), results.streams.end(),
                                    [&](const Block& b) { return b.name == stream.name; });
    if (block == results.streams.end()) continue;
    if (auto warning = repetition_warning(stream, *block)) warnings.push_back(*std::move(warning));
  }
  return warnings;
}

}  // namespace

Results fold(Books& books, const std::vector<workload::StreamPlan>& plans,
             const std::vector<workload::Project>& projects) {
  Results results;
  results.scenario = books.scenario;
  results.complete = !books.interrupted;
  results.results_begin = units::from_ticks(books.window.begin);
  results.results_end = units::from_ticks(books.window.end);
  results.replica_runs = take_replica_runs(books);
  fold_blocks(books, projects, results);
  results.services = books.services.rows(books.origins);
  fold_regional(books, results);
  results.demand = fold_demand(books, plans);
  results.refused = books.refused;
  results.refusal_reasons = books.refusal_reasons;
  results.projects = projects;
  results.origins_of_jobs = books.origins;
  results.timeseries = fold_series(books);
  results.warnings = fold_warnings(results);
  if (auto warning = load_warning(results.demand); !warning.empty()) {
    results.warnings.push_back(std::move(warning));
  }
  results.exclusions = books.exclusions;
  results.network.users = describe_users(books);
  results.jobs = books.jobs.take_jobs();
  results.stopped_runs = books.jobs.take_stopped_runs();
  return results;
}

}  // namespace gigasim::metrics
