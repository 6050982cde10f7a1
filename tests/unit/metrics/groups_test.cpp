#include <catch2/catch.hpp>

#include "run_script.hpp"

using namespace gigasim::metrics;
using namespace gigasim::metrics::script;

namespace {

gigasim::scenario::Stream stream(const std::string& name, const std::string& access_class,
                                 const std::map<std::string, std::string>& labels) {
  gigasim::scenario::Stream s;
  s.name = name;
  s.access_class = access_class;
  s.labels = labels;
  return s;
}

/// One site of 10 and an antenna; three streams.
gigasim::scenario::Scenario three_streams() {
  gigasim::scenario::Scenario scenario = scenario_of({{}}, kHour);
  gigasim::scenario::Site antenna;
  antenna.name = "antenna";
  scenario.sites.push_back(antenna);
  scenario.workload.streams = {stream("sme", "playground", {{"user_type", "sme"}, {"field", "bio"}}),
                               stream("lab", "large-scale", {{"user_type", "academia"}, {"field", "bio"}}),
                               stream("log", "", {})};
  return scenario;
}

std::vector<std::string> names(const std::vector<Block>& blocks) {
  std::vector<std::string> all;
  for (const Block& b : blocks) all.push_back(b.name);
  return all;
}

}  // namespace

TEST_CASE("every grouping has a block for each of its groups", "[metrics][groups]") {
  Script script(three_streams(), {"FI", "DE", "MT"});
  script.run(0, 0, 360, {.stream = 0, .origin = 0});
  script.run(0, 0, 360, {.stream = 1, .origin = 1});
  const Results results = script.end(kHour);
  CHECK(names(results.sites) == std::vector<std::string>{"s0"});  // the antenna has no machine
  CHECK(names(results.access_classes) == std::vector<std::string>{"playground", "large-scale"});
  CHECK(names(results.origins) == std::vector<std::string>{"DE", "FI"});  // no job comes from Malta
  CHECK(names(results.streams) == std::vector<std::string>{"sme", "lab", "log"});
  CHECK(names(results.labels) == std::vector<std::string>{"field=bio", "user_type=academia", "user_type=sme"});
  CHECK(results.origins_of_jobs == std::vector<std::string>{"FI", "DE", "MT"});
}

TEST_CASE("a group's figures are those of its jobs, set against the whole network", "[metrics][groups]") {
  Script script(three_streams(), {"FI", "DE"});
  // Of 10 accelerator-hours: sme asks for and gets 2 x 0.5 = 1, lab 4 x 0.75 = 3, the log 1 x 1.
  script.run(0, 300, 2100, {.accelerators = 2, .runtime_s = 1800, .stream = 0, .origin = 0});
  script.run(0, 600, 3300, {.accelerators = 4, .runtime_s = 2700, .stream = 1, .origin = 0});
  script.run(0, 0, 3600, {.accelerators = 1, .runtime_s = 3600, .stream = 2});
  const Results results = script.end(kHour);
  const Block& sme = block(results.labels, "user_type=sme");
  CHECK(sme.jobs.submitted == 1);
  CHECK(sme.queue_time_s.max.value == 300);
  CHECK(sme.accelerator_hours == 1);
  CHECK(sme.accelerator_hours_available == 10);
  CHECK(sme.utilisation == Approx(0.1));
  CHECK(sme.offered_load == Approx(0.1));
  const Block& bio = block(results.labels, "field=bio");
  CHECK(bio.jobs.submitted == 2);
  CHECK(bio.queue_time_s.mean.value == 450);
  CHECK(bio.accelerator_hours == 4);
  CHECK(bio.queue_length_mean == Approx((300.0 + 600.0) / 3600));
  CHECK(block(results.origins, "FI").accelerator_hours == 4);  // the log's job has no origin
  CHECK(block(results.streams, "log").accelerator_hours == 1);
  CHECK(block(results.access_classes, "large-scale").offered_load == Approx(0.3));
  CHECK(results.network.accelerator_hours == 5);
}

TEST_CASE("a group's shares are those of the network's jobs and delivered hours", "[metrics][groups]") {
  Script script(three_streams());
  script.run(0, 0, 360, {.accelerators = 3, .stream = 0});
  script.run(0, 0, 360, {.accelerators = 1, .stream = 1});
  script.run(0, 360, 720, {.accelerators = 2, .stream = 1});
  script.run(0, 360, 720, {.accelerators = 4, .stream = 1});
  const Results results = script.end(kHour);
  // One of four jobs, and 3 of 3 + 1 + 2 + 4 accelerators for as long each.
  CHECK(results.streams[0].job_share == 0.25);
  CHECK(*results.streams[0].h100_equivalent_hour_share == Approx(0.3));
  CHECK(results.streams[1].job_share == 0.75);
  CHECK(*results.streams[1].h100_equivalent_hour_share == Approx(0.7));
  CHECK(results.network.job_share == 1.0);
  CHECK(results.network.h100_equivalent_hour_share == 1.0);
  Script idle(three_streams());
  const Results nothing = idle.end(kHour);
  CHECK_FALSE(nothing.network.job_share.has_value());
  CHECK_FALSE(nothing.network.h100_equivalent_hour_share.has_value());
}

TEST_CASE("a stream whose label has another's value shares that label's group only", "[metrics][groups]") {
  gigasim::scenario::Scenario scenario = scenario_of({{}}, kHour);
  scenario.workload.streams = {stream("a", "", {{"x", "1"}}), stream("b", "", {{"y", "1"}})};
  Script script(scenario);
  script.run(0, 0, 60, {.stream = 0});
  const Results results = script.end(kHour);
  CHECK(block(results.labels, "x=1").jobs.submitted == 1);
  CHECK(block(results.labels, "y=1").jobs.submitted == 0);
}

TEST_CASE("planned and realised shares of the demand are set side by side", "[metrics][groups]") {
  gigasim::scenario::Scenario scenario = three_streams();
  scenario.period.warm_up = gigasim::units::Seconds{kHour};
  Script script(scenario);
  script.queue(0, script.submit(0, {.accelerators = 9, .runtime_s = kHour, .stream = 0}));          // in the warm-up
  script.queue(kHour, script.submit(kHour, {.accelerators = 1, .runtime_s = kHour, .stream = 0}));  // 1 h
  script.queue(kHour,
               script.submit(kHour, {.accelerators = 2, .runtime_s = 9 * kHour, .walltime_s = 2 * kHour, .stream = 1}));
  const Results results = script.end(
      2 * kHour, false,
      {{.stream = "sme", .demand_accelerators = 30.0, .bundle = 8}, {.stream = "lab", .demand_accelerators = 90.0}});
  REQUIRE(results.demand.size() == 2);
  CHECK(results.demand[0].stream == "sme");
  CHECK(results.demand[0].planned_share == Approx(0.25));
  CHECK(results.demand[0].realised_accelerator_hours == 1);
  CHECK(results.demand[0].realised_share == Approx(0.2));
  CHECK(results.demand[0].bundle == 8);
  CHECK(results.demand[1].realised_accelerator_hours == 4);
  CHECK(results.demand[1].realised_share == Approx(0.8));
}
