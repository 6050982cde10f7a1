#include <catch2/catch.hpp>
#include <cmath>
#include <random>

#include "gigasim/metrics/hour_split.hpp"
#include "service_world.hpp"

using namespace gigasim;
using test::add_service;
using test::in_stream;
using test::job;
using test::partition;
using test::simulate;
using test::simulated;
using test::site;
using test::world;
using units::Seconds;

namespace {

/// Within the grid of 200 steps a decade.
Approx on_the_grid(double seconds) {
  return Approx(seconds).epsilon(0.012);
}

scenario::Scenario one_site(double requests_per_second, std::int64_t replicas) {
  auto s = world({site("a", {partition(4, 4)})});
  add_service(s, "chat", requests_per_second, {{"FR", 1.0}});
  s.workload.services[0].replicas.min = s.workload.services[0].replicas.max = replicas;
  return s;
}

}  // namespace

// Two replicas at 0: start-up until 60, the two share the storage until 80, then they are ready.
// 1 request/s: 80 are turned away, 920 answered, each replica at 0.5 requests/s. The site is where the users' network
// is: no way between.
TEST_CASE("requests are shed until the replicas are ready, and then answered as the table says", "[engine][services]") {
  const auto results = simulated(one_site(1.0, 2), {});
  const metrics::ServiceFigures& chat = results.network.service;
  CHECK(chat.offered == 1000.0);
  CHECK(chat.shed == 80.0);
  CHECK(chat.served == 920.0);
  CHECK(chat.input_tokens == Approx(920.0 * 1000));
  CHECK(chat.output_tokens == Approx(920.0 * 300));
  const models::Latency latency = test::table_of_8b().at(0.5);
  CHECK(*chat.first_token.mean_s == Approx(latency.first_token.mean));
  CHECK(*chat.first_token.p95_s == on_the_grid(latency.first_token.p95));
  CHECK(*chat.output_token.mean_s == Approx(latency.output_token.mean));
  CHECK(*chat.output_token.p50_s == on_the_grid(latency.output_token.p50));
  CHECK(*chat.output_token.p99_s == on_the_grid(latency.output_token.p99));
  CHECK(!chat.attainment);
}

TEST_CASE("replicas are no jobs in the figures of jobs, but busy accelerators", "[engine][services]") {
  const auto results = simulated(one_site(1.0, 2), {job(0, 1, 100, 100)});
  CHECK(results.jobs.size() == 1);
  CHECK(results.network.jobs.submitted == 1);
  CHECK(results.network.queue_time_s.count == 1);
  // 2 replicas for 1000 s and a job for 100 s
  CHECK(results.network.accelerator_hours == Approx(2100.0 / 3600));
  CHECK(results.network.inference_accelerator_hours == Approx(2000.0 / 3600));
  CHECK(results.replica_runs.size() == 2);
  // Of 4 accelerators for 1000 s, 4000 - 2000 - 100 are idle.
  const auto split = metrics::hour_split(results.network);
  REQUIRE(split);
  CHECK(split->inference == Approx(2000.0 / 3600));
  const double equivalent = results.scenario.sites[0].partitions[0].h100_equivalent;
  CHECK(results.network.inference_h100_equivalent_hours == Approx(equivalent * 2000.0 / 3600));
  CHECK(split->work == Approx(100.0 / 3600));
  CHECK(split->idle == Approx(1900.0 / 3600));
  CHECK(results.streams[1].accelerator_hours == Approx(2000.0 / 3600));
  CHECK(results.streams[1].jobs.submitted == 0);
}

// Idle 100 W and full 900 W. A ready replica draws by its load, at least 10 %; at 0.5 requests/s the load is below
// that: 100 + 0.1 x 800 = 180 W, starting up too. The other two accelerators idle: 2 x 180 + 2 x 100 = 560 W for 1000
// s.
TEST_CASE("a replica with little to do draws a tenth of the way from idle to full power", "[engine][services]") {
  REQUIRE(test::table_of_8b().at(0.5).utilisation < 0.1);
  auto s = one_site(1.0, 2);
  s.sites[0].pue = 1.0;
  const auto results = simulated(s, {});
  CHECK(results.network.energy_it_mwh == Approx(560.0 * 1000 / 3.6e9));
  CHECK(results.network.peak_power_mw == Approx(560e-6));
  CHECK(results.streams[1].energy_it_mwh == Approx(360.0 * 1000 / 3.6e9));
}

TEST_CASE("without shedding, what comes before the replicas are ready waits and is answered later",
          "[engine][services]") {
  auto s = one_site(1.0, 2);
  s.workload.services[0].when_short = scenario::WhenShort::kQueue;
  const auto results = simulated(s, {});
  const metrics::ServiceFigures& chat = results.network.service;
  CHECK(chat.shed == 0.0);
  CHECK(chat.served == Approx(1000.0));
  CHECK(chat.waiting == Approx(0.0).margin(1e-3));
  // The 80 that wait go evenly until the next decision, at 300: 80 / 220 + 1 requests/s. On average they and those that
  // come meet 40 waiting: 40 / (300 / 220) = 29.33 s, for 300 of the 1000.
  const auto table = test::table_of_8b();
  const double expected =
      0.3 * (table.at(150.0 / 220).first_token.mean + 40.0 * 220 / 300) + 0.7 * table.at(0.5).first_token.mean;
  CHECK(*chat.first_token.mean_s == Approx(expected).epsilon(1e-6));
}

// As above, with a results period from 60 s to 1060 s: 60 are carried in, 1000 come, all 1060 are answered, and no
// promise is broken.
TEST_CASE("requests that are carried in count among those that were promised an answer", "[engine][services]") {
  auto s = one_site(1.0, 2);
  s.workload.services[0].when_short = scenario::WhenShort::kQueue;
  s.workload.services[0].objective.ttft_p95 = Seconds{1000};
  s.period.warm_up = Seconds{60};
  const auto results = simulated(s, {});
  const metrics::ServiceFigures& chat = results.network.service;
  CHECK(chat.waited == 60.0);
  CHECK(chat.offered == 1000.0);
  CHECK(chat.served == Approx(1060.0));
  CHECK(*chat.attainment == Approx(1.0));
  CHECK(*chat.attainment <= 1.0);
}

// Requests of a trace at 0, 10, 20, 400 and 999.9 s; the replicas are ready at 80 s. Of the three of the first 300 s,
// at the rate of 0.01 a second, 0.8 come before. The interval that begins at 900 s ends with the period: its request
// comes within it.
TEST_CASE("the requests of a trace come as a rate of each interval, and none is lost", "[engine][services]") {
  auto s = one_site(0.0, 2);
  s.workload.services[0].demand.trace =
      test::traced({{0.0, 1000, 300}, {10.0, 1000, 300}, {20.0, 1000, 300}, {400.0, 1000, 300}, {999.9, 1000, 300}});
  const auto results = simulated(s, {});
  const metrics::ServiceFigures& chat = results.network.service;
  CHECK(chat.offered == 5.0);
  CHECK(chat.shed == Approx(0.8).epsilon(1e-5));
  CHECK(chat.served + chat.shed == 5.0);
  const auto table = test::table_of_8b();
  const double mean = (2.2 * table.at(0.005).first_token.mean + table.at(1.0 / 600).first_token.mean +
                       table.at(0.005).first_token.mean) /
                      4.2;
  CHECK(*chat.first_token.mean_s == Approx(mean).epsilon(1e-4));
}

// DE is far from both sites, FR at site b (0). Site a stands in Germany.
TEST_CASE("the way through the network is in the time to the first token", "[engine][services]") {
  auto s = world({site("a", {partition(4, 4)}, "DE"), site("b", {partition(4, 4)})});
  s.sites[0].wan_attach = "nren_de";
  add_service(s, "chat", 2.0, {{"DE", 0.5}, {"FR", 0.5}});
  s.workload.services[0].replicas.min = s.workload.services[0].replicas.max = 2;
  s.workload.services[0].places.erase(s.workload.services[0].places.begin());  // site b alone
  const auto results = simulated(s, {});
  double there = 0.0;
  double here = 0.0;
  for (const metrics::ServiceRow& row : results.services) {
    if (row.origin == "DE" && row.site == "b") there = *row.figures.first_token.mean_s;
    if (row.origin == "FR" && row.site == "b") here = *row.figures.first_token.mean_s;
  }
  // DFN and RENATER meet in the backbone: some milliseconds each way.
  CHECK(there - here > 0.004);
  CHECK(there - here < 0.030);
}

namespace {

/// 3 requests/s from Germany and 1 from France; 3 replicas in Germany (a) and 1 in France (b).
scenario::Scenario two_countries() {
  auto s = world({site("a", {partition(4, 4)}, "DE"), site("b", {partition(4, 4)})});
  s.sites[0].wan_attach = "nren_de";
  add_service(s, "chat", 4.0, {{"DE", 0.75}, {"FR", 0.25}});
  s.workload.services[0].replicas.min = s.workload.services[0].replicas.max = 4;
  return s;
}

double served(const metrics::Results& results, const std::string& origin, const std::string& at) {
  for (const metrics::ServiceRow& row : results.services) {
    if (row.origin == origin && row.site == at) return row.figures.served;
  }
  return 0.0;
}

}  // namespace

// The one replica at b is ready at 70, the three at a share the storage until 90. Until then Germany's nearest site
// with ready replicas is b: 20 s x 3. From 90 on each country has its own.
TEST_CASE("requests go to the nearest site with ready replicas", "[engine][services]") {
  auto s = two_countries();
  s.workload.services[0].routing = scenario::RequestRouting::kNearest;
  const auto results = simulated(s, {});
  CHECK(results.sites[0].inference_accelerator_hours == Approx(3000.0 / 3600));
  CHECK(results.sites[1].inference_accelerator_hours == Approx(1000.0 / 3600));
  CHECK(served(results, "DE", "a") == Approx(3 * 910));
  CHECK(served(results, "DE", "b") == Approx(3 * 20));
  CHECK(served(results, "FR", "b") == Approx(930));
  CHECK(served(results, "FR", "a") == 0.0);
  CHECK(results.network.service.shed == Approx(4 * 70));
}

TEST_CASE("requests that may not leave their country wait for it or are shed", "[engine][services]") {
  auto s = two_countries();
  s.workload.services[0].residency = scenario::Residency::kCountry;
  const auto results = simulated(s, {});
  CHECK(served(results, "DE", "a") == Approx(3 * 910));
  CHECK(served(results, "DE", "b") == 0.0);
  CHECK(served(results, "FR", "b") == Approx(930));
  CHECK(results.network.service.shed == Approx(3 * 90 + 70));
}

// 4 accelerators, all taken by training from 0 on. The service may stop it. One replica is wanted from the start, so
// the training of 4 is stopped at 0 already; a second training of 3 then runs beside it. At 06:00 UTC (7 h in Paris,
// profile `daily` 0.54 before and 0.595 after) ... the peak comes at 8 h: 0.77.
TEST_CASE("demand that rises stops training when the autoscaler sees it", "[engine][services][preemption]") {
  auto s = world({site("a", {partition(4, 4)})});
  s.period.start = {1799992800};  // 2027-01-15 06:00 UTC, a Friday: 7 h in Paris
  add_service(s, "chat", 0.0, {{"FR", 1.0}});
  s.period.length = Seconds{7200};
  auto& service = s.workload.services[0];
  service.demand.profile = "daily";
  service.replicas.scale_by = scenario::ScaleBy::kLoad;
  service.replicas.min = 1;
  service.replicas.max = 4;
  service.replicas.target_load = 0.5;
  service.replicas.interval = Seconds{600};
  service.replicas.scale_in_after = Seconds{0};
  // Factors 0.595 until 3600 s, 0.77 from then on, of a peak of 1.57. A replica takes x = 0.5 x its largest rate; the
  // peak is such that 0.9 replicas are asked for at first: 0.9 x 0.77 / 0.595 = 1.165 later, which is two.
  const double x = 0.5 * test::table_of_8b().points().back().requests_per_second;
  service.demand.rate = units::PerSecond{0.9 * x * 1.57 / 0.595};
  scenario::Preemption rule;
  rule.mode = scenario::PreemptionMode::kRequeue;
  rule.by_streams = {1};
  rule.of_streams = {0};
  s.scheduling.preemption = {rule};
  s.scheduling.queue_policy = "fcfs";
  // The replica is job 0, at 0; the training of 3 is job 1. The rate of 3600 to 4200 is seen at 4200: job 2 stops
  // job 1.
  const auto seen = simulate(s, {job(1, 3, 6000, 6000)});
  CHECK(seen.story == std::vector<std::string>{"submit 0 @ 0", "start 0 @ 0", "submit 1 @ 1", "start 1 @ 1",
                                               "submit 2 @ 4200", "preempt 1 @ 4200", "start 2 @ 4200"});
}

TEST_CASE("replicas that are too many are ended, and their accelerators go to jobs", "[engine][services]") {
  auto s = world({site("a", {partition(2, 2)})});
  s.period.start = {1800036000};  // 2027-01-15 18:00 UTC: 19 h in Paris, profile `daily` 0.91; 0.875 from 20 h on
  add_service(s, "chat", 0.0, {{"FR", 1.0}});
  s.period.length = Seconds{7200};
  auto& service = s.workload.services[0];
  service.demand.profile = "daily";
  service.replicas.scale_by = scenario::ScaleBy::kLoad;
  service.replicas.max = 2;
  service.replicas.target_load = 0.5;
  service.replicas.interval = Seconds{600};
  service.replicas.scale_in_after = Seconds{1200};
  // 1.03 replicas are asked for at first: two. Later 1.03 x 0.875 / 0.91 = 0.99: one.
  const double x = 0.5 * test::table_of_8b().points().back().requests_per_second;
  service.demand.rate = units::PerSecond{1.03 * x * 1.57 / 0.91};
  // The rate from 3600 on is seen at 4200; the last decision for two was that of 3600, which holds until 4800. At 5400
  // one is enough. The job that has waited for its accelerator since 10 starts.
  const auto seen = simulate(s, {job(10, 1, 100, 100)});
  CHECK(seen.story == std::vector<std::string>{"submit 0 @ 0", "submit 1 @ 0", "start 0 @ 0", "start 1 @ 0",
                                               "submit 2 @ 10", "end 1 @ 5400", "start 2 @ 5400", "end 2 @ 5500"});
}

namespace {

void check_random_run(unsigned seed, scenario::Fidelity fidelity = scenario::Fidelity::kFluid) {
  std::mt19937_64 random(seed);
  const auto below = [&](int n) { return static_cast<int>(random() % static_cast<std::uint64_t>(n)); };
  const bool single = fidelity == scenario::Fidelity::kRequests;
  auto s = world({site("a", {partition(8, 4)}, "DE"), site("b", {partition(6, 6)})});
  s.sites[0].wan_attach = "nren_de";
  for (const char* name : {"chat", "code"}) {
    const double rate = 5 + below(400);
    add_service(s, name, single ? rate / 4 : rate, {{"DE", 0.6}, {"FR", 0.4}});
    auto& service = s.workload.services.back();
    service.fidelity = fidelity;
    service.routing = static_cast<scenario::RequestRouting>(below(3));
    service.when_short = static_cast<scenario::WhenShort>(below(2));
    service.residency = below(3) == 0 ? scenario::Residency::kCountry : scenario::Residency::kAnywhere;
    service.replicas.scale_by = scenario::ScaleBy::kLoad;
    service.replicas.max = 12;
    service.replicas.target_load = 0.7;
    service.replicas.scale_in_after = Seconds{300};
    service.demand.profile = "daily";
    service.demand.burst_sigma = 0.7;
    service.demand.burst_length = Seconds{500};
    service.objective.ttft_p95 = Seconds{1.5};
  }
  s.seed = seed;
  s.period.warm_up = Seconds{1000};
  s.period.length = Seconds{single ? 3000.0 : 20000.0};
  scenario::Preemption rule;
  rule.by_streams = {below(2) == 0 ? 1 : 0};
  rule.of_streams = {rule.by_streams[0] == 0 ? 2 : 0};  // replicas stop jobs, or jobs replicas
  s.scheduling.preemption = {rule};
  s.scheduling.queue_policy = "easy";
  std::vector<workload::Job> jobs;
  for (int i = 0; i < 60; ++i) {
    const double run = 100 + below(2000);
    jobs.push_back(job(i * 250.0, 1 + below(5), run, run));
  }
  // The recorder itself checks offered + waited = served + shed + waiting in each stretch, and all accelerator-ticks.
  const auto results = simulated(s, jobs);
  double by_service = 0.0;
  double by_origin = 0.0;
  double by_site = 0.0;
  for (const metrics::Block& block : results.streams) by_service += block.service.served;
  for (const metrics::Block& block : results.origins) by_origin += block.service.served;
  for (const metrics::Block& block : results.sites) by_site += block.service.served;
  const metrics::ServiceFigures& all = results.network.service;
  CHECK(all.served > 0.0);
  CHECK(by_service == Approx(all.served));
  CHECK(by_origin == Approx(all.served));
  CHECK(by_site == Approx(all.served));
  CHECK(all.offered + all.waited == Approx(all.served + all.shed + all.waiting).epsilon(1e-12));
  REQUIRE(all.attainment);
  CHECK(*all.attainment >= 0.0);
  CHECK(*all.attainment <= 1.0);
  for (const metrics::ServiceRow& row : results.services) {
    const auto& service = s.workload.services[row.service == "chat" ? 0 : 1];
    if (row.origin.empty() || row.site.empty() || service.residency != scenario::Residency::kCountry) continue;
    CHECK((row.origin == "DE") == (row.site == "a"));
  }
}

}  // namespace

// SimGrid allows one run per process: a case each.
TEST_CASE("requests are conserved to the last part: first random run", "[engine][services]") {
  check_random_run(1);
}
TEST_CASE("requests are conserved to the last part: second random run", "[engine][services]") {
  check_random_run(2);
}
TEST_CASE("requests are conserved to the last part: third random run", "[engine][services]") {
  check_random_run(3);
}
TEST_CASE("requests are conserved to the last part: fourth random run", "[engine][services]") {
  check_random_run(4);
}
TEST_CASE("requests are conserved to the last part: fifth random run", "[engine][services]") {
  check_random_run(5);
}
TEST_CASE("single requests are conserved: first random run", "[engine][services]") {
  check_random_run(11, scenario::Fidelity::kRequests);
}
TEST_CASE("single requests are conserved: second random run", "[engine][services]") {
  check_random_run(12, scenario::Fidelity::kRequests);
}
TEST_CASE("single requests are conserved: third random run", "[engine][services]") {
  check_random_run(13, scenario::Fidelity::kRequests);
}
