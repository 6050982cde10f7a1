#include <algorithm>
#include <catch2/catch.hpp>
#include <tuple>

#include "gigasim/catalogue/catalogue.hpp"
#include "gigasim/units/grid.hpp"
#include "logs.hpp"
#include "synthetic.hpp"

using namespace gigasim;
using synthetic::jobs_of;

namespace {

/// A stream that uses every law at once.
scenario::Stream lively(const std::string& name, const std::string& mix) {
  auto stream = synthetic::stream(name, 300.0);
  stream.arrivals.profile = "working_hours";
  stream.arrivals.bursts = "philly";
  stream.arrivals.growth_per_year = 0.3;
  stream.origin = {{"FI", 0.3}, {"PT", 0.7}};
  stream.walltime = {scenario::Walltime::Kind::kModel, 1.0, "theta", units::Seconds{72 * 3600.0}};
  stream.classes.clear();
  for (const auto* row : catalogue::mix_classes(mix)) {
    scenario::JobClass job_class;
    job_class.name = row->id;
    job_class.share = row->job_share;
    job_class.sizes = row->sizes;
    job_class.runtime = scenario::ClassRuntime{row->id};
    job_class.bundle = row->pre_training ? 1 : 3;
    job_class.in_bursts = !row->pre_training;
    stream.classes.push_back(job_class);
  }
  return stream;
}

/// Everything that a job says but the indices of its stream and origin, which other streams may shift.
using Facts = std::tuple<std::int64_t, std::string, std::int64_t, units::Seconds, units::Seconds, units::Seconds, int>;

std::vector<Facts> facts_of(const scenario::Scenario& scenario, const std::string& stream) {
  const auto source = workload::open_streams(scenario);
  std::vector<Facts> facts;
  while (const auto job = source->next()) {
    if (scenario.workload.streams[static_cast<std::size_t>(job->stream)].name != stream) continue;
    const std::string origin = job->origin < 0 ? "" : source->origins()[static_cast<std::size_t>(job->origin)];
    facts.emplace_back(job->number, origin, job->accelerators, job->submit, job->runtime, job->walltime,
                       static_cast<int>(job->ending));
  }
  return facts;
}

/// The same stream whose jobs wait no longer than `law` says.
scenario::Stream impatient(scenario::Stream stream, scenario::PatienceLaw law) {
  stream.patience = std::move(law);
  return stream;
}

constexpr auto kLog = "7 100 -1 50 4 -1 -1 4 60 -1 1\n9 90000 -1 50 4 -1 -1 4 60 -1 1\n";

scenario::Stream replay(const std::string& file) {
  scenario::Stream stream;
  stream.name = "log";
  stream.trace = scenario::Trace{file, "swf", 1.0};
  return stream;
}

void add_site(scenario::Scenario& scenario) {
  scenario.sites.emplace_back();
  scenario.sites.back().partitions.emplace_back();
  scenario.sites.back().partitions.back().count = 100;
}

}  // namespace

TEST_CASE("the same seed gives the same jobs and another seed gives others", "[workload][determinism]") {
  auto scenario = synthetic::scenario(20.0, {lively("a", "seren")});
  const auto first = facts_of(scenario, "a");
  REQUIRE(first.size() > 1000);
  CHECK(facts_of(scenario, "a") == first);
  scenario.seed = 43;
  CHECK(facts_of(scenario, "a") != first);
}

TEST_CASE("adding a stream or a site changes no job of the others", "[workload][determinism]") {
  const auto alone = synthetic::scenario(20.0, {lively("a", "seren")});
  auto together = synthetic::scenario(20.0, {lively("b", "kalos"), lively("a", "seren"), lively("c", "seren")});
  together.workload.streams[0].origin = {{"AT", 1.0}};
  add_site(together);
  CHECK(facts_of(together, "a") == facts_of(alone, "a"));
  CHECK(facts_of(together, "c") != facts_of(together, "a"));
}

TEST_CASE("another walltime model changes nothing but the requests", "[workload][determinism]") {
  auto scenario = synthetic::scenario(10.0, {lively("a", "seren")});
  auto before = facts_of(scenario, "a");
  scenario.workload.streams[0].walltime.model = "kth";
  auto after = facts_of(scenario, "a");
  CHECK(before != after);
  for (auto& facts : before) std::get<5>(facts) = units::Seconds{0};
  for (auto& facts : after) std::get<5>(facts) = units::Seconds{0};
  CHECK(before == after);
}

TEST_CASE("synthetic jobs are on the grid, in order, numbered from 1 and never longer than requested", "[workload]") {
  const auto scenario = synthetic::scenario(30.0, {lively("a", "seren"), lively("b", "kalos")});
  const auto jobs = jobs_of(scenario);
  REQUIRE(jobs.size() > 2000);
  std::vector<std::int64_t> numbers(2, 0);
  units::Seconds last{0};
  for (const auto& job : jobs) {
    REQUIRE(job.number == ++numbers[static_cast<std::size_t>(job.stream)]);
    REQUIRE(job.submit >= last);
    REQUIRE(job.submit < scenario.period.length);
    REQUIRE(job.runtime > units::Seconds{0});
    REQUIRE(job.walltime >= job.runtime);
    REQUIRE(job.accelerators >= 1);
    REQUIRE((units::on_grid(job.submit) && units::on_grid(job.runtime) && units::on_grid(job.walltime)));
    last = job.submit;
  }
}

TEST_CASE("a stream covers warm-up and length, and may end sooner by its number of jobs", "[workload]") {
  auto scenario = synthetic::scenario(1.0, {synthetic::stream("a", 1000.0)});
  scenario.period.warm_up = units::Seconds{2.0 * synthetic::kDay};
  const auto jobs = jobs_of(scenario);
  CHECK(std::fabs(static_cast<double>(jobs.size()) - 3000.0) < 4.0 * std::sqrt(3000.0));
  scenario.workload.streams[0].arrivals.max_jobs = 17;
  const auto few = jobs_of(scenario);
  CHECK(few.size() == 17);
  CHECK(few.back().submit == jobs[16].submit);
}

TEST_CASE("a run until drained needs an end of each stream", "[workload]") {
  auto scenario = synthetic::scenario(0.0, {synthetic::stream("a", 1000.0)});
  scenario.period.until_drained = true;
  CHECK_THROWS_WITH(
      workload::open_streams(scenario),
      Catch::Matchers::Contains("workload.streams[a]: would never end: give max_jobs or a period with a length"));
  scenario.workload.streams[0].arrivals.max_jobs = 5000;
  CHECK(jobs_of(scenario).size() == 5000);
}

TEST_CASE("a stream at rate 0 has no job", "[workload]") {
  CHECK(jobs_of(synthetic::scenario(10.0, {synthetic::stream("a", 0.0)})).empty());
}

TEST_CASE("logs and synthetic streams are delivered together, in order, with their reports", "[workload]") {
  const logs::Folder folder;
  auto scenario = synthetic::scenario(1.0, {synthetic::stream("a", 500.0), replay(folder.write("log.swf", kLog))});
  add_site(scenario);
  const auto source = workload::open_streams(scenario);
  REQUIRE(source->imports().size() == 1);
  CHECK(source->imports()[0].file == folder.file("log.swf"));
  CHECK(source->imports()[0].kept == 1);
  CHECK(source->imports()[0].dropped.at("submitted after the period") == 1);  // 90,000 s is in the second day
  REQUIRE(source->plans().size() == 2);
  CHECK(source->plans()[1].stream == "log");
  CHECK(source->plans()[1].demand_accelerators == 0.0);
  std::vector<workload::Job> jobs;
  while (const auto job = source->next()) jobs.push_back(*job);
  CHECK(std::is_sorted(jobs.begin(), jobs.end(), [](const auto& a, const auto& b) { return a.submit < b.submit; }));
  const auto logged = std::find_if(jobs.begin(), jobs.end(), [](const auto& job) { return job.stream == 1; });
  REQUIRE(logged != jobs.end());
  CHECK(logged->number == 7);
  CHECK(logged->submit == units::Seconds{100});
}

TEST_CASE("a log is delivered whole in a run until drained", "[workload]") {
  const logs::Folder folder;
  auto scenario = synthetic::scenario(0.0, {replay(folder.write("log.swf", kLog))});
  scenario.period.until_drained = true;
  add_site(scenario);
  CHECK(jobs_of(scenario).size() == 2);
}

TEST_CASE("the mistakes of all logs are told at once", "[workload][errors]") {
  const logs::Folder folder;
  auto scenario = synthetic::scenario(1.0, {replay(folder.write("a.swf", "x\n")), replay(folder.write("b.swf", ""))});
  add_site(scenario);
  try {
    (void)workload::open_streams(scenario);
    FAIL("no error");
  } catch (const scenario::ScenarioError& error) {
    REQUIRE(error.messages().size() == 2);
    CHECK(error.messages()[0] == folder.file("a.swf") + ":1:1: field 1 (job number): not a number: \"x\"");
    CHECK(error.messages()[1] == folder.file("b.swf") + ": the log is empty: no job line");
  }
}

TEST_CASE("unknown countries and burst laws are errors", "[workload][errors]") {
  auto country = synthetic::stream("a", 1.0);
  country.origin = {{"XX", 1.0}};
  CHECK_THROWS_WITH(workload::open_streams(synthetic::scenario(1.0, {country})),
                    Catch::Matchers::Contains("workload: unknown country \"XX\""));
  auto bursts = synthetic::stream("a", 1.0);
  bursts.arrivals.bursts = "filly";
  CHECK_THROWS_WITH(workload::open_streams(synthetic::scenario(1.0, {bursts})),
                    Catch::Matchers::Contains("workload: unknown burst law \"filly\""));
}

TEST_CASE("patience changes no arrival, size, origin, runtime, request or ending of any stream",
          "[workload][patience]") {
  const auto plain = synthetic::scenario(20, {lively("a", "seren"), lively("b", "kalos")});
  auto with = plain;
  with.workload.streams[0] = impatient(plain.workload.streams[0], scenario::ExponentialRuntime{units::Seconds{7200}});
  CHECK(facts_of(with, "a") == facts_of(plain, "a"));
  CHECK(facts_of(with, "b") == facts_of(plain, "b"));
  for (const auto& job : jobs_of(with)) {
    CHECK((job.patience < units::Seconds{1e300}) == (job.stream == 0));
    CHECK((job.stream == 1 || units::on_grid(job.patience)));
  }
}

TEST_CASE("patience follows its law, for logs too", "[workload][patience]") {
  auto drawn = synthetic::scenario(
      100, {impatient(synthetic::stream("a", 200), scenario::ExponentialRuntime{units::Seconds{7200}})});
  std::vector<double> waits;
  for (const auto& job : jobs_of(drawn)) waits.push_back(job.patience.in_base_units());
  const synthetic::Sample sample = synthetic::describe(waits);
  REQUIRE(sample.count > 15'000);  // 200 a day for 100 d
  CHECK(std::abs(sample.mean - 7200) < 4 * sample.standard_error());

  const logs::Folder folder;
  auto logged = synthetic::scenario(
      100, {impatient(replay(folder.write("log.swf", kLog)), scenario::ConstantRuntime{units::Seconds{90.5}})});
  logged.sites.emplace_back().partitions.emplace_back().count = 4;
  for (const auto& job : jobs_of(logged)) CHECK(job.patience == units::Seconds{90.5});
  CHECK(jobs_of(logged).size() == 2);
}
