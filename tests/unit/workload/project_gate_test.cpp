#include "project_gate.hpp"

#include <catch2/catch.hpp>
#include <random>

using namespace gigasim;
using units::Seconds;
using workload::Job;

namespace {

class Listed final : public workload::JobStream {
 public:
  explicit Listed(std::vector<Job> jobs) : jobs_(std::move(jobs)) {}
  std::optional<Job> next() override { return next_ < jobs_.size() ? std::optional{jobs_[next_++]} : std::nullopt; }

 private:
  std::vector<Job> jobs_;
  std::size_t next_ = 0;
};

std::vector<Job> at(std::int32_t stream, const std::vector<double>& times, std::int32_t origin = 0) {
  std::vector<Job> jobs;
  for (const double time : times) {
    Job job;
    job.stream = stream;
    job.origin = origin;
    job.number = static_cast<std::int64_t>(jobs.size()) + 1;
    job.submit = Seconds{time};
    jobs.push_back(job);
  }
  return jobs;
}

/// A site in Paris with staff for one project every `work` seconds, and one in Berlin with any number; users in Paris.
scenario::Scenario world(double work, const std::vector<std::optional<scenario::Projects>>& streams) {
  scenario::Scenario s;
  s.sites.resize(2);
  s.sites[0].country = "DE";
  s.sites[0].location = {52.5, 13.4};
  s.sites[1].country = "FR";
  s.sites[1].location = {48.9, 2.35};
  s.sites[1].kind = scenario::SiteKind::kAntenna;
  s.sites[1].onboarding = units::PerSecond{1.0 / work};
  for (const auto& projects : streams) s.workload.streams.emplace_back().projects = projects;
  s.workload.origin_places = {{"FR", {48.85, 2.35}}, {"DE", {52.5, 13.4}}};
  return s;
}

struct Passed {
  std::vector<Job> jobs;
  std::vector<workload::Project> projects;
};

Passed pass(const scenario::Scenario& s, const std::vector<std::vector<Job>>& streams) {
  std::vector<std::unique_ptr<workload::JobStream>> sources;
  for (const auto& jobs : streams) sources.push_back(std::make_unique<Listed>(jobs));
  workload::ProjectGate gate{s, {"FR", "DE"}, workload::Merge{std::move(sources)}};
  Passed passed;
  while (const auto job = gate.next()) passed.jobs.push_back(*job);
  passed.projects = gate.projects();
  return passed;
}

std::vector<double> submits(const std::vector<Job>& jobs) {
  std::vector<double> times;
  for (const Job& job : jobs) times.push_back(job.submit.in_base_units());
  return times;
}

}  // namespace

TEST_CASE("with 60 projects arriving a month and staff for 40, each waits longer than the one before",
          "[workload][projects]") {
  const double month = 365.25 * 86400 / 12;  // 2,629,800 s: one arrives every 43,830 s, one is done every 65,745 s
  std::vector<double> arrivals;
  for (int k = 0; k < 180; ++k) arrivals.push_back(k * month / 60);
  const auto passed = pass(world(month / 40, {scenario::Projects{1, Seconds{0}}}), {at(0, arrivals)});
  REQUIRE(passed.projects.size() == 180);
  for (int k = 0; k < 180; ++k) {
    const auto& project = passed.projects[static_cast<std::size_t>(k)];
    CHECK(project.site == 1);
    CHECK(project.onboarded->in_base_units() == (k + 1) * month / 40);
    // The staff is busy from the first on: the wait grows by month/40 - month/60 = month/120 a project.
    CHECK((*project.onboarded - project.decided).in_base_units() == Approx(month / 40 + k * month / 120));
  }
  // After three months 120 of the 180 are on board.
  const auto in_time = std::count_if(passed.projects.begin(), passed.projects.end(),
                                     [&](const auto& p) { return p.onboarded->in_base_units() <= 3 * month; });
  CHECK(in_time == 120);
}

TEST_CASE("a project's jobs wait until it is on board, and later ones pass", "[workload][projects]") {
  // Three jobs a project; decision 100 s, onboarding 10 s. Project 0 applies at 0, is on board at 110; project 1
  // applies at 150 with the fourth job and is on board at 260.
  const auto passed = pass(world(10, {scenario::Projects{3, Seconds{100}}}), {at(0, {0, 50, 120, 150, 200})});
  CHECK(submits(passed.jobs) == std::vector<double>{110, 110, 120, 260, 260});
  CHECK(passed.jobs[0].number == 1);
  CHECK(passed.jobs[1].number == 2);
  CHECK(passed.jobs[2].project == 0);
  CHECK(passed.jobs[3].project == 1);
  REQUIRE(passed.projects.size() == 2);
  CHECK(passed.projects[1].applied == Seconds{150});
  CHECK(passed.projects[1].decided == Seconds{250});
}

TEST_CASE("the staff takes projects on in order of decision", "[workload][projects]") {
  // A applies at 0 and is decided at 10; B applies at 8 and is decided at 8: B is on board at 8 + 5, A at 13 + 5.
  const auto passed =
      pass(world(5, {scenario::Projects{1, Seconds{10}}, scenario::Projects{1, Seconds{0}}}), {at(0, {0}), at(1, {8})});
  CHECK(submits(passed.jobs) == std::vector<double>{13, 18});
  CHECK(passed.jobs[0].stream == 1);
}

TEST_CASE("streams without projects pass the gate as they come", "[workload][projects]") {
  const auto passed =
      pass(world(5, {std::nullopt, scenario::Projects{1, Seconds{3}}}), {at(0, {0, 4, 8, 8}), at(1, {4})});
  CHECK(submits(passed.jobs) == std::vector<double>{0, 4, 8, 8, 12});
  CHECK(passed.jobs[4].stream == 1);
  CHECK(passed.jobs[0].project == -1);
}

TEST_CASE("countries have projects of their own, and the staff at home takes them on", "[workload][projects]") {
  // The German project has any number of staff in Berlin; the French one waits for Paris.
  const auto passed = pass(world(5, {scenario::Projects{2, Seconds{1}}}), {[] {
                             auto jobs = at(0, {0, 1, 2, 3});
                             jobs[1].origin = jobs[3].origin = 1;
                             return jobs;
                           }()});
  REQUIRE(passed.projects.size() == 2);
  CHECK(passed.projects[0].site == 1);
  CHECK(passed.projects[1].site == 0);
  CHECK(passed.projects[0].onboarded == Seconds{6});
  CHECK(passed.projects[1].onboarded == Seconds{2});
  CHECK(submits(passed.jobs) == std::vector<double>{2, 3, 6, 6});
}

TEST_CASE("applications wait for the next cut-off by the calendar", "[workload][projects][cut-offs]") {
  // The run starts on 2027-03-27T12:00; the cut-offs of each year are 28 March and 5 September, decisions take a day.
  // Who applies at once is decided on 29 March: 36 h. At 12 h, the cut-off itself, the same; a moment later it is
  // September: 161 days and 12 h to the cut-off (4 of March, then 30, 31, 30, 31, 31 and 4), and a day.
  const double hour = 3600;
  const auto moment = Seconds{1.0 / 1024};
  auto s = world(hour, {scenario::Projects{1, Seconds{24 * hour}, {{{3, 28}, {9, 5}}, {}}}});
  s.sites[1].onboarding.reset();
  s.period.start = units::parse_date("2027-03-27T12:00:00Z")->best;
  const auto passed = pass(s, {at(0, {0, 12 * hour, (Seconds{12 * hour} + moment).in_base_units()})});
  CHECK(submits(passed.jobs) == std::vector<double>{36 * hour, 36 * hour, (12 + 161 * 24 + 24) * hour});
  CHECK(passed.projects[2].decided == Seconds{(12 + 161 * 24 + 24) * hour});
}

TEST_CASE("after the last cut-off of the year comes the first of the next", "[workload][projects][cut-offs]") {
  auto s = world(1, {scenario::Projects{1, Seconds{0}, {{{3, 28}, {9, 5}}, {}}}});
  s.sites[1].onboarding.reset();
  s.period.start = units::parse_date("2027-12-31")->best;
  // 2028 is a leap year: 1 day of December, 31, 29 and 27 to 28 March.
  CHECK(submits(pass(s, {at(0, {0})}).jobs) == std::vector<double>{(1 + 31 + 29 + 27) * 86400.0});
}

TEST_CASE("after the last date nobody is decided any more, and the jobs of others pass",
          "[workload][projects][cut-offs]") {
  auto s = world(1, {scenario::Projects{1, Seconds{10}, {{}, {units::parse_date("2027-01-02")->best}}}, std::nullopt});
  s.sites[1].onboarding.reset();
  s.period.start = units::parse_date("2027-01-01")->best;
  const auto passed = pass(s, {at(0, {0, 86400, 86401}), at(1, {90000})});
  CHECK(submits(passed.jobs) == std::vector<double>{86410, 86410, 90000});
  REQUIRE(passed.projects.size() == 3);
  CHECK_FALSE(passed.projects[2].onboarded);
}

TEST_CASE("no job of random projects is submitted before its project is on board, and each is decided after a cut-off",
          "[workload][projects][cut-offs][property]") {
  std::mt19937 random(3);
  const Seconds decision{3 * 86400.0};
  auto s = world(20'000, {scenario::Projects{4, decision, {{{1, 15}, {4, 1}, {4, 2}, {11, 30}}, {}}}});
  s.period.start = units::parse_date("2027-02-11T08:30:00Z")->best;
  std::vector<double> arrivals;
  double time = 0;
  for (int i = 0; i < 2000; ++i) arrivals.push_back(time += static_cast<double>(random() % 40'000'000) / 1024.0);
  const auto passed = pass(s, {at(0, arrivals)});
  REQUIRE(passed.jobs.size() == arrivals.size());
  for (const workload::Project& project : passed.projects) {
    const std::string cut_off = units::format_utc(s.period.start + (project.decided - decision)).substr(4);
    CHECK((cut_off == "-01-15" || cut_off == "-04-01" || cut_off == "-04-02" || cut_off == "-11-30"));
    CHECK(project.decided - decision >= project.applied);
    CHECK(project.decided - decision - project.applied < Seconds{243 * 86400.0});  // 2 April to 30 November is 242 days
    CHECK(*project.onboarded >= project.decided);
  }
  Seconds before{0};
  for (const Job& job : passed.jobs) {
    CHECK(job.submit >= before);
    CHECK(job.submit >= Seconds{arrivals[static_cast<std::size_t>(job.number) - 1]});
    CHECK(job.submit >= *passed.projects[static_cast<std::size_t>(job.project)].onboarded);
    before = job.submit;
  }
}
