#include <catch2/catch.hpp>
#include <random>
#include <set>

#include "country_world.hpp"
#include "gigasim/metrics/hour_split.hpp"
#include "gigasim/metrics/recorder.hpp"
#include "gigasim/workload/node_failures.hpp"
#include "phase_witness.hpp"

using namespace gigasim;
using test::FailureWitness;
using test::job;
using test::partition;
using test::site;
using test::witnessed;
using test::world;

namespace {

/// Runs the jobs through the recorder, which throws where the books do not balance.
metrics::Results booked(const scenario::Scenario& s, std::vector<workload::Job> jobs) {
  test::ListedJobs source(std::move(jobs));
  metrics::Recorder recorder(s, source.origins());
  engine::run(s, source, recorder);
  return recorder.results({}, {});
}

/// A site of so many nodes of 4, storage of 1 GB/s, whose jobs save 10 GB after each 100 s of work.
scenario::Scenario saving_world(std::int64_t nodes) {
  auto s = world({site("a", {partition(4 * nodes, 8)})});
  s.sites[0].partitions[0].per_node = 4;
  s.sites[0].storage_bandwidth = units::BytesPerSecond{1e9};
  scenario::Checkpointing checkpoint;
  checkpoint.size = units::Bytes{10e9};
  checkpoint.interval = units::Seconds{100};
  s.workload.streams[0].checkpoint = checkpoint;
  s.scheduling.overrun = scenario::Overrun::kExtend;
  return s;
}

/// Nodes fail on average every 500 s, and are down for 50 s.
scenario::Failures often(double restart = 20) {
  scenario::Failures failures;
  failures.rate = units::PerSecond{1.0 / 500};
  failures.repair = units::Seconds{50};
  failures.restart = units::Seconds{restart};
  return failures;
}

/// The outages of partition p0 of site a, as the engine draws them.
workload::NodeFailures outages_of(const scenario::Scenario& s) {
  workload::NodePool pool;
  pool.nodes = s.sites[0].partitions[0].count / 4;
  pool.nodes_per_pod = 2;
  pool.rate = s.failures->rate;
  pool.seed = s.seed;
  pool.name = "failures:a.p0";
  pool.site_name = "failures:a";
  return {*s.failures, pool};
}

}  // namespace

TEST_CASE("a checkpoint takes as long as storage takes to swallow it", "[engine][failures]") {
  // 250 s of work in segments of 100, 100 and 50; 10 GB at 1 GB/s twice: 270 s.
  const auto seen = witnessed(saving_world(2), {job(0, 8, 250, 250)});
  CHECK(seen.ends.at(0) == 270);
  CHECK(seen.lines == std::vector<FailureWitness::Line>{{"checkpoint", 0, 100, 110}, {"checkpoint", 0, 210, 220}});
}

TEST_CASE("jobs that save at the same time share the storage", "[engine][failures]") {
  // Both write 10 GB from 100 s on, at half of 1 GB/s each: until 120. The first has only 10 s left.
  const auto seen = witnessed(saving_world(2), {job(0, 4, 110, 110), job(0, 4, 150, 150)});
  CHECK(seen.ends.at(0) == 130);
  CHECK(seen.ends.at(1) == 170);
}

TEST_CASE("a flow that begins while another one is under way slows it down from then on", "[engine][failures]") {
  // One writes from 100 s, one from 105: 5 GB are left of the first, which takes until 115; the second has written 5 GB
  // by then and needs 5 s alone, until 120.
  const auto seen = witnessed(saving_world(2), {job(0, 4, 110, 110), job(5, 4, 110, 110)});
  CHECK(seen.lines == std::vector<FailureWitness::Line>{{"checkpoint", 0, 100, 115}, {"checkpoint", 1, 105, 120}});
  CHECK(seen.ends.at(0) == 125);
  CHECK(seen.ends.at(1) == 130);
}

TEST_CASE("a job reads what it needs from storage before it works", "[engine][failures]") {
  auto s = saving_world(1);
  s.workload.streams[0].checkpoint->load = units::Bytes{5e9};
  const auto seen = witnessed(s, {job(0, 4, 50, 50)});
  CHECK(seen.lines == std::vector<FailureWitness::Line>{{"load", 0, 0, 5}});
  CHECK(seen.ends.at(0) == 55);
}

TEST_CASE("a job that saves is killed at the request that covers its checkpoints", "[engine][failures]") {
  auto s = saving_world(1);
  s.scheduling.overrun = scenario::Overrun::kKill;
  // The request of 200 s becomes 200 (100 + 10) / 100 = 220 s: 100 s of work, 10 s to save, 100 s, 10 s.
  CHECK(witnessed(s, {job(0, 4, 400, 200)}).ends.at(0) == 220);
}

// Two jobs of 400 s save at the same times and share the storage: 20 s instead of 10, three times. They end at 460; the
// request of 400 s covers 440.
TEST_CASE("a job whose request is exact is not killed for sharing the storage", "[engine][failures]") {
  auto s = saving_world(2);
  s.scheduling.overrun = scenario::Overrun::kKill;
  s.workload.streams[0].walltime.kind = scenario::Walltime::Kind::kExact;
  const auto ends = witnessed(s, {job(0, 4, 400, 400), job(0, 4, 400, 400)}).ends;
  CHECK(ends.at(0) == 460);
  CHECK(ends.at(1) == 460);
}

TEST_CASE("a job that asked for too little is killed, whoever slowed it down", "[engine][failures]") {
  auto s = saving_world(2);
  s.scheduling.overrun = scenario::Overrun::kKill;
  const auto ends = witnessed(s, {job(0, 4, 400, 400), job(0, 4, 400, 400)}).ends;
  CHECK(ends.at(0) == 440);
  CHECK(ends.at(1) == 440);
}

TEST_CASE("what a failure undoes is the work since the last checkpoint", "[engine][failures]") {
  auto s = saving_world(2);
  s.failures = often();
  s.failures->spares = 0.5;  // the second node: the job goes on at once
  // The job is on node 0. Follow its outages by hand.
  auto outages = outages_of(s);
  double failure = 0;
  for (workload::Outage outage = outages.next();; outage = outages.next()) {
    failure = outage.time.in_base_units();
    if (outage.first_node == 0) break;
    REQUIRE(failure < 400);
  }
  const double cycle = 110;  // 100 s of work, 10 s to save
  const double whole = std::floor(failure / cycle);
  const double work_since = std::min(failure - whole * cycle, 100.0);
  const bool saving = failure - whole * cycle > 100;
  const auto seen = witnessed(s, {job(0, 4, 2000, 2000)});
  std::vector<FailureWitness::Line> until_then;
  for (const auto& line : seen.lines) {
    until_then.push_back(line);
    if (line.what == "interrupted") break;
  }
  REQUIRE(until_then.back().what == "interrupted");
  CHECK(until_then.back().from == failure);
  CHECK(until_then.back().to == Approx(work_since).margin(1e-9));
  CHECK(static_cast<double>(until_then.size()) == whole + (saving ? 1 : 0) + 1);
  CHECK(seen.starts.at(0)[1] == failure);  // on the spare
  const auto& restart = seen.lines[until_then.size()];
  CHECK(restart == FailureWitness::Line{"restart", 0, failure, failure + 20});
  const auto& load = seen.lines[until_then.size() + 1];
  CHECK(load.what == (whole > 0 ? "load" : "checkpoint"));
}

TEST_CASE("a job without checkpoints begins anew after each failure", "[engine][failures]") {
  auto s = saving_world(1);
  s.workload.streams[0].checkpoint.reset();
  s.failures = often();
  const double failure = outages_of(s).next().time.in_base_units();
  const auto seen = witnessed(s, {job(0, 4, failure + 10, failure + 10)});
  CHECK(seen.lines.at(0) == FailureWitness::Line{"interrupted", 0, failure, failure});
  CHECK(seen.starts.at(0)[1] == failure + 50);  // when its only node is back
}

TEST_CASE("capacity shrinks while a node is in repair", "[engine][failures]") {
  auto s = saving_world(3);
  s.failures = often();
  s.failures->repair = units::Seconds{100000};
  const double failure = outages_of(s).next().time.in_base_units();
  // Two jobs of a node each run for ever; a third job of two nodes, from after the failure on, does not fit any more.
  const double later = std::ceil(failure) + 1;
  auto seen = witnessed(s, {job(later, 12, 1, 1)});
  CHECK(seen.starts.at(0)[0] >= failure + 100000);
  CHECK(seen.down.at(1) == 4);
}

TEST_CASE("spares take the places of nodes that fail, and no job gets them before", "[engine][failures]") {
  auto s = saving_world(4);
  s.failures = often();
  s.failures->rate = units::PerSecond{1e-12};
  s.failures->spares = 0.25;
  // 16 accelerators, 4 of them spare: 12 run at once.
  const auto seen = witnessed(s, {job(0, 4, 10, 10), job(0, 4, 10, 10), job(0, 4, 10, 10), job(0, 4, 10, 10)});
  CHECK(seen.starts.at(2)[0] == 0);
  CHECK(seen.starts.at(3)[0] == 10);
}

TEST_CASE("a job that only fits on spares is refused", "[engine][failures]") {
  auto s = saving_world(4);
  s.failures = often();
  s.failures->spares = 0.25;
  const auto results = booked(s, {job(0, 16, 10, 10), job(0, 12, 10, 10)});
  CHECK(results.network.jobs.refused == 1);
}

TEST_CASE("peak demand preempts training, which goes on from its checkpoint", "[engine][failures]") {
  auto s = saving_world(2);
  s.workload.streams.resize(2);
  s.workload.streams[1].name = "peak";
  scenario::Preemption rule;
  rule.mode = scenario::PreemptionMode::kRequeue;
  rule.by_streams = {1};
  rule.of_streams = {0};
  s.scheduling.preemption = {rule};
  // Training works 0 to 100, saves until 110, works until the peak at 150 takes its nodes for 60 s: 40 s are lost. At
  // 210 it loads its 10 GB until 220 and has 150 s of its 250 left: 100, 10 to save, 50.
  const auto seen = witnessed(s, {job(0, 8, 250, 250), test::in_stream(1, job(150, 8, 60, 60))});
  CHECK(seen.lines == std::vector<FailureWitness::Line>{{"checkpoint", 0, 100, 110},
                                                        {"preempted", 0, 150, 40},
                                                        {"load", 0, 210, 220},
                                                        {"checkpoint", 0, 320, 330}});
  CHECK(seen.ends.at(0) == 380);
}

namespace {

// The recorder throws if accelerator-ticks by job, pod and partition differ, or if a job that ended ran for another
// time than its work, what it lost and what it spent on the way.
void check_books(const std::string& policy, bool asynchronous) {
  auto s = saving_world(12);
  s.workload.streams.resize(2);
  s.workload.streams[0].checkpoint->asynchronous = asynchronous;
  s.workload.streams[0].checkpoint->staging = units::Seconds{2};
  s.workload.streams[1].name = "plain";
  s.scheduling.queue_policy = policy;
  s.failures = often();
  s.failures->rate = units::PerSecond{1.0 / 5000};
  s.failures->spares = 0.1;
  s.failures->pods = {units::PerSecond{1.0 / 20000}, units::Seconds{100}};
  std::mt19937 random(5);
  std::vector<workload::Job> jobs;
  double submit = 0;
  for (int i = 0; i < 300; ++i) {
    submit += static_cast<double>(random() % 100);
    const auto runtime = static_cast<double>(1 + random() % 800);
    jobs.push_back(test::in_stream(static_cast<std::int32_t>(random() % 2),
                                   job(submit, 1 + static_cast<std::int64_t>(random() % 20), runtime, runtime)));
  }
  const auto results = booked(s, jobs);
  REQUIRE(results.network.jobs.finished == 300);
  REQUIRE(results.network.reliability);
  CHECK(results.network.reliability->interruptions > 30);
  CHECK(results.network.reliability->checkpoint_accelerator_hours > 0);
  CHECK(results.network.reliability->repair_accelerator_hours > 0);
  // Goodput = work asked for / accelerator-hours delivered, since all jobs have ended.
  double work = 0;
  for (const auto& record : results.jobs) {
    work += static_cast<double>(record.accelerators) * record.runtime.in_base_units() / 3600;
  }
  CHECK(*results.network.reliability->goodput == Approx(work / results.network.accelerator_hours).epsilon(1e-9));
  const auto split = metrics::hour_split(results.network);
  REQUIRE(split);
  CHECK(split->work == Approx(work).epsilon(1e-9));
  double parts = 0;
  for (const auto& part : metrics::kHourParts) {
    CHECK((*split).*part.hours >= 0);
    parts += (*split).*part.hours;
  }
  CHECK(parts == Approx(results.network.accelerator_hours_available).epsilon(1e-12));
}

}  // namespace

TEST_CASE("the books balance under easy whatever fails", "[engine][failures]") {
  check_books("easy", false);
}

TEST_CASE("the books balance under fcfs with asynchronous checkpoints", "[engine][failures]") {
  check_books("fcfs", true);
}

TEST_CASE("the books balance under multifactor whatever fails", "[engine][failures]") {
  check_books("multifactor", true);
}

TEST_CASE("the books balance under easy-saf whatever fails", "[engine][failures]") {
  check_books("easy-saf", false);
}

// 8 accelerators for 270 s; 4 of them work for 250 s, twice interrupted for the 10 s of a checkpoint.
TEST_CASE("each accelerator-hour is work, saving or idle where nothing fails", "[engine][failures]") {
  const auto results = booked(saving_world(2), {job(0, 4, 250, 250)});
  const auto split = metrics::hour_split(results.network);
  REQUIRE(split);
  CHECK(split->work == Approx(4 * 250 / 3600.0));
  CHECK(split->checkpoint == Approx(4 * 20 / 3600.0));
  CHECK(split->idle == Approx(4 * 270 / 3600.0));
  CHECK(split->lost + split->restart + split->load + split->repair + split->inference == 0);
  CHECK(results.network.accelerator_hours_available == Approx(8 * 270 / 3600.0));
  CHECK(!metrics::hour_split(results.streams.at(0)));  // jobs have no machines
}

TEST_CASE("nodes fail and come back as drawn, whatever runs on them", "[engine][failures]") {
  auto s = saving_world(6);
  s.failures = often();
  const auto seen = witnessed(s, {job(0, 8, 3000, 3000), job(0, 20, 2000, 2000), job(0, 4, 3000, 3000)});
  // How many accelerators are down after each outage and repair, of the first ten.
  auto outages = outages_of(s);
  std::multiset<double> repairs;
  std::vector<std::int64_t> down{0};  // told when the partition opens
  workload::Outage next = outages.next();
  while (down.size() < 11) {
    if (!repairs.empty() && *repairs.begin() <= next.time.in_base_units()) {
      repairs.erase(repairs.begin());
    } else {
      repairs.insert(next.repaired.in_base_units());
      next = outages.next();
    }
    down.push_back(4 * static_cast<std::int64_t>(repairs.size()));
  }
  REQUIRE(seen.down.size() >= 11);
  CHECK(std::vector(seen.down.begin(), seen.down.begin() + 11) == down);
}

// Checkpoints of 10 GB, and a first site with 9 GB.
TEST_CASE("a site that cannot hold a checkpoint takes none of the jobs that save it", "[engine][failures]") {
  auto s = test::two_types();
  scenario::Checkpointing checkpoint;
  checkpoint.size = units::Bytes{10e9};
  checkpoint.interval = units::Seconds{100};
  s.workload.streams[0].checkpoint = checkpoint;
  s.sites[0].storage_capacity = units::Bytes{9e9};
  const auto results = test::recorded(s, {test::from(test::kFrench, job(0, 4, 100, 200))});
  CHECK(results.jobs[0].place.site == 1);
  CHECK(test::verdicts(results, 0) == test::Verdicts{metrics::Exclusion::kStorage, metrics::Exclusion::kNone});
}
