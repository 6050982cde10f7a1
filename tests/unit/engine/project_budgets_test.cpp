#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <random>

#include "gigasim/metrics/recorder.hpp"
#include "small_world.hpp"

using namespace gigasim;
using metrics::Outcome;
using test::job;
using test::partition;
using test::site;
using test::world;
using units::Seconds;

namespace {

/// Jobs of projects that are on board from the beginning, unless said otherwise.
class GrantedJobs final : public workload::JobSource {
 public:
  GrantedJobs(std::vector<workload::Job> jobs, std::vector<workload::Project> projects)
      : jobs_(std::move(jobs)), projects_(std::move(projects)) {}
  std::optional<workload::Job> next() override { return jobs_.next(); }
  const std::vector<std::string>& origins() const override { return jobs_.origins(); }
  const std::vector<workload::ImportReport>& imports() const override { return jobs_.imports(); }
  const std::vector<workload::StreamPlan>& plans() const override { return jobs_.plans(); }
  const std::vector<workload::Project>& projects() const override { return projects_; }

 private:
  test::ListedJobs jobs_;
  std::vector<workload::Project> projects_;
};

workload::Job of_project(std::int32_t project, workload::Job job) {
  job.project = project;
  return job;
}

std::vector<workload::Project> on_board(std::size_t count) {
  workload::Project project;
  project.onboarded = Seconds{0};
  return std::vector<workload::Project>(count, project);
}

scenario::Scenario granting(double accelerator_hours, std::optional<Seconds> allocation = {}) {
  auto s = world({site("a", {partition(10, 10)})});
  s.workload.streams[0].projects = scenario::Projects{1, Seconds{0}, {}, accelerator_hours, allocation};
  return s;
}

metrics::Results results_with_projects(const scenario::Scenario& s, std::vector<workload::Job> jobs,
                                       std::size_t num_projects) {
  GrantedJobs source(std::move(jobs), on_board(num_projects));
  metrics::Recorder recorder(s, source.origins());
  engine::run(s, source, recorder);
  return recorder.results({}, {}, source.projects());
}

std::vector<Outcome> outcomes_of(const metrics::Results& results) {
  std::vector<Outcome> all;
  for (const metrics::JobRecord& record : results.jobs) all.push_back(record.outcome);
  return all;
}

constexpr double kBudget = 2.5;  // accelerator-hours

/// Three streams with a holder each, two of them with projects, at a site with hard caps and one without.
scenario::Scenario capped_network(const std::string& policy, const std::string& broker) {
  auto s = world({site("a", {partition(24, 8), partition(10, 8)}), site("b", {partition(30, 16)}, "DE")});
  s.scheduling.shares = scenario::ShareRule::kCap;
  s.scheduling.queue_policy = policy;
  s.scheduling.broker = broker;
  s.sites[0].time_shares = scenario::TimeShares{0.5, 0.35, 0.15};
  s.workload.streams.resize(3);
  for (std::size_t i = 0; i < 3; ++i) {
    s.workload.streams[i].name = "abc"[i];
    s.workload.streams[i].time_holder = scenario::kTimeHolders[i];
    if (i != 1) s.workload.streams[i].projects = scenario::Projects{1, Seconds{0}, {}, kBudget, {}};
  }
  return s;
}

std::vector<workload::Job> random_granted_jobs(unsigned seed) {
  std::mt19937 random(seed);
  std::vector<workload::Job> jobs;
  double submit = 0;
  for (int i = 0; i < 600; ++i) {
    submit += static_cast<double>(random() % 65536) / 1024.0;
    const double walltime = static_cast<double>(1 + random() % 900'000) / 1024.0;
    const double runtime = std::min(walltime, static_cast<double>(random() % 900'000) / 1024.0);
    jobs.push_back(job(submit, 1 + static_cast<std::int64_t>(random() % 14), runtime, walltime));
    const auto stream = static_cast<std::int32_t>(random() % 3);
    jobs.back().stream = stream;
    jobs.back().project = stream == 1 ? -1 : stream * 5 + static_cast<std::int32_t>(random() % 5);
    if (random() % 4 == 0) jobs.back().patience = Seconds{static_cast<double>(random() % 3000)};
  }
  return jobs;
}

/// Accelerator-seconds that a project is charged with when one of its jobs is submitted, from the job table alone:
/// requests of what was not over, use of what was.
double charged_before(const metrics::JobRecord& one, const std::vector<metrics::JobRecord>& jobs) {
  double charged = 0.0;
  for (const metrics::JobRecord& other : jobs) {
    if (&other == &one) break;
    if (other.project != one.project || other.outcome == Outcome::kRefused) continue;
    // Ends come before arrivals at one instant, and departures after them.
    const bool ends_first = other.outcome != Outcome::kLeft;
    const bool over = other.end && (ends_first ? *other.end <= one.submit : *other.end < one.submit);
    const Seconds used = other.start ? *other.end - *other.start : Seconds{0};
    charged += static_cast<double>(other.accelerators) * (over ? used : other.walltime).in_base_units();
  }
  return charged;
}

void check_random_run(const scenario::Scenario& s, unsigned seed) {
  const auto results =
      results_with_projects(s, random_granted_jobs(seed), 15);  // throws when a cap is exceeded or a job never ends
  CHECK(results.network.jobs.quota_violations == 0);
  CHECK(results.network.jobs.unfinished() == 0);
  CHECK(results.network.jobs.out_of_budget > 20);
  for (const metrics::JobRecord& one : results.jobs) {
    if (one.start) CHECK(*one.start >= one.submit);
    if (one.project < 0) continue;
    const double request = static_cast<double>(one.accelerators) * one.walltime.in_base_units();
    CHECK(one.out_of_budget == (charged_before(one, results.jobs) + request > kBudget * 3600.0));
  }
}

}  // namespace

TEST_CASE("a budget is charged with requests and gets back what was not used, as worked out by hand",
          "[engine][budget]") {
  // One accelerator-hour is 3,600 s. Left before: 3,600; 2 x 1,000 is charged at 0: 1,600. At 100 a request of 1,700 is
  // refused. The first job ends at 500, after half of its request: 1,000 come back, 2,600 are left, just enough for the
  // request of that very instant. Then nothing is left, not even for a second. Another project has its own.
  const auto results =
      results_with_projects(granting(1.0),
                            {of_project(0, job(0, 2, 500, 1000)), of_project(0, job(100, 1, 1700, 1700)),
                             of_project(0, job(500, 1, 2600, 2600)), of_project(0, job(600, 1, 1, 1)),
                             of_project(1, job(600, 1, 3600, 3600))},
                            2);
  CHECK(outcomes_of(results) == std::vector<Outcome>{Outcome::kFinished, Outcome::kRefused, Outcome::kFinished,
                                                     Outcome::kRefused, Outcome::kFinished});
  CHECK(results.refused == std::map<std::string, std::int64_t>{{"over the budget of its project", 2}});
  CHECK(results.refusal_reasons == std::vector<std::string>{"over the budget of its project"});
  CHECK(results.jobs[1].refusal == 0);
  CHECK(results.jobs[2].refusal == -1);
  CHECK(results.network.jobs.refused == 2);
  CHECK(results.network.jobs.out_of_budget == 2);
  CHECK(results.network.granted.projects == 2);
  CHECK(results.network.granted.budget == 2.0);
  CHECK(results.network.granted.used == 2.0);  // 2 x 500 + 2,600, and 3,600
}

TEST_CASE("a job that is killed at its walltime has used its whole request", "[engine][budget]") {
  const auto results =
      results_with_projects(granting(1.0),
                            {of_project(0, job(0, 3, 5000, 1000)), of_project(0, job(1000, 1, 601, 601)),
                             of_project(0, job(1000, 1, 600, 600))},
                            1);
  CHECK(outcomes_of(results) == std::vector<Outcome>{Outcome::kKilled, Outcome::kRefused, Outcome::kFinished});
}

TEST_CASE("who leaves the queue or finds no site gets the whole request back", "[engine][budget]") {
  auto impatient = of_project(0, job(1, 10, 300, 300));  // waits behind the first one
  impatient.patience = Seconds{50};
  const auto results = results_with_projects(granting(1.0),
                                             {of_project(0, job(0, 1, 100, 100)), impatient,
                                              of_project(0, job(60, 11, 10, 10)), of_project(0, job(60, 10, 350, 350))},
                                             1);
  CHECK(outcomes_of(results) ==
        std::vector<Outcome>{Outcome::kFinished, Outcome::kLeft, Outcome::kRefused, Outcome::kFinished});
  CHECK(results.refused == std::map<std::string, std::int64_t>{{"larger than any partition", 1}});
  CHECK(results.network.jobs.out_of_budget == 0);
}

TEST_CASE("a site that goes offline gives back the rest of what it stopped", "[engine][budget][calendar]") {
  // Charged 10 x 360 s, all of it; stopped after 100 s: 2,600 of 3,600 come back, but the request of 261 x 10 is more.
  auto s = granting(1.0);
  s.sites[0].partitions[0].steps = {
      {s.period.start, 10}, {s.period.start + Seconds{100}, 0}, {s.period.start + Seconds{200}, 10}};
  const auto results =
      results_with_projects(s,
                            {of_project(0, job(0, 10, 360, 360)), of_project(0, job(300, 10, 261, 261)),
                             of_project(0, job(300, 10, 260, 260))},
                            1);
  CHECK(outcomes_of(results)[1] == Outcome::kRefused);
  CHECK(outcomes_of(results)[2] == Outcome::kFinished);
}

TEST_CASE("no job is taken from the end of the allocation on, and those submitted before still start",
          "[engine][budget]") {
  const auto results = results_with_projects(
      granting(100.0, Seconds{1000}),
      {of_project(0, job(0, 10, 1500, 1500)), of_project(0, job(999, 1, 10, 10)), of_project(0, job(1000, 1, 10, 10))},
      1);
  CHECK(outcomes_of(results) == std::vector<Outcome>{Outcome::kFinished, Outcome::kFinished, Outcome::kRefused});
  CHECK(results.jobs[1].start == Seconds{1500});
  CHECK(results.refused == std::map<std::string, std::int64_t>{{"after the end of its project's allocation", 1}});
  CHECK(results.network.jobs.out_of_budget == 1);
}

TEST_CASE("a random run with hard caps and budgets under easy keeps every cap and every budget, and ends",
          "[engine][budget][shares][property]") {
  check_random_run(capped_network("easy", "earliest_start"), 1);
}

TEST_CASE("a random run with hard caps and budgets under fcfs keeps every cap and every budget, and ends",
          "[engine][budget][shares][property]") {
  check_random_run(capped_network("fcfs", "least_loaded"), 2);
}

TEST_CASE("a job larger than its holder's cap goes elsewhere or is refused", "[engine][shares]") {
  auto s = world({site("a", {partition(10, 10)}), site("b", {partition(12, 12)})});
  s.scheduling.shares = scenario::ShareRule::kCap;
  s.scheduling.broker = "nearest";
  s.sites[0].time_shares = scenario::TimeShares{0.5, 0.5, 0.0};
  s.sites[1].time_shares = scenario::TimeShares{1.0, 0.0, 0.0};
  s.workload.streams.resize(2);
  s.workload.streams[0].time_holder = scenario::TimeHolder::kEu;
  s.workload.streams[1].time_holder = scenario::TimeHolder::kNational;
  const auto national = [](workload::Job job) {
    job.stream = 1;
    return job;
  };
  const auto seen = test::simulate(
      s, {job(0, 5, 10, 10), job(0, 6, 10, 10), national(job(0, 5, 10, 10)), national(job(0, 6, 10, 10))});
  CHECK(seen.fate.at(0).site == 0);
  CHECK(seen.fate.at(1).site == 1);
  CHECK(seen.fate.at(2).site == 0);
  CHECK(seen.fate.at(2).start == 0);
  CHECK(seen.fate.at(3).outcome == "larger than what any partition leaves it");
}

TEST_CASE("a preempted job is charged with all that its runs used", "[engine][budget][preemption]") {
  // Four accelerators, one accelerator-hour. The first job asks for 4 x 400 s and is stopped at 100 for 50 s; requeued
  // it runs its 400 s again, from 150 to 550: 2,000 of 3,600 are used. At 549 its request of 1,600 is all that is
  // charged; at 550 one of 4 x 401 s is too much, and 4 x 400 s fits.
  auto s = granting(1.0);
  s.sites[0].partitions[0].count = 4;
  s.workload.streams.resize(2);
  s.workload.streams[1].name = "urgent";
  s.scheduling.queue_policy = "fcfs";
  scenario::Preemption rule;
  rule.by_streams = {1};
  rule.of_streams = {0};
  s.scheduling.preemption = {rule};
  auto urgent = job(100, 4, 50, 50);
  urgent.stream = 1;
  const auto results =
      results_with_projects(s,
                            {of_project(0, job(0, 4, 400, 400)), urgent, of_project(0, job(550, 4, 401, 401)),
                             of_project(0, job(550, 4, 400, 400))},
                            1);
  CHECK(results.jobs[0].end == Seconds{550});
  CHECK(outcomes_of(results) ==
        std::vector<Outcome>{Outcome::kFinished, Outcome::kFinished, Outcome::kRefused, Outcome::kFinished});
  CHECK(results.network.granted.used == 1.0);
}

TEST_CASE("a drained run counts the projects that applied before the first job came", "[engine][budget][access]") {
  // Two projects apply at 0 and at 10; they are on board at 100 and 150, when their jobs are submitted. The last one
  // ends at 150 + 3,600 s. Each is granted an accelerator-hour; one uses 10 x 36 s of it, the other 1 x 3,600 s.
  workload::Project first;
  first.stream = 0;
  first.site = 0;
  first.decided = Seconds{40};
  first.onboarded = Seconds{100};
  workload::Project second = first;
  second.applied = Seconds{10};
  second.onboarded = Seconds{150};
  const auto s = granting(1.0);
  REQUIRE(s.period.until_drained);
  GrantedJobs source({of_project(0, job(100, 10, 36, 36)), of_project(1, job(150, 1, 3600, 3600))}, {first, second});
  metrics::Recorder recorder(s, source.origins());
  engine::run(s, source, recorder);
  const auto results = recorder.results({}, {}, source.projects());
  CHECK(results.network.projects == 2);
  CHECK(results.network.projects_waiting == 0);
  CHECK(results.network.granted.budget == 2.0);
  CHECK(results.network.granted.used == Approx(1.1));
}

TEST_CASE("jobs of users that their class is not for are refused, with a reason of their own", "[engine][budget]") {
  auto s = granting(1.0);
  s.workload.streams[0].projects->open = false;
  const auto results = results_with_projects(s, {of_project(0, job(0, 1, 10, 10)), job(0, 1, 10, 10)}, 1);
  CHECK(outcomes_of(results) == std::vector<Outcome>{Outcome::kRefused, Outcome::kFinished});
  CHECK(results.refused == std::map<std::string, std::int64_t>{{"its access class is not for users of its type", 1}});
  CHECK(results.network.jobs.out_of_budget == 0);
}

TEST_CASE("a moldable job is charged for the size that it gets, and gets none that its budget does not cover",
          "[engine][access][moldable]") {
  // 10 accelerator-hours on one; half of it is serial: on n it takes 10 h (0.5 + 0.5 / n), n of them for
  // (5 n + 5) accelerator-hours. A budget of 60: n = 8 costs 45, n = 16 would cost 85 (and 64 would cost 325). What is
  // left, 15, is enough for n = 2; then nothing is.
  auto s = world({site("a", {partition(64, 64)})});
  scenario::SpeedUp half;
  half.law = scenario::SpeedUp::Law::kAmdahl;
  half.parameter = 0.5;
  s.workload.streams[0].moldable = scenario::Moulding{1, 64, half};
  s.workload.streams[0].projects = scenario::Projects{3, Seconds{0}, {}, 60.0, {}};
  const auto results =
      results_with_projects(s,
                            {of_project(0, job(0, 1, 36000, 36000)), of_project(0, job(1, 1, 36000, 36000)),
                             of_project(0, job(2, 1, 36000, 36000))},
                            1);
  CHECK(results.jobs[0].accelerators == 8);
  CHECK(results.jobs[1].accelerators == 2);
  CHECK(results.jobs[2].outcome == Outcome::kRefused);
}
