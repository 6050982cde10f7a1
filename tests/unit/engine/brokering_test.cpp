#include <catch2/catch.hpp>

#include "country_world.hpp"
#include "gigasim/units/grid.hpp"

using namespace gigasim;
using metrics::Exclusion;
using metrics::Why;
using scenario::Eligibility;
using scenario::Residency;
using test::from;
using test::job;
using test::kFrench;
using test::kGerman;
using test::network;
using test::partition;
using test::recorded;
using test::simulate;
using test::site;
using test::two_types;
using test::Verdicts;
using test::verdicts;

TEST_CASE("a job goes to an accelerator that it accepts, and the other site's exclusion is recorded",
          "[engine][broker]") {
  auto s = two_types();
  s.workload.streams[0].needs.accelerators = {{"GH200-96", 1.0}};
  const auto results = recorded(s, {from(kFrench, job(0, 4, 10, 10))});
  CHECK(results.jobs[0].place.site == 1);
  CHECK(verdicts(results, 0) == Verdicts{Exclusion::kAccelerator, Exclusion::kNone});
  CHECK(results.jobs[0].decision.why == Why::kOnlyOne);
  CHECK(results.jobs[0].decision.expected_start == units::Seconds{0});
}

TEST_CASE("a job goes where an accelerator has the memory that it asks for", "[engine][broker]") {
  auto s = two_types();
  s.workload.streams[0].needs.memory = units::Bytes{90e9};
  const auto results = recorded(s, {from(kFrench, job(0, 4, 10, 10))});
  CHECK(results.jobs[0].place.site == 1);
  CHECK(verdicts(results, 0) == Verdicts{Exclusion::kMemory, Exclusion::kNone});
}

TEST_CASE("data stays in the EU, or in the job's own country", "[engine][broker]") {
  auto s = network({site("leeds", {partition(10, 10)}, "GB"), site("bonn", {partition(10, 10)}, "DE"),
                    site("lyon", {partition(10, 10)}, "FR")});
  s.workload.streams.resize(3);
  s.workload.streams[1].name = "eu";
  s.workload.streams[1].residency = Residency::kEu;
  s.workload.streams[2].name = "country";
  s.workload.streams[2].residency = Residency::kCountry;
  s.scheduling.broker = "round_robin";  // its turn would take them to 0, 1, 2, ...
  const auto results = recorded(s, {from(kFrench, job(0, 1, 10, 10)), from(kFrench, job(0, 1, 10, 10), 2),
                                    from(kFrench, job(0, 1, 10, 10), 1), from(kGerman, job(0, 1, 10, 10), 2)});
  CHECK(results.jobs[0].place.site == 0);
  CHECK(results.jobs[1].place.site == 2);  // from France: in France only
  CHECK(verdicts(results, 1) == Verdicts{Exclusion::kResidency, Exclusion::kResidency, Exclusion::kNone});
  CHECK(results.jobs[2].place.site == 1);  // not in Leeds, whose turn it is
  CHECK(verdicts(results, 2) == Verdicts{Exclusion::kResidency, Exclusion::kNone, Exclusion::kNone});
  CHECK(results.jobs[3].place.site == 1);
}

TEST_CASE("a site takes the jobs of the countries that it is open to", "[engine][broker]") {
  auto s = network({site("a", {partition(10, 10)}), site("b", {partition(10, 10)})});
  s.sites[0].eligible = {Eligibility::Users::kCountries, {"DE", "PL"}};
  auto results = recorded(s, {from(kFrench, job(0, 1, 10, 10)), from(kGerman, job(0, 1, 10, 10))});
  CHECK(results.jobs[0].place.site == 1);
  CHECK(verdicts(results, 0) == Verdicts{Exclusion::kEligibility, Exclusion::kNone});
  CHECK(results.jobs[1].place.site == 0);
}

TEST_CASE("a site for users in the EU takes no others, known or unknown", "[engine][broker]") {
  auto s = network({site("a", {partition(10, 10)}), site("b", {partition(10, 10)})});
  s.countries["FR"].eu_member = false;  // for once
  s.sites[0].eligible = {Eligibility::Users::kEu, {}};
  const auto results =
      recorded(s, {from(kFrench, job(0, 1, 10, 10)), from(kGerman, job(0, 1, 10, 10)), from(-1, job(0, 1, 10, 10))});
  CHECK(results.jobs[0].place.site == 1);
  CHECK(results.jobs[1].place.site == 0);
  CHECK(results.jobs[2].place.site == 1);
}

TEST_CASE("a job that no site can ever take is refused with the filter at which the last site fell",
          "[engine][broker]") {
  auto s = two_types();
  s.workload.streams.resize(5);
  s.workload.streams[0].needs.accelerators = {{"B300-SXM-288", 1.0}};
  s.workload.streams[1].needs.memory = units::Bytes{100e9};
  s.workload.streams[2].residency = Residency::kCountry;
  s.workload.streams[3].needs.accelerators = {{"GH200-96", 1.0}};
  for (std::size_t i = 1; i < 5; ++i) s.workload.streams[i].name = std::string(1, static_cast<char>('a' + i));
  s.sites[1].partitions[0].count = 6;
  s.sites[1].eligible = s.sites[0].eligible = {Eligibility::Users::kCountries, {"FR"}};
  const auto seen = simulate(s, {from(kFrench, job(0, 1, 10, 10), 0), from(kFrench, job(0, 1, 10, 10), 1),
                                 from(kGerman, job(0, 1, 10, 10), 2), from(kFrench, job(0, 8, 10, 10), 3),
                                 from(kGerman, job(0, 1, 10, 10), 4), from(kFrench, job(0, 11, 10, 10), 4)});
  CHECK(seen.fate.at(0).outcome == "no partition has an accelerator that it accepts");
  CHECK(seen.fate.at(1).outcome == "no accelerator that it accepts has the memory that it asks for");
  CHECK(seen.fate.at(2).outcome == "no partition that suits it is where its data may be processed");
  CHECK(seen.fate.at(3).outcome == "larger than any partition that suits it");
  CHECK(seen.fate.at(4).outcome == "no partition that suits it is open to its country");
  CHECK(seen.fate.at(5).outcome == "larger than any partition");
}

TEST_CASE("what the state of a site excludes is told apart: offline, too large, reserved, gone before the end",
          "[engine][broker]") {
  auto s = network({site("later", {partition(10, 10)}), site("small", {partition(4, 4)}),
                    site("reserved", {partition(10, 10)}), site("ends", {partition(10, 10)}),
                    site("able", {partition(10, 10)})});
  s.sites[0].online = s.period.start + units::Seconds{500};
  s.sites[3].offline = s.period.start + units::Seconds{90};
  s.scheduling.privileges.resize(1);
  s.scheduling.privileges[0].reserve = 0.6;
  s.scheduling.privileges[0].sites = {"reserved"};
  const auto results = recorded(s, {from(kFrench, job(0, 5, 100, 100)), from(kFrench, job(0, 3, 50, 50))});
  CHECK(verdicts(results, 0) ==
        Verdicts{Exclusion::kOffline, Exclusion::kSize, Exclusion::kReserved, Exclusion::kEnds, Exclusion::kNone});
  CHECK(results.jobs[0].decision.why == Why::kOnlyOne);
  CHECK(verdicts(results, 1) ==
        Verdicts{Exclusion::kOffline, Exclusion::kNone, Exclusion::kNone, Exclusion::kNone, Exclusion::kNone});
  CHECK(results.jobs[1].decision.why == Why::kNearest);
}

TEST_CASE("hard caps and reservations exclude by name", "[engine][broker]") {
  // capped: the stream's holder may have 40 % of 10. gaps: all of it is closed for 50 s of each 100, from 60 on.
  auto s = network(
      {site("capped", {partition(10, 10)}), site("gaps", {partition(10, 10)}), site("able", {partition(10, 10)})});
  s.scheduling.shares = scenario::ShareRule::kCap;
  s.sites[0].time_shares = scenario::TimeShares{0.4, 0.6, 0.0};
  s.workload.streams[0].time_holder = scenario::TimeHolder::kEu;
  scenario::Reservation closed;
  closed.sites = {"gaps"};
  closed.share = 1.0;
  closed.from = units::Seconds{60};
  closed.length = units::Seconds{50};
  closed.every = units::Seconds{100};
  closed.streams = {false};
  s.scheduling.queues.reservations = {closed};
  const auto results = recorded(
      s, {from(kFrench, job(0, 5, 100, 100)), from(kFrench, job(0, 4, 50, 50)), from(kFrench, job(0, 4, 51, 51))});
  CHECK(verdicts(results, 0) == Verdicts{Exclusion::kCap, Exclusion::kNoGap, Exclusion::kNone});
  CHECK(results.jobs[0].decision.why == Why::kOnlyOne);
  CHECK(verdicts(results, 1) == Verdicts{Exclusion::kNone, Exclusion::kNone, Exclusion::kNone});
  CHECK(verdicts(results, 2) == Verdicts{Exclusion::kNone, Exclusion::kNoGap, Exclusion::kNone});
}

TEST_CASE("a gap between reservations is as long as the job is at its speed there", "[engine][broker][speed]") {
  // As above, with gaps of 50 s at both sites: 100 s fit at speed 2 only.
  auto s = two_types();
  s.workload.streams[0].needs.accelerators = {{"H100-SXM-80", 1.0}, {"GH200-96", 2.0}};
  scenario::Reservation closed;
  closed.sites = {"h", "g"};
  closed.share = 1.0;
  closed.from = units::Seconds{50};
  closed.length = units::Seconds{50};
  closed.every = units::Seconds{100};
  closed.streams = {false};
  s.scheduling.queues.reservations = {closed};
  const auto results = recorded(s, {from(kFrench, job(0, 5, 100, 100)), from(kFrench, job(0, 5, 101, 101))});
  CHECK(verdicts(results, 0) == Verdicts{Exclusion::kNoGap, Exclusion::kNone});
  CHECK(results.jobs[0].end == units::Seconds{50});
  CHECK(results.network.jobs.refused == 1);
  CHECK(results.refused.at("longer than any gap between reservations") == 1);
}

TEST_CASE("a job that fits beside the head of a queue but must wait behind it is not expected to start at once",
          "[engine][broker]") {
  auto s = network({site("a", {partition(10, 10)}), site("b", {partition(4, 4)})});
  s.scheduling.broker = "earliest_start";
  s.scheduling.queue_policy = "fcfs";
  // a: 6 run until 100, a job of 8 waits. The third would fit at a now, but waits behind the second: it goes to b.
  const auto results = recorded(
      s, {from(kFrench, job(0, 6, 100, 100)), from(kFrench, job(0, 8, 100, 100)), from(kFrench, job(1, 4, 50, 50))});
  CHECK(results.jobs[1].place.site == 0);
  CHECK(results.jobs[2].place.site == 1);
  CHECK(results.jobs[2].start == units::Seconds{1});
}

TEST_CASE("on a faster accelerator runtime and request are divided by the ratio and rounded up to the grid",
          "[engine][broker][speed]") {
  // 100 s at 1.3: 76.923... s, of which 78,769.2 ticks of 1/1024 s: 78,770 ticks = 76.923828125 s.
  auto s = two_types();
  s.workload.streams[0].needs.accelerators = {{"GH200-96", 1.3}};
  auto results = recorded(s, {from(kFrench, job(0, 10, 100, 100)), from(kFrench, job(1, 10, 100, 200))});
  CHECK(results.jobs[0].end == units::Seconds{76.923828125});
  CHECK(results.jobs[0].outcome == metrics::Outcome::kFinished);
  CHECK(results.jobs[1].start == results.jobs[0].end);
  CHECK(results.jobs[1].decision.expected_start == results.jobs[0].end);  // the estimate knows the ratio
  CHECK(results.jobs[1].decision.speed == 1.3);
}

TEST_CASE("a job that overruns is killed at its request divided by the ratio", "[engine][broker][speed]") {
  auto s = two_types();
  s.workload.streams[0].needs.accelerators = {{"H100-SXM-80", 1.0}, {"GH200-96", 1.25}};
  s.sites[0].partitions[0].count = 2;  // the job of 4 goes to g
  const auto results = recorded(s, {from(kFrench, job(0, 4, 200, 150)), from(kFrench, job(0, 2, 200, 150))});
  CHECK(results.jobs[0].place.site == 1);
  CHECK(results.jobs[0].end == units::Seconds{120});  // 150 / 1.25
  CHECK(results.jobs[0].outcome == metrics::Outcome::kKilled);
  CHECK(results.jobs[1].place.site == 0);
  CHECK(results.jobs[1].end == units::Seconds{150});
}

TEST_CASE("a machine that goes offline takes a job that it can finish before, at its own speed",
          "[engine][broker][speed]") {
  auto s = two_types();
  s.sites[0].offline = s.sites[1].offline = s.period.start + units::Seconds{80};
  s.workload.streams[0].needs.accelerators = {{"H100-SXM-80", 1.0}, {"GH200-96", 2.0}};
  const auto results = recorded(s, {from(kFrench, job(0, 1, 100, 100))});
  CHECK(results.jobs[0].place.site == 1);
  CHECK(results.jobs[0].end == units::Seconds{50});
  CHECK(verdicts(results, 0) == Verdicts{Exclusion::kEnds, Exclusion::kNone});
}

TEST_CASE("the broker weighs what the countries of the sites are like", "[engine][broker]") {
  // Bonn is at home for a German, but its electricity has 342 g/kWh against 44. With carbon 0.1 for 100 g/kWh the
  // difference is worth 0.298 days of waiting.
  auto s = network({site("lyon", {partition(10, 10)}, "FR"), site("bonn", {partition(10, 10)}, "DE")});
  s.sites[1].location = {50.7, 7.1};
  s.countries["FR"].carbon_g_per_kwh = 44.0;
  s.countries["DE"].carbon_g_per_kwh = 342.0;
  s.scheduling.broker = "weighted";
  s.scheduling.weights.carbon = 0.1;
  constexpr double kDay = 86400;
  const auto results = recorded(s, {from(kGerman, job(0, 10, kDay / 4, kDay / 4)),
                                    from(kGerman, job(0, 10, kDay, kDay)), from(kGerman, job(0, 1, kDay, kDay))});
  // Lyon 0.044, Bonn 0.342: Lyon. Then Lyon 0.25 + 0.044 against 0.342: Lyon again. Then 1.25 + 0.044: Bonn.
  CHECK(results.jobs[0].place.site == 0);
  CHECK(results.jobs[0].decision.score.value() == Approx(0.044));
  CHECK(results.jobs[0].decision.next == metrics::Place{1, 0});
  CHECK(results.jobs[0].decision.next_score.value() == Approx(0.342));
  CHECK(results.jobs[1].place.site == 0);
  CHECK(results.jobs[1].decision.score.value() == Approx(0.294));
  CHECK(results.jobs[2].place.site == 1);
  CHECK(results.jobs[2].decision.next_score.value() == Approx(1.294));
}

TEST_CASE("a job that has waited for rebroker_after moves where it is expected to start earlier",
          "[engine][broker][rebroker]") {
  // Both go to the nearest, a, which is full until 1000. At 101 the second moves to b and starts there.
  auto s = network({site("a", {partition(10, 10)}), site("b", {partition(10, 10)})});
  s.scheduling.rebroker_after = units::Seconds{100};
  const auto results = recorded(s, {from(kFrench, job(0, 10, 1000, 1000)), from(kFrench, job(1, 10, 500, 500))});
  CHECK(results.jobs[1].place.site == 1);
  CHECK(results.jobs[1].start == units::Seconds{101});
  CHECK(results.jobs[1].moves == 1);
  CHECK(results.jobs[1].decision.moved);
  CHECK(results.jobs[1].decision.at == units::Seconds{101});
  CHECK(results.jobs[0].moves == 0);
  CHECK(results.network.jobs.rebrokered == 1);
  CHECK(results.network.queue_time_s.max.value == 100.0);  // from its submission, not from its move
}

TEST_CASE("a job that would not start earlier elsewhere keeps its place, and is asked again as long after",
          "[engine][broker][rebroker]") {
  // a is busy until 1000 and b until 350. The job of 10 joins a at 1. At 101 a would start it at 1000 and b at 350: it
  // moves. The job of 9 waits behind it at a, at its head from then on. At 201 and later the first would start no
  // earlier at a: it keeps its place at b.
  auto s = network({site("a", {partition(10, 10)}), site("b", {partition(10, 10)})});
  s.scheduling.rebroker_after = units::Seconds{100};
  s.workload.streams.resize(2);
  s.workload.streams[1].name = "german";
  s.workload.streams[1].residency = Residency::kAnywhere;
  s.workload.streams[1].needs.accelerators = {{"GH200-96", 1.0}};
  s.sites[1].partitions[0].accelerator = "GH200-96";
  const auto results = recorded(s, {from(kFrench, job(0, 10, 1000, 1000)), from(kFrench, job(0, 10, 350, 350), 1),
                                    from(kFrench, job(1, 10, 500, 500)), from(kFrench, job(2, 9, 100, 100))});
  CHECK(results.jobs[2].place.site == 1);
  CHECK(results.jobs[2].start == units::Seconds{350});
  // At 102 b expects the job of 9 at 850, when the mover's request ends: earlier than 1000 at a.
  CHECK(results.jobs[3].place.site == 1);
  CHECK(results.jobs[3].start == units::Seconds{850});
  CHECK(results.jobs[3].moves == 1);
}

TEST_CASE("no job moves when no other site is earlier, and the queue stays in order", "[engine][broker][rebroker]") {
  auto s = network({site("a", {partition(10, 10)}), site("b", {partition(5, 5)})});
  s.scheduling.queue_policy = "fcfs";
  s.scheduling.rebroker_after = units::Seconds{10};
  // b is too small for any of them.
  const auto results = recorded(s, {from(kFrench, job(0, 10, 100, 100)), from(kFrench, job(1, 8, 50, 50)),
                                    from(kFrench, job(2, 9, 50, 50)), from(kFrench, job(3, 7, 50, 50))});
  CHECK(results.jobs[1].start == units::Seconds{100});
  CHECK(results.jobs[2].start == units::Seconds{150});
  CHECK(results.jobs[3].start == units::Seconds{200});
  CHECK(results.network.jobs.rebrokered == 0);
}

TEST_CASE("a job whose patience ends when it would be brokered anew leaves", "[engine][broker][rebroker]") {
  auto s = network({site("a", {partition(10, 10)}), site("b", {partition(10, 10)})});
  s.scheduling.rebroker_after = units::Seconds{100};
  auto impatient = from(kFrench, job(1, 10, 500, 500));
  impatient.patience = units::Seconds{100};
  const auto seen = simulate(s, {from(kFrench, job(0, 10, 1000, 1000)), impatient});
  CHECK(seen.fate.at(1).outcome == "left");
  CHECK(seen.fate.at(1).end == 101);
  CHECK(seen.ended_at == 1000);  // nothing that is due no more makes the run longer
}
