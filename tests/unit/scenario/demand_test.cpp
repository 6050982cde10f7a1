#include <catch2/catch.hpp>

#include "scenario_files.hpp"

using namespace gigasim::scenario;
using Messages = std::vector<std::string>;

namespace {

Workload workload(const std::string& text, const std::string& period = "{ start: 2027-01-01, length: 30 d }",
                  const std::string& site = "    partitions: [{ accelerator: GH200, count: 1024 }]") {
  return load_text(with(period, site, text)).scenario.workload;
}

const char* const kOne = "  streams: [{ name: a, demand: { load: 50 % }, mix: [seren.eval] }]";

}  // namespace

TEST_CASE("the reference is the time mean of the accelerators online in the results period", "[scenario][demand]") {
  // Results period: 11 to 31 January (20 d). 1000 accelerators from the 21st on (10 of 20 d) and 100 until the 16th (5
  // of 20 d): 1000 x 1/2 + 100 x 1/4 = 525.
  const auto w = workload(kOne, "{ start: 2027-01-01, warm_up: 10 d, length: 20 d }",
                          "    partitions: [{ accelerator: GH200, count: 1000, online: 2027-01-21 }, "
                          "{ accelerator: A100, count: 100, offline: 2027-01-16 }]");
  CHECK(w.reference_accelerators == 525.0);
}

TEST_CASE("site and partition dates both count", "[scenario][demand]") {
  // The site comes on the 16th, halfway through 30 d, though the partition says the 1st: 1000 x 1/2.
  const auto w =
      workload(kOne, "{ start: 2027-01-01, length: 30 d }",
               "    online: 2027-01-16\n    partitions: [{ accelerator: GH200, count: 1000, online: 2027-01-01 }]");
  CHECK(w.reference_accelerators == 500.0);
}

TEST_CASE("until drained, the accelerators online after the warm-up are the reference", "[scenario][demand]") {
  const auto w = workload(
      "  streams: [{ name: a, demand: { load: 50 % }, arrivals: { max_jobs: 10 }, mix: [seren.eval] }]",
      "{ start: 2027-01-01, warm_up: 10 d, length: until_drained }",
      "    partitions: [{ accelerator: GH200, count: 1000 }, { accelerator: A100, count: 100, online: 2027-02-01 }]");
  CHECK(w.reference_accelerators == 1000.0);
}

TEST_CASE("the reference may be a stated number", "[scenario][demand]") {
  CHECK(workload("  demand: { load: 90 %, of: 5000 accelerators }\n  streams: [{ name: a, mix: [seren.eval] }]")
            .reference_accelerators == 5000.0);
}

TEST_CASE("the only stream that says nothing takes the rest of the demand", "[scenario][demand]") {
  const auto one = workload("  demand: { load: 90 % }\n  streams: [{ name: a, mix: [seren.eval] }]");
  CHECK(one.load == 0.9);
  CHECK(one.streams[0].arrivals.demand_share == 1.0);
  const auto two = workload(
      "  demand: { load: 90 % }\n  streams: [{ name: a, mix: [seren.eval] }, { name: b, share: 25 %, mix: [seren.sft], "
      "accelerators: { max: 1024 } }]");
  CHECK(two.streams[0].arrivals.demand_share == 0.75);
  CHECK(two.streams[1].arrivals.demand_share == 0.25);
}

TEST_CASE("two streams that say nothing are an error at each", "[scenario][demand]") {
  const auto messages = complaints(
      with("{ start: 2027-01-01, length: 30 d }", "    partitions: [{ accelerator: GH200, count: 1024 }]",
           "  demand: { load: 90 % }\n  streams:\n    - { name: a, mix: [seren.eval] }\n    - { name: b, mix: "
           "[seren.eval] }"));
  CHECK(messages == Messages{"case.yaml:11:7: workload.streams[a]: needs one of share, demand.load and arrivals.rate",
                             "case.yaml:12:7: workload.streams[b]: needs one of share, demand.load and arrivals.rate"});
}

TEST_CASE("growth of a stream is the workload's unless it has its own", "[scenario][demand]") {
  const auto w = workload(
      "  demand: { growth: 30 % per year }\n  streams: [{ name: a, demand: { load: 5 % }, mix: [seren.eval] }, { name: "
      "b, demand: { "
      "load: 5 % }, arrivals: { growth: -10 % per year }, mix: [seren.eval] }]");
  CHECK(w.streams[0].arrivals.growth_per_year == 0.3);
  CHECK(w.streams[1].arrivals.growth_per_year == -0.1);
}

TEST_CASE("origins are weights that sum 1, in code order", "[scenario][demand]") {
  const auto w =
      workload("  streams: [{ name: a, origin: { FR: 1, DE: 3 }, demand: { load: 5 % }, mix: [seren.eval] }]");
  CHECK(w.streams[0].origin == OriginWeights{{"DE", 0.75}, {"FR", 0.25}});
}

TEST_CASE("population weighs the EU members and every country with a site", "[scenario][demand]") {
  const std::string swiss =
      "    partitions: [{ accelerator: GH200, count: 1024 }]\n"
      "  - { name: bern, kind: antenna, country: CH, location: [46.9, 7.4] }";
  const auto eu = workload(kOne).streams[0].origin;
  const auto with_ch = workload(kOne, "{ start: 2027-01-01, length: 30 d }", swiss).streams[0].origin;
  CHECK(eu.size() == 27);
  CHECK(with_ch.size() == 28);
  double sum = 0.0;
  for (const auto& [code, weight] : with_ch) sum += weight;
  CHECK(sum == Approx(1.0));
  CHECK(std::is_sorted(with_ch.begin(), with_ch.end()));
}
