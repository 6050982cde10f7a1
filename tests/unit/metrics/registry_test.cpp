#include "gigasim/metrics/registry.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>

using namespace gigasim::metrics;

namespace {

/// The ending that a column's name owes to the unit of its values.
std::string_view column_ending(std::string_view unit) {
  static const std::map<std::string_view, std::string_view> endings{
      {"s", "_s"}, {"MWh", "_mwh"}, {"MW", "_mw"}, {"jobs/d", "_per_day"}, {"km", "_km"}};
  const auto found = endings.find(unit);
  return found == endings.end() ? std::string_view{} : found->second;
}

/// A block in which every number is different.
Block block_of_distinct_values() {
  Block b;
  double next = 1.5;
  const auto number = [&next] { return next += 1.0; };
  for (Distribution* d :
       {&b.queue_time_s, &b.queue_time_weighted_s, &b.bounded_slowdown, &b.onboarding_time_s, &b.time_to_access_s}) {
    for (Distribution::Figure* f : {&d->mean, &d->median, &d->p95, &d->p99, &d->max}) *f = {number(), true};
  }
  for (double* field : {&b.finished_per_day,
                        &b.accelerator_hours,
                        &b.accelerator_hours_available,
                        &b.h100_equivalent_hours,
                        &b.h100_equivalent_hours_available,
                        &b.utilisation,
                        &b.offered_load,
                        &b.unfinished_accelerator_hours,
                        &b.oldest_queued_age_s,
                        &b.queue_length_mean,
                        &b.energy_it_mwh,
                        &b.energy_mwh,
                        &b.mean_power_mw,
                        &b.peak_power_mw,
                        &b.accelerators_online,
                        &b.h100_equivalents_online,
                        &b.it_power_online_mw,
                        &b.h100_equivalent_hours_lost_to_delay,
                        &b.unserved_h100_equivalent_hours,
                        &b.reserved_unused_h100_equivalent_hours,
                        &b.held_idle_accelerator_hours,
                        &b.preemption_lost_accelerator_hours}) {
    *field = number();
  }
  for (Mean* mean : {&b.pods_per_job, &b.walltime_accuracy, &b.distance_km, &b.decision_time_s, &b.trusted_utilisation})
    *mean = {1, number()};
  for (std::optional<double>* figure :
       {&b.job_share, &b.h100_equivalent_hour_share, &b.regional.delivered_gini, &b.regional.delivered_jain,
        &b.regional.capacity_hhi_country, &b.regional.capacity_hhi_vendor, &b.regional.served_at_home_share,
        &b.users.count, &b.users.wait_jain, &b.users.slowdown_jain, &b.ai.tokens_trained, &b.ai.training_runs_per_month,
        &b.ai.model_flop, &b.ai.mfu, &b.ai.training_h100_equivalent_hours}) {
    *figure = number();
  }
  for (std::optional<double>& tokens : b.ai.tokens) tokens = number();
  b.reliability.emplace();
  for (double* field : {&b.reliability->lost_accelerator_hours, &b.reliability->restart_accelerator_hours,
                        &b.reliability->load_accelerator_hours, &b.reliability->checkpoint_accelerator_hours,
                        &b.reliability->repair_accelerator_hours}) {
    *field = number();
  }
  b.reliability->goodput = number();
  b.trusted_wait_premium_s = {number(), false};
  b.reliability->interruptions = 2100;
  b.started_within_target = {number(), true};
  b.jobs = {.submitted = 100,
            .finished = 200,
            .killed = 300,
            .refused = 400,
            .running = 500,
            .queued = 600,
            .failed = 700,
            .cancelled = 800,
            .left = 1300,
            .preempted = 1500,
            .trusted_violations = 1400,
            .out_of_budget = 1700,
            .quota_violations = 1800};
  b.granted = {1, 1900, 2000};
  for (auto* shares : {&b.delivered.delivered, &b.delivered.target}) {
    for (std::optional<double>& share : *shares) share = number();
  }
  b.has_machines = b.service.any = true;
  b.inference_accelerator_hours = 0.25;  // so that the rest is like no other number
  for (double* field : {&b.inference_h100_equivalent_hours, &b.service.offered, &b.service.served, &b.service.shed,
                        &b.service.waiting, &b.service.waited, &b.service.input_tokens, &b.service.output_tokens}) {
    *field = number();
  }
  for (RequestTimes* times : {&b.service.first_token, &b.service.output_token}) {
    for (auto* field : {&times->mean_s, &times->p50_s, &times->p95_s, &times->p99_s}) *field = number();
  }
  b.service.attainment = number();
  b.projects = 900;
  b.projects_waiting = 1000;
  b.preemptions = 1600;
  return b;
}

}  // namespace

TEST_CASE("names, JSON paths and columns are unique", "[metrics][registry]") {
  std::set<std::string_view> names, paths, columns;
  for (const Metric& metric : registry()) {
    names.insert(metric.name);
    paths.insert(metric.json_path);
    columns.insert(metric.column);
  }
  CHECK(names.size() == registry().size());
  CHECK(paths.size() == registry().size());
  CHECK(columns.size() == registry().size());
}

TEST_CASE("every metric has a name, a definition, and a column that ends in its unit", "[metrics][registry]") {
  for (const Metric& metric : registry()) {
    CAPTURE(metric.name);
    CHECK_FALSE(metric.name.empty());
    CHECK(metric.definition.size() > 20);
    CHECK(metric.definition.back() == '.');
    const std::string_view ending = column_ending(metric.unit);
    CHECK(metric.column.size() >= ending.size());
    CHECK(metric.column.substr(metric.column.size() - ending.size()) == ending);
    CHECK(metric.column.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos);
  }
}

TEST_CASE("JSON paths form one tree: no value lies where another path goes through", "[metrics][registry]") {
  for (const Metric& inner : registry()) {
    for (const Metric& leaf : registry()) {
      CAPTURE(inner.json_path, leaf.json_path);
      CHECK(inner.json_path.substr(0, leaf.json_path.size() + 1) != std::string(leaf.json_path) + ".");
    }
  }
}

TEST_CASE("the JSON paths that users rely on exist", "[metrics][registry]") {
  for (const std::string_view path : {"jobs.submitted",
                                      "jobs.finished",
                                      "jobs.killed",
                                      "jobs.unfinished",
                                      "jobs.refused",
                                      "jobs.running",
                                      "jobs.queued",
                                      "jobs.failed",
                                      "jobs.cancelled",
                                      "pods_per_job_mean",
                                      "walltime_accuracy_mean",
                                      "distance_mean_km",
                                      "queue_time_s.mean",
                                      "queue_time_s.median",
                                      "queue_time_s.p95",
                                      "queue_time_s.p99",
                                      "queue_time_s.max",
                                      "queue_time_weighted_s.mean",
                                      "queue_time_weighted_s.median",
                                      "queue_time_weighted_s.p95",
                                      "bounded_slowdown.mean",
                                      "bounded_slowdown.median",
                                      "bounded_slowdown.p95",
                                      "bounded_slowdown.max",
                                      "jobs.left",
                                      "unserved_h100_equivalent_hours",
                                      "started_within_target",
                                      "reserved_unused_h100_equivalent_hours",
                                      "trusted_utilisation",
                                      "jobs.trusted_violations",
                                      "utilisation",
                                      "offered_load",
                                      "accelerator_hours",
                                      "energy_it_mwh",
                                      "energy_mwh",
                                      "mean_power_mw",
                                      "peak_power_mw"}) {
    CAPTURE(path);
    CHECK(std::any_of(registry().begin(), registry().end(), [&](const Metric& m) { return m.json_path == path; }));
  }
}

TEST_CASE("every metric reads a field of its own", "[metrics][registry]") {
  const Block block = block_of_distinct_values();
  std::set<double> values;
  for (const Metric& metric : registry()) {
    const Distribution::Figure figure = metric.value(block);
    CAPTURE(metric.name, figure.value);
    CHECK(values.insert(figure.value).second);
    // What comes from a distribution keeps its mark of a lower bound; a plain number has none.
    const std::array kDistributions{"queue_time", "bounded", "onboarding", "time_to_access", "started_within"};
    const bool from_distribution = std::any_of(kDistributions.begin(), kDistributions.end(),
                                               [&](const char* start) { return metric.json_path.starts_with(start); });
    CHECK(figure.lower_bound == from_distribution);
  }
}

TEST_CASE("the metric for unfinished jobs adds those that wait and those that run", "[metrics][registry]") {
  CHECK(find_metric("jobs_unfinished")->value(block_of_distinct_values()).value == 1100.0);
}

TEST_CASE("a metric is found by its name and no other", "[metrics][registry]") {
  for (const Metric& metric : registry()) CHECK(find_metric(metric.name) == &metric);
  CHECK(find_metric("queue_time") == nullptr);
  CHECK(find_metric("") == nullptr);
}

TEST_CASE("less waiting, less energy per hour of work and more completed jobs are better", "[metrics][registry]") {
  CHECK(find_metric("queue_time_p95")->better == Better::kLower);
  CHECK(find_metric("energy_per_h100_hour")->better == Better::kLower);
  CHECK(find_metric("jobs_completed")->better == Better::kHigher);
}

TEST_CASE("what rises with lost work, or falls because less is delivered, is neither", "[metrics][registry]") {
  for (const char* name : {"utilisation", "accelerator_hours", "h100_equivalent_hours", "energy", "energy_it",
                           "mean_power", "peak_power", "jobs_finished", "jobs_per_day", "lost_accelerator_hours"}) {
    INFO(name);
    CHECK(find_metric(name)->better == Better::kNeither);
  }
}

TEST_CASE("energy per hour counts the hours of work that counts alone", "[metrics][registry]") {
  // 3 MWh for 1,000 hours, of which a quarter was lost: 3,000 kWh / 750.
  Block block;
  block.accelerator_hours = block.h100_equivalent_hours = 1000.0;
  block.energy_mwh = 3.0;
  block.preempted_accelerator_hours = 250.0;
  CHECK(measured(*find_metric("energy_per_h100_hour"), block)->value == 4.0);
  block.reliability = ReliabilityFigures{};
  block.reliability->goodput = 0.5;  // 3,000 / 500
  CHECK(measured(*find_metric("energy_per_h100_hour"), block)->value == 6.0);
  block.h100_equivalent_hours = 0.0;
  CHECK_FALSE(measured(*find_metric("energy_per_h100_hour"), block).has_value());
}

TEST_CASE("a load is neither better nor worse", "[metrics][registry]") {
  CHECK(find_metric("offered_load")->better == Better::kNeither);
}

TEST_CASE("the groupings name the arrays of results.json", "[metrics][registry]") {
  std::map<std::string_view, std::string_view> arrays;
  for (const Grouping& grouping : groupings()) {
    arrays[grouping.label] = grouping.json_array;
    CHECK_FALSE(grouping.definition.empty());
  }
  CHECK(arrays == std::map<std::string_view, std::string_view>{{"network", "network"},
                                                               {"site", "sites"},
                                                               {"access_class", "access_classes"},
                                                               {"origin", "origins"},
                                                               {"stream", "streams"},
                                                               {"label", "labels"},
                                                               {"quarter", "quarters"},
                                                               {"year", "years"}});
}
