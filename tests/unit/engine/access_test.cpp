#include <catch2/catch.hpp>
#include <random>

#include "gigasim/metrics/recorder.hpp"
#include "small_world.hpp"

using namespace gigasim;
using test::job;
using test::partition;
using test::simulate;
using test::site;
using test::world;
using Shares = std::vector<metrics::PodShare>;

namespace {

constexpr std::int32_t kOther = 0, kSpecial = 1;

workload::Job of_stream(std::int32_t stream, workload::Job job) {
  job.stream = stream;
  return job;
}

/// Stream 1 has the privilege.
scenario::Scenario with_privilege(scenario::Scenario s, const scenario::Privilege& privilege) {
  s.scheduling.privileges = {privilege};
  for (const scenario::Site& at : s.sites) s.scheduling.privileges[0].sites.push_back(at.name);
  s.workload.streams.resize(2);
  s.workload.streams[kSpecial].name = "sme";
  s.workload.streams[kSpecial].labels = {{"user_type", "sme"}};
  s.workload.streams[kSpecial].privilege = 0;
  return s;
}

scenario::Privilege idle_reserve(double share) {
  scenario::Privilege privilege;
  privilege.name = "sme";
  privilege.labels = {"user_type=sme"};
  privilege.reserve = share;
  privilege.unused = scenario::UnusedReserve::kIdle;
  return privilege;
}

/// Stream 1 is sensitive; nodes of 4.
scenario::Scenario with_sensitive(scenario::Scenario s) {
  s.workload.streams.resize(2);
  s.workload.streams[kSpecial].name = "health";
  s.workload.streams[kSpecial].sensitive = true;
  for (scenario::Site& at : s.sites) {
    for (scenario::Partition& machine : at.partitions) machine.per_node = 4;
  }
  return s;
}

scenario::Partition trusted(scenario::Partition machine, double wipe_s = 0, bool only = false) {
  machine.trusted = true;
  machine.trusted_only = only;
  machine.wipe = units::Seconds{wipe_s};
  return machine;
}

metrics::Results results_of(const scenario::Scenario& s, std::vector<workload::Job> jobs) {
  test::ListedJobs source(std::move(jobs));
  metrics::Recorder recorder(s, source.origins());
  engine::run(s, source, recorder);
  return recorder.results({}, {});
}

}  // namespace

TEST_CASE("a reserve gives the privileged their share at once and shows its unused hours exactly",
          "[engine][privilege]") {
  // Ten accelerators, 3 reserved. Others: 7 for 100 s at 0; 4 for 50 s at 1. The privileged: 2 for 60 s at 2.
  // Without: at 2 three are free, but fcfs keeps the queue: 4 and 2 wait until 100.
  const std::vector<workload::Job> jobs{job(0, 7, 100, 100), job(1, 4, 50, 50), of_stream(kSpecial, job(2, 2, 60, 60))};
  auto s = world({site("a", {partition(10, 10)})});
  s.scheduling.queue_policy = "fcfs";
  s.period.until_drained = false;
  s.period.length = units::Seconds{200};
  const auto twin = simulate(with_privilege(s, idle_reserve(0.0)), jobs);
  CHECK(twin.fate.at(1).start == 100);
  CHECK(twin.fate.at(2).start == 100);
}

TEST_CASE("a reserve of 30 % changes the start times of both groups as worked out by hand", "[engine][privilege]") {
  const std::vector<workload::Job> jobs{job(0, 7, 100, 100), job(1, 4, 50, 50), of_stream(kSpecial, job(2, 2, 60, 60))};
  auto s = world({site("a", {partition(10, 10)})});
  s.scheduling.queue_policy = "fcfs";
  s.period.until_drained = false;
  s.period.length = units::Seconds{200};
  const auto results = results_of(with_privilege(s, idle_reserve(0.3)), jobs);
  CHECK(results.jobs[1].start == units::Seconds{100});
  CHECK(results.jobs[2].start == units::Seconds{2});
  // Unused of 3: all of it from 0 to 2 and from 62 to 200, one from 2 to 62: 3 x 140 + 60 = 480 accelerator-seconds.
  CHECK(results.network.reserved_unused_h100_equivalent_hours == Approx(480.0 / 3600));
  CHECK(results.sites[0].reserved_unused_h100_equivalent_hours == Approx(480.0 / 3600));
  CHECK(results.labels[0].name == "user_type=sme");
  CHECK(results.labels[0].reserved_unused_h100_equivalent_hours == Approx(480.0 / 3600));
  CHECK(results.streams[kOther].reserved_unused_h100_equivalent_hours == 0.0);
}

TEST_CASE("in a lent reserve only what nobody uses counts as unused", "[engine][privilege]") {
  // Ten accelerators, 4 reserved and lent for requests of 10 s. Others: 6 for 100 s at 0; 3 for 10 s at 0 borrow.
  // Nobody privileged comes within the 100 s. Unused: 1 from 0 to 10, then 4: 10 + 4 x 90 = 370 accelerator-seconds.
  auto privilege = idle_reserve(0.4);
  privilege.unused = scenario::UnusedReserve::kLent;
  privilege.lend_up_to = units::Seconds{10};
  auto s = world({site("a", {partition(10, 10)})});
  s.period.until_drained = false;
  s.period.length = units::Seconds{100};
  const auto results = results_of(with_privilege(s, privilege), {job(0, 6, 100, 100), job(0, 3, 10, 10)});
  CHECK(results.jobs[1].start == units::Seconds{0});
  CHECK(results.network.reserved_unused_h100_equivalent_hours == Approx(370.0 / 3600));
}

TEST_CASE("jobs of others go where reserves leave them room, and are refused where none does", "[engine][privilege]") {
  auto s = with_privilege(world({site("a", {partition(10, 10)}), site("b", {partition(8, 8)})}), idle_reserve(0.5));
  s.scheduling.privileges[0].sites = {"a"};  // others: 5 at a, 8 at b
  s.scheduling.broker = "nearest";
  const auto seen = simulate(s, {job(0, 5, 10, 10), job(0, 6, 10, 10), job(0, 9, 10, 10),
                                 of_stream(kSpecial, job(0, 9, 10, 10)), job(0, 11, 10, 10)});
  CHECK(seen.fate.at(0).site == 0);
  CHECK(seen.fate.at(1).site == 1);
  CHECK(seen.fate.at(2).outcome == "larger than what any partition leaves it");
  CHECK(seen.fate.at(3).site == 0);
  CHECK(seen.fate.at(4).outcome == "larger than any partition");
}

TEST_CASE("a sensitive job holds whole nodes of a trusted partition, which are wiped before the next job",
          "[engine][trusted]") {
  // Eight accelerators in nodes of 4, 10 s of wiping. A sensitive job for 5 holds both nodes from 0 to 50 and while
  // they are wiped; the next job starts at 60.
  const auto s = with_sensitive(world({site("a", {trusted(partition(8, 8), 10)})}));
  const auto seen = simulate(s, {of_stream(kSpecial, job(0, 5, 50, 50)), job(1, 1, 20, 20)});
  CHECK(seen.fate.at(0).pods == Shares{{0, 8}});
  CHECK(seen.story == std::vector<std::string>{"submit 0 @ 0", "start 0 @ 0", "submit 1 @ 1", "end 0 @ 50",
                                               "wiped 0 @ 60", "start 1 @ 60", "end 1 @ 80", "wiped 1 @ 90"});
}

TEST_CASE("what is held without computing is counted apart, at idle power", "[engine][trusted][energy]") {
  auto s = with_sensitive(world({site("a", {trusted(partition(8, 8), 10)})}));
  s.period.until_drained = false;
  s.period.length = units::Seconds{100};
  const auto results = results_of(s, {of_stream(kSpecial, job(0, 5, 50, 50)), job(1, 1, 20, 20)});
  const metrics::Block& n = results.network;
  // Computing: 5 x 50 + 1 x 20 = 270 of 800 accelerator-seconds. Held idle: 3 x 50 + 8 x 10 (wiping the first) + 1 x 10
  // (the second) = 240. Power is 100 W idle and 900 W busy: 100 x 800 + 800 x 270 = 296,000 J.
  CHECK(n.accelerator_hours == Approx(270.0 / 3600));
  CHECK(n.held_idle_accelerator_hours == Approx(240.0 / 3600));
  CHECK(n.utilisation == Approx(270.0 / 800));
  CHECK(n.trusted_utilisation.value == Approx(270.0 / 800));
  CHECK(n.trusted_utilisation.count == 8);
  CHECK(n.energy_it_mwh * 3.6e9 == Approx(296'000.0));
  CHECK(n.jobs.trusted_violations == 0);
}

TEST_CASE("sensitive jobs run on trusted partitions only, others not where it is for those alone",
          "[engine][trusted]") {
  auto s = with_sensitive(world(
      {site("a", {partition(40, 8)}), site("b", {trusted(partition(8, 8), 0, true), trusted(partition(12, 8))})}));
  s.scheduling.broker = "least_loaded";
  std::vector<workload::Job> jobs;
  for (int i = 0; i < 30; ++i) jobs.push_back(of_stream(i % 2, job(i, 7, 20, 20)));
  jobs.push_back(of_stream(kSpecial, job(30, 13, 20, 20)));  // 16 in whole nodes
  const auto results = results_of(s, jobs);                  // the recorder checks every place
  CHECK(results.network.jobs.finished == 30);
  CHECK(results.refused.at("larger than any trusted partition") == 1);
  for (const metrics::JobRecord& record : results.jobs) {
    if (record.stream == kOther) CHECK(record.place != metrics::Place{1, 0});
    if (record.stream == kSpecial) CHECK(record.place.site != 0);
  }
}

TEST_CASE("sensitive jobs are refused where nothing is trusted", "[engine][trusted]") {
  const auto seen = simulate(with_sensitive(world({site("a", {partition(8, 8)})})), {of_stream(1, job(0, 1, 10, 10))});
  CHECK(seen.fate.at(0).outcome == "no partition is trusted");
}

TEST_CASE("a site that goes offline while it wipes is gone at once", "[engine][trusted][calendar]") {
  auto s = with_sensitive(world({site("a", {trusted(partition(8, 8), 100)})}));
  s.sites[0].offline = s.period.start + units::Seconds{80};
  const auto results = results_of(s, {of_stream(1, job(0, 1, 50, 50)), of_stream(1, job(10, 4, 60, 60))});
  CHECK(results.jobs[0].end == units::Seconds{50});
  CHECK(results.jobs[0].wiped == units::Seconds{30});
  CHECK(results.jobs[1].end == units::Seconds{70});
  CHECK(results.jobs[1].wiped == units::Seconds{10});
}

TEST_CASE("random runs with reserves, trusted partitions and wiping conserve, and energy equals SimGrid's",
          "[engine][trusted][privilege][energy][property]") {
  auto s = with_sensitive(world({site("a", {partition(48, 8), trusted(partition(32, 8), 7.25)}),
                                 site("b", {trusted(partition(60, 16), 3, true), partition(61, 16)})}));
  s = with_privilege(s, idle_reserve(0.25));
  s.workload.streams[kSpecial].sensitive = true;
  s.scheduling.privileges[0].unused = scenario::UnusedReserve::kLent;
  s.scheduling.privileges[0].lend_up_to = units::Seconds{400};
  s.scheduling.broker = "earliest_start";
  s.period.until_drained = false;
  s.period.length = units::Seconds{20'000};
  std::mt19937 random(9);
  std::vector<workload::Job> jobs;
  double submit = 0;
  for (int i = 0; i < 600; ++i) {
    submit += static_cast<double>(random() % 65536) / 1024.0;
    const double runtime = static_cast<double>(random() % 1'000'000) / 1024.0;
    jobs.push_back(of_stream(static_cast<std::int32_t>(random() % 2),
                             job(submit, 1 + static_cast<std::int64_t>(random() % 30), runtime, runtime)));
    if (random() % 3 == 0) jobs.back().patience = units::Seconds{static_cast<double>(random() % 3000)};
  }
  test::ListedJobs source(jobs);
  metrics::Recorder recorder(s, source.origins());
  double plugin_joules = 0;
  engine::RunOptions options;
  options.energy_oracle = [&](double joules) { plugin_joules = joules; };
  engine::run(s, source, recorder, options);
  const auto results = recorder.results({}, {});  // throws when the books do not balance
  CHECK(results.network.jobs.finished > 200);
  CHECK(results.network.held_idle_accelerator_hours > 0.0);
  CHECK(results.network.energy_it_mwh * 3.6e9 == Approx(plugin_joules).epsilon(1e-9));
}

TEST_CASE("a reserve is a share of what is online, and grows with it", "[engine][privilege][calendar]") {
  // 10 online, 20 from 100 s on; half of it reserved. Others may use 5, then 10: a job of 8 is held until then.
  auto s = with_privilege(world({site("a", {partition(20, 20)})}), idle_reserve(0.5));
  s.sites[0].partitions[0].steps = {{s.period.start, 10}, {s.period.start + units::Seconds{100}, 20}};
  const auto seen = simulate(s, {job(0, 5, 300, 300), job(1, 8, 50, 50), of_stream(kSpecial, job(2, 5, 200, 200)),
                                 of_stream(kSpecial, job(3, 5, 10, 10)), job(4, 5, 20, 20)});
  CHECK(seen.fate.at(2).start == 2);
  CHECK(seen.fate.at(3).start == 100);  // the reserve of 5 was used up
  CHECK(seen.fate.at(4).start == 100);  // 5 of the 10 that others may use
  CHECK(seen.fate.at(1).start == 300);  // it wants 8 of these: when the first job's 5 are back
}
