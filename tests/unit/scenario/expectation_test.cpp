#include <catch2/catch.hpp>
#include <string>

#include "scenario_files.hpp"

using namespace gigasim::scenario;

namespace {

std::string expecting(const std::string& lines) {
  return with("{ start: 2027-01-01, length: 30 d }", "    partitions: [{ accelerator: GH200, count: 1024 }]",
              "  streams: [{ name: research, labels: { user_type: sme, site: moon }, access_class: aif_fast_lane,\n"
              "              demand: { load: 80 % }, mix: [seren.eval], origin: { GR: 1, DE: 1 } }]") +
         lines;
}

Expectation expectation_of(const std::string& text) {
  const auto loaded = load_text(expecting("expect:\n  - " + text + "\n"), {"", {}, metrics_of_tests()});
  REQUIRE(loaded.scenario.expectations.size() == 1);
  return loaded.scenario.expectations.front();
}

std::string complaint_about(const std::string& text) {
  const auto all = complaints(expecting("expect:\n  - " + text + "\n"), {"", {}, metrics_of_tests()});
  REQUIRE(all.size() == 1);
  return all.front();
}

std::vector<std::string> texts(const Loaded& loaded) {
  std::vector<std::string> all;
  for (const Expectation& expectation : loaded.scenario.expectations) all.push_back(expectation.text);
  return all;
}

}  // namespace

TEST_CASE("an expectation says what is measured of whom, and what it must be", "[scenario][expect]") {
  const Expectation made = expectation_of("queue_time_p95{user_type=sme} < 2 d");
  CHECK(made.text == "queue_time_p95{user_type=sme} < 2 d");
  CHECK(made.metric == "queue_time_p95");
  CHECK(made.unit == "s");
  CHECK(made.key == "user_type");
  CHECK(made.value == "sme");
  CHECK(made.comparison == Comparison::kLess);
  CHECK_FALSE(made.low);
  CHECK(made.high == 172800.0);
  CHECK_FALSE(made.in_percent);
  CHECK(made.at.ends_with("case.yaml:12:5"));
}

TEST_CASE("each comparison limits the side that it speaks of", "[scenario][expect]") {
  using Limits = std::pair<std::optional<double>, std::optional<double>>;
  const auto limits = [](const std::string& text) {
    const Expectation made = expectation_of(text);
    return Limits{made.low, made.high};
  };
  CHECK(limits("energy < 5 MWh") == Limits{std::nullopt, 5.0});
  CHECK(limits("energy <= 5 MWh") == Limits{std::nullopt, 5.0});
  CHECK(limits("energy > 5 MWh") == Limits{5.0, std::nullopt});
  CHECK(limits("energy >= 5 MWh") == Limits{5.0, std::nullopt});
  CHECK(limits("energy == 5 MWh") == Limits{5.0, 5.0});
  CHECK(limits("energy in 5 MWh..6 MWh") == Limits{5.0, 6.0});
}

TEST_CASE("limits come in the metric's unit, to the last digit when written in it", "[scenario][expect]") {
  CHECK(expectation_of("energy < 2.1 MWh").high == 2.1);
  CHECK(expectation_of("energy < 5 GWh").high == 5000.0);
  CHECK(expectation_of("energy < 250 kWh").high == 0.25);
  CHECK(expectation_of("peak_power < 0.3 GW").high == 300.0);
  CHECK(expectation_of("utilisation < 17.3 %").high == 0.173);
  CHECK(expectation_of("utilisation < 17.3 %").in_percent);
  CHECK(expectation_of("utilisation < 0.173").high == 0.173);
  CHECK_FALSE(expectation_of("utilisation < 0.173").in_percent);
  CHECK(expectation_of("jobs_killed <= 10 jobs").high == 10.0);
  CHECK(expectation_of("jobs_killed <= 10").high == 10.0);
  CHECK(expectation_of("jobs_per_day > 50 jobs/d").low == 50.0);
  CHECK(expectation_of("accelerator_hours > 1e6 accelerator-h").low == 1e6);
}

TEST_CASE("a unit at the end of a range holds for both ends where that is the only way to read it",
          "[scenario][expect]") {
  CHECK(expectation_of("utilisation in 60..95 %") == [] {
    Expectation made = expectation_of("utilisation in 60 %..95 %");
    made.text = "utilisation in 60..95 %";
    return made;
  }());
  CHECK(expectation_of("queue_time_p95 in 1..2 h").low == 3600.0);
  CHECK(expectation_of("utilisation in 0.6..0.95").low == 0.6);
  CHECK(expectation_of("utilisation in 0..95 %").low == 0.0);
  CHECK(expectation_of("utilisation in 1..5 %").low == 0.01);
  CHECK(complaint_about("utilisation in 0.6..95 %") ==
        "case.yaml:12:5: expect[0]: write the unit at both ends, got 0.6..95 %");
}

TEST_CASE("spaces do not matter", "[scenario][expect]") {
  CHECK(expectation_of("energy<5MWh").high == 5.0);
  CHECK(expectation_of("energy { site = athens } in 5MWh .. 6 MWh").value == "athens");
  CHECK(expectation_of("\"  utilisation  >=  60 %  \"").low == 0.6);
}

TEST_CASE("a group is a site, access class, origin, stream, or a label of streams", "[scenario][expect]") {
  for (const char* label :
       {"site=athens", "access_class=aif_fast_lane", "origin=DE", "stream=research", "user_type=sme"}) {
    CHECK_FALSE(expectation_of(std::string{"energy{"} + label + "} < 5 MWh").key.empty());
  }
  // A label that is called like a kind of group does not hide it.
  CHECK(complaint_about("energy{site=moon} < 5 MWh") ==
        "case.yaml:12:5: expect[0]: unknown site \"moon\" (known: athens)");
}

TEST_CASE("a variant's expectations replace the base's, also by none", "[scenario][expect]") {
  const std::string file = expecting(
      "expect: [energy < 5 MWh, jobs_killed == 0]\nvariants:\n  other: { expect: [energy < 6 MWh] }\n"
      "  none: { expect: [] }\n  same: { seed: 3 }\n");
  const auto of = [&](const char* variant) { return texts(load_text(file, {variant, {}, metrics_of_tests()})); };
  CHECK(of("") == std::vector<std::string>{"energy < 5 MWh", "jobs_killed == 0"});
  CHECK(of("other") == std::vector<std::string>{"energy < 6 MWh"});
  CHECK(of("none").empty());
  CHECK(of("same").size() == 2);
}

TEST_CASE("expectations can be set on the command line", "[scenario][expect]") {
  const std::string file = expecting("expect: [energy < 5 MWh]\n");
  CHECK(texts(load_text(file, {"", {{"expect", "[]"}}, metrics_of_tests()})).empty());
  CHECK(texts(load_text(file, {"", {{"expect[0]", "energy < 7 MWh"}}, metrics_of_tests()})) ==
        std::vector<std::string>{"energy < 7 MWh"});
}

TEST_CASE("each expectation is shown with its own origin", "[scenario][expect]") {
  const auto loaded =
      load_text(expecting("expect:\n  - energy < 5 MWh\n  - jobs_killed == 0\n"), {"", {}, metrics_of_tests()});
  CHECK(value_of(loaded, "expect[1]") == "\"jobs_killed == 0\"");
  CHECK(origin_of(loaded, "expect[1]").ends_with("case.yaml:13"));
  CHECK(to_yaml(loaded).find("expect:\n  - \"energy < 5 MWh\"") != std::string::npos);
}

TEST_CASE("groups are not checked against sites or streams that could not be read", "[scenario][expect]") {
  const auto all =
      complaints(with("{ start: 2027-01-01, length: 30 d }", "    partitions: [{ accelerator: GH200, count: none }]",
                      "  streams: [{ name: research, demand: { load: 80 % }, mix: [seren.eval] }]") +
                     "expect: [\"energy{site=rome} < 5 MWh\"]\n",
                 {"", {}, metrics_of_tests()});
  REQUIRE(all.size() == 1);
  CHECK(all.front().find("partitions") != std::string::npos);
}

TEST_CASE("without names of metrics an expectation is refused, not ignored", "[scenario][expect]") {
  CHECK(complaints(expecting("expect: [energy < 5 MWh]\n")).size() == 1);
}
