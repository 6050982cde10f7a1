#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "country_world.hpp"
#include "exclusions.hpp"
#include "gigasim/units/grid.hpp"

using namespace gigasim;
using metrics::Exclusion;
using scenario::Eligibility;
using scenario::Residency;
using test::from;
using test::job;
using test::network;
using test::of_type;
using test::partition;
using test::recorded;
using test::site;
using test::Verdicts;

namespace {

using Draw = std::mt19937;

template <class T>
const T& one_of(const std::vector<T>& list, Draw& draw) {
  return list[draw() % list.size()];
}

scenario::Site random_site(const std::string& name, const scenario::Scenario& s, Draw& draw) {
  static const std::vector<std::string> kTypes{"H100-SXM-80", "GH200-96", "MI300X-192"};
  static const std::vector<double> kMemory{80, 96, 192};
  std::vector<scenario::Partition> machines;
  for (std::size_t p = 0; p < 1 + draw() % 2; ++p) {
    const std::size_t type = draw() % 3;
    machines.push_back(of_type(partition(4 + static_cast<std::int64_t>(draw() % 20), 8), kTypes[type], kMemory[type]));
    machines.back().per_node = 4;
    machines.back().trusted = draw() % 3 == 0;
    machines.back().trusted_only = machines.back().trusted && draw() % 2 == 0;
  }
  static const std::vector<std::string> kCountries{"FR", "DE", "GB"};
  scenario::Site result = site(name, machines, one_of(kCountries, draw));
  result.location = {45.0 + static_cast<double>(draw() % 100) / 10, static_cast<double>(draw() % 100) / 10};
  static const std::vector<Eligibility> kEligible{{},
                                                  {Eligibility::Users::kEu, {}},
                                                  {Eligibility::Users::kCountries, {"DE"}},
                                                  {Eligibility::Users::kCountries, {"DE", "FR"}}};
  result.eligible = one_of(kEligible, draw);
  if (draw() % 3 == 0) result.online = s.period.start + units::Seconds{static_cast<double>(draw() % 2000)};
  if (draw() % 3 == 0) result.offline = s.period.start + units::Seconds{2000.0 + static_cast<double>(draw() % 3000)};
  return result;
}

scenario::Scenario random_network(Draw& draw) {
  scenario::Scenario s = network({});
  for (std::size_t i = 0; i < 2 + draw() % 4; ++i) {
    s.sites.push_back(random_site(std::string(1, static_cast<char>('a' + i)), s, draw));
  }
  static const std::vector<std::string> kBrokers{"home",         "nearest",        "round_robin",
                                                 "least_loaded", "earliest_start", "weighted"};
  s.scheduling.broker = one_of(kBrokers, draw);
  s.scheduling.queue_policy = draw() % 2 == 0 ? "easy" : "fcfs";
  if (draw() % 2 == 0) s.scheduling.rebroker_after = units::Seconds{50.0 + static_cast<double>(draw() % 300)};
  static const std::vector<scenario::Requirements> kNeeds{{},
                                                          {{{"GH200-96", 1.0}}, units::Bytes{0}},
                                                          {{{"H100-SXM-80", 1.0}, {"GH200-96", 1.7}}, units::Bytes{0}},
                                                          {{{"MI300X-192", 0.6}}, units::Bytes{0}},
                                                          {{}, units::Bytes{90e9}}};
  s.workload.streams.resize(4);
  for (std::size_t i = 0; i < s.workload.streams.size(); ++i) {
    scenario::Stream& stream = s.workload.streams[i];
    stream.name = std::string(1, static_cast<char>('s' + i));
    stream.needs = one_of(kNeeds, draw);
    stream.residency = static_cast<Residency>(draw() % 3);
    stream.sensitive = draw() % 5 == 0;
  }
  return s;
}

scenario::Reservation random_reservation(const scenario::Scenario& s, bool maintenance, Draw& draw) {
  scenario::Reservation r;
  for (const scenario::Site& at : s.sites) {
    if (draw() % 2 == 0) r.sites.push_back(at.name);
  }
  r.share = 0.25 + 0.25 * static_cast<double>(draw() % (maintenance ? 4 : 2));
  r.from = units::Seconds{static_cast<double>(draw() % 800)};
  r.length = units::Seconds{50.0 + static_cast<double>(draw() % 200)};
  r.every = r.length + units::Seconds{static_cast<double>(draw() % 800)};
  r.streams.assign(s.workload.streams.size(), false);
  if (maintenance) return r;
  r.labels = {"stream=" + s.workload.streams[1].name};
  r.streams[1] = true;
  return r;
}

/// Hard caps, or reservations, or neither.
void limit(scenario::Scenario& s, Draw& draw) {
  const auto kind = draw() % 3;
  if (kind == 1) {
    s.scheduling.shares = scenario::ShareRule::kCap;
    for (scenario::Site& at : s.sites) {
      if (draw() % 3 > 0) at.time_shares = scenario::TimeShares{0.5, 0.3, 0.2};
    }
    for (std::size_t i = 0; i < s.workload.streams.size(); ++i) {
      s.workload.streams[i].time_holder = scenario::kTimeHolders.at(i % scenario::kNumTimeHolders);
    }
  } else if (kind == 2) {
    s.scheduling.queues.reservations = {random_reservation(s, true, draw)};
    s.scheduling.rebroker_after.reset();
  }
}

std::vector<workload::Job> random_jobs(Draw& draw) {
  std::vector<workload::Job> jobs;
  double submit = 0;
  for (int i = 0; i < 150; ++i) {
    submit += static_cast<double>(draw() % 40960) / 1024.0;
    const double runtime = static_cast<double>(draw() % 600'000) / 1024.0;
    jobs.push_back(from(static_cast<std::int32_t>(draw() % 3) - 1,
                        job(submit, 1 + static_cast<std::int64_t>(draw() % 12), runtime, runtime + 20),
                        static_cast<std::int32_t>(draw() % 4)));
  }
  return jobs;
}

/// Whether a job ran where it may, said once more from the scenario alone.
void check_place(const metrics::JobRecord& done, const scenario::Scenario& s, const std::string& origin) {
  const scenario::Stream& stream = s.workload.streams[static_cast<std::size_t>(done.stream)];
  const scenario::Site& at = s.sites[static_cast<std::size_t>(done.place.site)];
  const scenario::Partition& machine = at.partitions[static_cast<std::size_t>(done.place.partition)];
  CHECK(*done.start >= done.submit);
  if (at.online) CHECK(s.period.start + *done.start >= *at.online);
  if (at.offline) CHECK(s.period.start + *done.start < *at.offline);
  const auto in_the_eu = [](const std::string& country) { return country == "FR" || country == "DE"; };
  if (at.eligible.users == Eligibility::Users::kEu) CHECK(in_the_eu(origin));
  if (at.eligible.users == Eligibility::Users::kCountries) {
    CHECK(std::count(at.eligible.countries.begin(), at.eligible.countries.end(), origin) == 1);
  }
  if (stream.residency == Residency::kEu) CHECK(in_the_eu(at.country));
  if (stream.residency == Residency::kCountry) CHECK(at.country == origin);
  if (stream.sensitive) CHECK(machine.trusted);
  if (!stream.sensitive) CHECK(!machine.trusted_only);
  CHECK(machine.memory >= stream.needs.memory);
  if (stream.needs.accelerators.empty()) return;
  const auto is_it = [&](const auto& one) { return one.id == machine.accelerator; };
  const auto& list = stream.needs.accelerators;
  const auto accepted = std::find_if(list.begin(), list.end(), is_it);
  REQUIRE(accepted != list.end());
  const units::Seconds run = units::ceil_to_grid(done.runtime / accepted->speed);
  if (done.outcome == metrics::Outcome::kFinished) CHECK(*done.end - *done.start == run);
}

void check_random_run(unsigned seed) {
  Draw draw(seed);
  auto s = random_network(draw);
  limit(s, draw);
  const auto results = recorded(s, random_jobs(draw));
  const std::vector<std::string> origins{"FR", "DE"};
  std::int64_t started = 0;
  for (const metrics::JobRecord& done : results.jobs) {
    REQUIRE(done.decision.exclusions >= 0);
    if (!done.start) continue;
    ++started;
    check_place(done, s, done.origin < 0 ? "" : origins[static_cast<std::size_t>(done.origin)]);
  }
  CHECK(started + results.network.jobs.refused == static_cast<std::int64_t>(results.jobs.size()));
}

}  // namespace

// One engine per process: each is a case of its own.
TEST_CASE("no job starts before its submission or where it may not (1)", "[engine][broker][property]") {
  check_random_run(1);
}
TEST_CASE("no job starts before its submission or where it may not (2)", "[engine][broker][property]") {
  check_random_run(2);
}
TEST_CASE("no job starts before its submission or where it may not (3)", "[engine][broker][property]") {
  check_random_run(3);
}
TEST_CASE("no job starts before its submission or where it may not (4)", "[engine][broker][property]") {
  check_random_run(4);
}
TEST_CASE("no job starts before its submission or where it may not (5)", "[engine][broker][property]") {
  check_random_run(5);
}
TEST_CASE("no job starts before its submission or where it may not (6)", "[engine][broker][property]") {
  check_random_run(6);
}

namespace {

/// Keeps what it is told about exclusions.
struct Listener final : metrics::Observer {
  std::vector<Verdicts> known;
  void exclusions_known(std::int32_t number, std::span<const Exclusion> by_partition) override {
    REQUIRE(number == static_cast<std::int32_t>(known.size()));
    known.emplace_back(by_partition.begin(), by_partition.end());
  }
  void job_submitted(metrics::JobIndex, const workload::Job&, units::Seconds) override {}
  void job_queued(metrics::JobIndex, metrics::Place, units::Seconds) override {}
  void job_started(metrics::JobIndex, metrics::Place, std::span<const metrics::PodShare>, units::Seconds) override {}
  void job_preempted(metrics::JobIndex, units::Seconds, units::Seconds) override {}
  void job_ended(metrics::JobIndex, metrics::Outcome, units::Seconds) override {}
  void wipe_ended(metrics::JobIndex, units::Seconds) override {}
  void job_left(metrics::JobIndex, units::Seconds) override {}
  void job_refused(metrics::JobIndex, std::string_view, units::Seconds) override {}
  void capacity_changed(metrics::Place, std::int64_t, units::Seconds) override {}
  void run_ended(units::Seconds, bool) override {}
};

scheduling::BrokeredJob random_brokered(const scenario::Scenario& s, const engine::NetworkQueues& queues, Draw& draw) {
  const auto stream = static_cast<std::int32_t>(draw() % s.workload.streams.size());
  const scenario::Stream& of = s.workload.streams[static_cast<std::size_t>(stream)];
  return {.origin = static_cast<std::int32_t>(draw() % 3) - 1,
          .accelerators = 1 + static_cast<std::int64_t>(draw() % 25),
          .walltime = units::Seconds{static_cast<double>(draw() % 4000)},
          .sensitive = of.sensitive,
          .needs = queues.needs_of(test::in_stream(stream, job(0, 1, 1, 1))),
          .stream = stream,
          .group = of.time_holder ? static_cast<std::int32_t>(*of.time_holder) : -1};
}

}  // namespace

TEST_CASE("exclusions are none exactly where a queue accepts the job, and one number stands for equal ones",
          "[engine][broker][property]") {
  Draw draw(21);
  for (int round = 0; round < 60; ++round) {
    auto s = random_network(draw);
    limit(s, draw);
    if (!s.scheduling.queues.reservations.empty()) {
      s.scheduling.queues.reservations.push_back(random_reservation(s, false, draw));
    }
    engine::NetworkQueues queues(s, {"FR", "DE"});
    Listener listener;
    engine::Exclusions exclusions(queues, listener);
    for (int step = 0; step < 200; ++step) {
      queues.set_time(units::Seconds{static_cast<double>(step * 20)});
      if (draw() % 10 == 0) {
        queues.set_accelerators(static_cast<int>(draw() % queues.queues().size()),
                                static_cast<std::int64_t>(draw() % 3) * 10);
      }
      const auto one = random_brokered(s, queues, draw);
      const auto found = exclusions.of(one);
      const Verdicts& told = listener.known.at(static_cast<std::size_t>(found.number));
      std::int32_t able = 0;
      for (int q = 0; q < queues.num_queues(); ++q) {
        const bool accepted = queues.accepts(q, one);
        able += accepted ? 1 : 0;
        REQUIRE((told[static_cast<std::size_t>(q)] == Exclusion::kNone) == accepted);
        REQUIRE(told[static_cast<std::size_t>(q)] == queues.exclusion(q, one));
      }
      REQUIRE(found.able == able);
    }
    for (std::size_t i = 0; i < listener.known.size(); ++i) {
      REQUIRE(std::count(listener.known.begin(), listener.known.end(), listener.known[i]) == 1);
    }
  }
}
