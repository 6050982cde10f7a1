#include <catch2/catch.hpp>

#include "gigasim/metrics/registry.hpp"
#include "run_script.hpp"

using namespace gigasim;
using namespace gigasim::metrics;
using namespace gigasim::metrics::script;
using scenario::ShareRule;
using scenario::TimeHolder;
using scenario::TimeShares;

namespace {

constexpr std::int32_t kEu = 0, kNational = 1;

/// Two sites of ten, of which the first has shares; a stream on the Union's time and one on the states'.
scenario::Scenario shared(ShareRule rule, const TimeShares& shares) {
  auto scenario = scenario_of({{}, {}}, 10 * kHour);
  scenario.sites[0].time_shares = shares;
  scenario.scheduling.shares = rule;
  scenario.workload.streams.resize(2);
  scenario.workload.streams[kEu].time_holder = TimeHolder::kEu;
  scenario.workload.streams[kNational].name = "national";
  scenario.workload.streams[kNational].time_holder = TimeHolder::kNational;
  return scenario;
}

JobSpec job_on(std::int32_t stream, std::int64_t accelerators) {
  return {.accelerators = accelerators, .stream = stream};
}

std::optional<double> figure_called(const char* metric, const Block& block) {
  const auto figure = measured(*find_metric(metric), block);
  return figure ? std::optional{figure->value} : std::nullopt;
}

std::string conservation_fault(Script& script) {
  try {
    static_cast<void>(script.end(10 * kHour));
  } catch (const ConservationError& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("delivered hours are told by whose time they were, beside the shares of the site", "[metrics][shares]") {
  Script script(shared(ShareRule::kNone, {0.5, 0.4, 0.1}));
  script.run(0, 0, 2 * kHour, job_on(kEu, 8));                    // 16 accelerator-hours at s0
  script.run(0, 3 * kHour, 4 * kHour, job_on(kNational, 4));      // 4
  script.run(0, 5 * kHour, 6 * kHour, job_on(kNational, 10), 1);  // 10 at s1
  const Results results = script.end(10 * kHour);
  const Block& s0 = block(results.sites, "s0");
  CHECK(figure_called("eu_time_share", s0) == 0.8);
  CHECK(figure_called("national_time_share", s0) == 0.2);
  CHECK(figure_called("private_time_share", s0) == 0.0);
  CHECK(figure_called("eu_time_share_target", s0) == 0.5);
  CHECK(figure_called("national_time_share_target", s0) == 0.4);
  CHECK(figure_called("private_time_share_target", s0) == 0.1);
  const Block& s1 = block(results.sites, "s1");
  CHECK(figure_called("eu_time_share", s1) == 0.0);
  CHECK_FALSE(figure_called("eu_time_share_target", s1));
  CHECK(figure_called("eu_time_share", results.network) == Approx(16.0 / 30));
  CHECK(figure_called("eu_time_share_target", results.network) == 0.5);
  CHECK(figure_called("eu_time_share", block(results.streams, "national")) == 0.0);
  CHECK(results.network.jobs.quota_violations == 0);
}

// An EU job of 8 is stopped by a failure after 2 h and runs for 2 h again: 32 accelerator-hours beside 8 national ones.
TEST_CASE("a run that was stopped was the time of the same holder", "[metrics][shares]") {
  auto scenario = shared(ShareRule::kNone, {0.5, 0.4, 0.1});
  scenario.failures.emplace();
  Script script(scenario);
  auto stopped = job_on(kEu, 8);
  stopped.runtime_s = 2 * kHour;
  stopped.walltime_s = 9 * kHour;
  const JobIndex job = script.submit(0, stopped);
  script.queue(0, job);
  script.start(0, job);
  script.recorder().job_interrupted(job, gigasim::workload::FailureCause::kSoftware, gigasim::units::Seconds{2 * kHour},
                                    gigasim::units::Seconds{2 * kHour});
  script.start(2 * kHour, job);
  script.finish(4 * kHour, job);
  script.run(5 * kHour, 5 * kHour, 7 * kHour, job_on(kNational, 4));
  const Results results = script.end(10 * kHour);
  CHECK(figure_called("eu_time_share", results.network) == Approx(0.8));
  CHECK(figure_called("national_time_share", results.network) == Approx(0.2));
}

TEST_CASE("without hours or holders there is no share", "[metrics][shares]") {
  Script idle(shared(ShareRule::kNone, {0.5, 0.5, 0.0}));
  CHECK_FALSE(figure_called("eu_time_share", idle.end(10 * kHour).network));
  Script nobody(scenario_of({{}}, 100));
  nobody.run(0, 0, 50);
  const Results results = nobody.end(100);
  CHECK_FALSE(figure_called("eu_time_share", results.network));
  CHECK_FALSE(figure_called("eu_time_share_target", results.sites[0]));
}

TEST_CASE("a holder may have its cap to the last accelerator, also at the instant of an end", "[metrics][shares]") {
  Script script(shared(ShareRule::kCap, {0.55, 0.45, 0.0}));  // 5 and 4 of ten
  const JobIndex first = script.submit(0, job_on(kEu, 5));
  const JobIndex next = script.submit(0, job_on(kEu, 5));
  const JobIndex instant = script.submit(0, job_on(kEu, 4));
  const JobIndex beside = script.submit(0, job_on(kNational, 4));
  script.start(0, first);
  script.start(0, beside);
  script.start_in(0, script.submit(0, job_on(kNational, 10)), {1, 0}, {{0, 10}});  // where there are no shares
  script.finish(kHour, first);
  script.start(kHour, instant);  // and ends at once: it holds something for no time
  script.finish(kHour, instant);
  script.start(kHour, next);
  CHECK(conservation_fault(script).empty());
}

TEST_CASE("a start beyond a hard cap breaks the run", "[metrics][shares][conservation]") {
  const auto two_of_three = [](ShareRule rule) {
    Script script(shared(rule, {0.5, 0.5, 0.0}));
    script.run(0, 0, 2 * kHour, job_on(kEu, 3));
    script.run(0, kHour, 2 * kHour, job_on(kEu, 3));  // 6 of 5
    return conservation_fault(script);
  };
  CHECK(two_of_three(ShareRule::kCap) ==
        "job 2 of stream all ran in partition booster of site s0 beyond the hard cap of those whose time it used");
  CHECK(two_of_three(ShareRule::kNone).empty());
  CHECK(two_of_three(ShareRule::kTarget).empty());
}

TEST_CASE("what projects were granted and used is told of those with a budget that are on board", "[metrics][access]") {
  auto scenario = scenario_of({{}}, 10 * kHour);
  scenario.workload.streams.resize(2);
  scenario.workload.streams[0].projects = scenario::Projects{1, units::Seconds{0}, {}, 20.0, {}};
  scenario.workload.streams[1].projects = scenario::Projects{};
  Script script(scenario);
  script.run(kHour, kHour, 3 * kHour, {.accelerators = 4, .project = 0});  // 8 of 20
  const JobIndex running = script.submit(8 * kHour, {.accelerators = 1, .project = 0});
  script.start(8 * kHour, running);  // 2 more by the end
  script.refuse(8 * kHour, script.submit(8 * kHour, {.project = 0}), std::string{kOverBudget});
  script.refuse(8 * kHour, script.submit(8 * kHour, {.project = 0}), "larger than any site");
  const auto at = [](double hours) { return units::Seconds{hours * kHour}; };
  const std::vector<workload::Project> projects{{0, -1, 0, at(0), at(1), at(1)},
                                                {0, -1, 0, at(1), at(11), at(11)},  // not yet
                                                {1, -1, 0, at(1), at(1), at(1)}};   // without a budget
  const Results results = script.end(10 * kHour, false, {}, projects);
  CHECK(figure_called("budget_granted", results.network) == 20.0);
  CHECK(figure_called("budget_used", results.network) == 10.0);
  CHECK(figure_called("budget_used_share", results.network) == 0.5);
  CHECK(figure_called("jobs_refused", results.network) == 2.0);
  CHECK(figure_called("jobs_out_of_budget", results.network) == 1.0);
}

TEST_CASE("without a project that has a budget nothing is granted", "[metrics][access]") {
  Script script(scenario_of({{}}, 100));
  const Results results = script.end(100);
  CHECK_FALSE(figure_called("budget_granted", results.network));
  CHECK_FALSE(figure_called("budget_used_share", results.network));
  CHECK(figure_called("jobs_out_of_budget", results.network) == 0.0);
}
