#include <catch2/catch.hpp>

#include "scenario_files.hpp"

using namespace gigasim::scenario;

namespace {

const char* const kTwo =
    "    partitions: [{ name: old, accelerator: A100, count: 300 }, { name: new, accelerator: GB300, count: 100 }]";

Stream stream_on(const std::string& keys, const std::string& more = "", const std::string& site = kTwo) {
  const std::string text = more + "  streams: [{ name: a, arrivals: { rate: 1 jobs/h }, " + keys + " }]";
  return load_text(with("{ start: 2027-01-01, length: 30 d }", site, text)).scenario.workload.streams.front();
}

// Runtime on GB300 over that on A100, by hand from the published formula.
const double kPretrain = 0.07 + 0.93 * 0.44 / 3.1;
const double kEval = 0.48 + 0.52 * 0.45 / 3.6;

}  // namespace

TEST_CASE("jobs of a mix have the speed of their class on each partition", "[scenario][speeds]") {
  const Stream s = stream_on("mix: kalos, accelerators: { max: 128 }");
  REQUIRE(s.classes.front().name == "kalos.eval");
  CHECK(s.classes.front().speeds[0] == 1.0);
  CHECK(s.classes.front().speeds[1] == Approx(1.0 / kEval));
  CHECK(s.classes[1].speeds[1] == Approx(1.0 / kPretrain));
}

TEST_CASE("the demand is measured at the mean speed of the accelerators", "[scenario][speeds]") {
  // 300 at speed 1 and 100 at 1 / 0.545.
  const Stream s = stream_on("mix: [kalos.eval], accelerators: { max: 64 }");
  CHECK(s.classes.front().mean_speed == Approx((300.0 + 100.0 / kEval) / 400.0));
  // Only those that the jobs accept count.
  const Stream picky = stream_on("mix: [kalos.eval], accelerators: { max: 64 }, requires: { accelerators: GB300 }");
  CHECK(picky.classes.front().mean_speed == Approx(1.0 / kEval));
}

TEST_CASE("a stated runtime is the same everywhere unless it says where it was recorded", "[scenario][speeds]") {
  const std::string job = "job: { accelerators: 1, runtime: 2 h }";
  CHECK(stream_on(job).classes.front().speeds.empty());
  CHECK(stream_on(job).classes.front().mean_speed == 1.0);
  const Stream recorded = stream_on(job + ", recorded_on: { accelerator: A100, class: eval }");
  CHECK(recorded.classes.front().speeds[1] == Approx(1.0 / kEval));
  CHECK(stream_on("mix: [kalos.eval], accelerators: { max: 64 }, recorded_on: none").classes.front().speeds.empty());
}

TEST_CASE("one key takes the low or the high end of all speed ratios", "[scenario][speeds]") {
  // Pre-training, high: f 0.98, r 0.31 on A100 and 4.9 on GB300.
  const Stream high = stream_on("mix: [kalos.pretrain], accelerators: { max: 128 }", "  speed_ratios: high\n");
  CHECK(high.classes.front().speeds[1] == Approx(1.0 / (0.02 + 0.98 * 0.31 / 4.9)));
}

TEST_CASE("speeds that are stated twice are refused", "[scenario][speeds]") {
  CHECK_THROWS_WITH(stream_on("mix: [kalos.eval], accelerators: { max: 64 }, recorded_on: A100, "
                              "requires: { accelerators: [{ id: GB300, speed: 2 }] }"),
                    Catch::Contains("requires.accelerators states speeds: leave one of the two out"));
}

TEST_CASE("a stated speed counts in the demand", "[scenario][speeds]") {
  // Half the speed: a job of 2 h takes 4 h of an accelerator.
  const Stream s =
      stream_on("job: { accelerators: 1, runtime: 2 h }, requires: { accelerators: [{ id: A100, speed: 0.5 }] }");
  CHECK(s.classes.front().mean_speed == 0.5);
}

TEST_CASE("a variant with other accelerators gets the jobs of its reference", "[scenario][speeds]") {
  const std::string text =
      "  demand: { load: 80 % }\n  streams: [{ name: a, mix: [kalos.eval], accelerators: { max: 64 } }]\n"
      "variants:\n  new: { sites: [ { name: athens, partitions: [ { name: p, accelerator: GB300 } ] } ] }";
  const std::string whole =
      with("{ start: 2027-01-01, length: 30 d }", "    partitions: [{ name: p, accelerator: A100, count: 400 }]", text);
  const auto variant = load_text(whole, {"new", {}, {}});
  const JobClass& on_new = variant.scenario.workload.streams.front().classes.front();
  CHECK(on_new.speeds.front() == Approx(1.0 / kEval));
  CHECK(on_new.mean_speed == 1.0);  // as many jobs as on the reference's A100
}
