#include "sample_results.hpp"

#include <utility>

namespace sample {
namespace {

using namespace gigasim;
using units::Seconds;

scenario::Partition partition(std::string name, std::int64_t count) {
  scenario::Partition made;
  made.name = std::move(name);
  made.accelerator = "H100-SXM5-80";
  made.count = count;
  return made;
}

scenario::Scenario two_sites() {
  scenario::Scenario scenario;
  scenario.name = "two-sites";
  scenario.description = "For tests";
  scenario.variant = "small";
  scenario.seed = 7;
  scenario.period.start = units::parse_date("2028-01-01")->best;
  scenario.period.length = Seconds{86400.0};
  scenario::Site athens;
  athens.name = "athens";
  athens.country = "GR";
  athens.partitions = {partition("gpu", 1024)};
  scenario::Site juelich;
  juelich.name = "Jülich";
  juelich.country = "DE";
  juelich.partitions = {partition("booster", 2000), partition("old, spare", 48)};
  scenario.sites = {athens, juelich};
  scenario::Stream research;
  research.name = "research";
  research.access_class = "aif_fast_lane";
  research.labels = {{"sector", "health"}, {"user_type", "sme"}};
  scenario::Stream log;
  log.name = "kth";
  log.trace = scenario::Trace{"logs/kth.swf", "swf", 1.0};
  scenario.workload.streams = {research, log};
  return scenario;
}

metrics::JobRecord job(std::int64_t number, std::int32_t stream, metrics::Place place, double submit) {
  metrics::JobRecord record;
  record.number = number;
  record.stream = stream;
  record.place = place;
  record.accelerators = 8;
  record.submit = Seconds{submit};
  record.walltime = Seconds{3600.0};
  record.runtime = Seconds{1800.0};
  return record;
}

std::vector<metrics::JobRecord> four_jobs() {
  metrics::JobRecord completed = job(1, 0, {0, 0}, 0.0);
  completed.origin = 0;
  completed.pods = 1;
  completed.start = completed.resumed = Seconds{60.0 + 1.0 / 1024.0};
  completed.end = Seconds{1860.0 + 1.0 / 1024.0};
  completed.outcome = metrics::Outcome::kFinished;
  metrics::JobRecord killed = job(17, 1, {1, 1}, 100000.5);
  killed.pods = 2;
  killed.start = killed.resumed = Seconds{100000.5};
  killed.end = Seconds{103600.5};
  killed.outcome = metrics::Outcome::kKilled;
  metrics::JobRecord queued = job(2, 0, {1, 0}, 100001.0);
  queued.origin = 1;
  metrics::JobRecord refused = job(3, 0, {}, 100002.0);
  refused.outcome = metrics::Outcome::kRefused;
  refused.refusal = 0;
  return {completed, killed, queued, refused};
}

metrics::Block network() {
  metrics::Block block;
  block.name = "network";
  block.jobs = {.submitted = 4, .finished = 1, .killed = 1, .refused = 1, .running = 0, .queued = 1};
  block.queue_time_s = {3, {120.25, true}, {60.0, false}, {7200.0, true}, {7200.0, true}, {7200.0, true}};
  block.queue_time_weighted_s = block.queue_time_s;
  block.bounded_slowdown = {3, {1.5, true}, {1.0, false}, {3.0, true}, {3.0, true}, {3.0, true}};
  block.accelerator_hours = 49152.0;
  block.accelerator_hours_available = 73728.0;  // 3,072 accelerators for 24 h
  block.h100_equivalent_hours = 49152.0;
  block.h100_equivalent_hours_available = 73728.0;
  block.utilisation = 2.0 / 3.0;
  block.offered_load = 0.8;
  block.unfinished_accelerator_hours = 4.0;
  block.oldest_queued_age_s = 7200.0;
  block.energy_it_mwh = 1000.0;
  block.energy_mwh = 1200.0;
  block.mean_power_mw = 50.0;
  block.peak_power_mw = 61.5;
  block.pods_per_job = {2, 1.5};
  block.distance_km = {3, 500.25};
  return block;
}

metrics::Block small(std::string name) {
  metrics::Block block;
  block.name = std::move(name);
  block.jobs.submitted = 1;
  block.queue_time_s = {1, {60.0}, {60.0}, {60.0}, {60.0}, {60.0}};
  block.accelerator_hours_available = 24576.0;
  block.utilisation = 0.97;
  block.energy_mwh = 0.25;
  block.peak_power_mw = 0.0125;
  return block;
}

/// A group of which nothing is known but its name: no job, no quantile.
metrics::Block idle(std::string name) {
  metrics::Block block;
  block.name = std::move(name);
  return block;
}

workload::ImportReport kth() {
  workload::ImportReport report;
  report.file = "logs/kth.swf";
  report.format = "swf";
  report.lines = 28490;
  report.kept = 28489;
  report.dropped = {{"without a runtime", 1}};
  report.max_procs = 100;
  report.digest = "abc123";
  return report;
}

}  // namespace

metrics::Results results() {
  metrics::Results results;
  results.scenario = two_sites();
  results.results_begin = Seconds{3600.0};
  results.results_end = Seconds{86400.0};
  results.network = network();
  results.sites = {small("athens"), idle("Jülich")};
  results.access_classes = {small("aif_fast_lane")};
  results.origins = {small("GR"), small("DE")};
  results.streams = {small("research"), small("kth")};
  results.labels = {small("sector=health"), small("user_type=sme")};
  results.demand = {{"research", 1.0, 0.975, 12345.0, {}, 20}};
  results.imports = {kth()};
  results.refused = {{"larger than any partition", 1}};
  results.origins_of_jobs = {"GR", "DE"};
  results.refusal_reasons = {"larger than any partition"};
  results.jobs = four_jobs();
  results.timeseries = {{0, 0, 0.5, 8.0, 1024.0, 0.75}, {25, 1, 0.0, 0.0, 2048.0, 0.125}};
  results.warnings = {"eu.yaml:3:5: sites[0]: looks odd"};
  return results;
}

metrics::Results overloaded_results() {
  metrics::Results results = sample::results();
  results.network.offered_load = 1.25;
  results.sites.front().offered_load = 1.5;
  results.sites.front().jobs.queued = 1;
  return results;
}

scenario::Loaded loaded() {
  scenario::Loaded loaded;
  loaded.scenario = two_sites();
  loaded.inputs = {{"scenarios/two-sites.yaml", "00ff"}};
  loaded.resolved = {{"seed", "7", "--set"}, {"name", "two-sites", "two-sites.yaml:2"}};
  return loaded;
}

}  // namespace sample
