#include "privilege_effects.hpp"

#include <catch2/catch.hpp>

#include "privileges.hpp"

using namespace gigasim;
using namespace gigasim::report;
using Catch::Matchers::Contains;

namespace {

/// Of 50 jobs in all, and `all_hours` H100-equivalent hours.
metrics::Block stream(const char* name, std::int64_t jobs, double wait_s, double hours, double all_hours) {
  metrics::Block block;
  block.name = name;
  block.jobs.submitted = jobs;
  block.queue_time_s.count = jobs;
  block.queue_time_s.mean = {wait_s, false};
  block.started_within_target = {wait_s <= 50.0 ? 1.0 : 0.0, false};
  block.h100_equivalent_hours = hours;
  block.job_share = static_cast<double>(jobs) / 50;
  block.h100_equivalent_hour_share = hours / all_hours;
  return block;
}

scenario::Stream named(const char* name, std::int32_t privilege) {
  scenario::Stream one;
  one.name = name;
  one.privilege = privilege;
  return one;
}

/// Ten jobs of a, thirty of b and ten of c.
metrics::Results without() {
  metrics::Results results;
  results.scenario.name = "s";
  results.scenario.workload.streams = {named("a", -1), named("b", -1), named("c", -1)};
  results.streams = {stream("a", 10, 100.0, 5.0, 20.0), stream("b", 30, 10.0, 10.0, 20.0),
                     stream("c", 10, 50.0, 5.0, 20.0)};
  return results;
}

/// The same jobs where those of a have a right before others.
metrics::Results with() {
  metrics::Results results = without();
  results.scenario.scheduling.privileges.push_back({.name = "sme", .labels = {"stream=a"}, .sites = {}});
  results.scenario.workload.streams[0].privilege = 0;
  results.streams = {stream("a", 10, 40.0, 6.0, 18.0), stream("b", 30, 20.0, 8.0, 18.0),
                     stream("c", 10, 100.0, 4.0, 18.0)};
  return results;
}

}  // namespace

TEST_CASE("a privilege is set against the twin without it: what it gives, and by how much it delays the others",
          "[report][privilege]") {
  const std::vector<Summary> results{summarise(without(), "base"), summarise(with(), "reserved")};
  const auto effects = privilege_effects(results);
  REQUIRE(effects.size() == 1);
  CHECK(effects[0].result == 1);
  CHECK(effects[0].twin == std::size_t{0});
  REQUIRE(effects[0].groups.size() == 2);
  const PrivilegeGroup& sme = effects[0].groups[0];
  CHECK(sme.name == "sme");
  CHECK(sme.jobs == 10.0);
  CHECK(sme.job_share == 0.2);                 // 10 of 50
  CHECK(*sme.hour_share == Approx(6.0 / 18));  // 6 of 6 + 8 + 4
  CHECK(sme.wait_change->difference.least == -60.0);
  CHECK(sme.wait_change->verdict == Verdict::kBetter);
  CHECK(sme.in_time_change->difference.least == 1.0);  // none within the target, then all
  CHECK(sme.hours_change == 1.0);
  // Of the others (30 x 10 + 10 x 50) / 40 = 20 s before, (30 x 20 + 10 x 100) / 40 = 40 s now.
  const PrivilegeGroup& others = effects[0].groups[1];
  CHECK(others.name.empty());
  CHECK(others.jobs == 40.0);
  CHECK(others.wait_s->value == 40.0);
  CHECK(others.wait_change->difference.least == 20.0);
  CHECK(others.wait_change->verdict == Verdict::kWorse);
  CHECK(others.in_time_change->difference.least == Approx(-0.25));  // the ten of c
  CHECK(others.hours_change == -3.0);
  CHECK(privileges_sentence(results, {"base", "reserved"}) ==
        "In reserved the jobs with the privilege sme (20.0 % of the jobs and 33.3 % of the H100-equivalent hours "
        "delivered) wait 60 s less on average than in base and those without a privilege wait 20 s longer on "
        "average.");
}

TEST_CASE("a result that met other jobs is no twin, and without one nothing is said to be a delay",
          "[report][privilege]") {
  metrics::Results more = without();
  more.streams[1].jobs.submitted = 31;
  const std::vector<Summary> results{summarise(more, "base"), summarise(with(), "reserved")};
  const auto effects = privilege_effects(results);
  REQUIRE(effects.size() == 1);
  CHECK_FALSE(effects[0].twin.has_value());
  CHECK_FALSE(effects[0].groups[1].wait_change.has_value());
  CHECK(privileges_sentence(results, {"base", "reserved"}) ==
        "In reserved, jobs with the privilege sme waited 40 s on average (20.0 % of the jobs and 33.3 % of the "
        "H100-equivalent hours delivered), those of everyone else waited 40 s on average (80.0 % of the jobs and "
        "66.7 % of the H100-equivalent hours delivered).");
}

TEST_CASE("a delay of which only a bound is known says so", "[report][privilege]") {
  metrics::Results longer = with();
  longer.streams[2].queue_time_s.mean.lower_bound = true;  // some of c still wait
  const std::vector<Summary> results{summarise(without(), "base"), summarise(longer, "reserved")};
  CHECK_THAT(privileges_sentence(results, {"base", "reserved"}),
             Contains("those without a privilege wait at least 20 s longer on average"));
  const TextTable table = privileges_table(results, {"base", "reserved"});
  REQUIRE(table.rows.size() == 2);
  const Json compared = Json::parse(compare(results, Format::kJson, {}));
  const Json& others = compared["privileges"][0]["groups"][1];
  CHECK(others["privilege"].is_null());
  CHECK(others["queue_time_mean_s"]["value"] == 40.0);
  CHECK(others["queue_time_mean_s"]["lower_bound"] == true);
  CHECK(others["queue_time_mean_s"]["change"]["difference"]["least"] == 20.0);
  CHECK(others["queue_time_mean_s"]["change"]["known"] == "at_least");
  CHECK(table.rows[1][6].text == "≥ +20 s");
  CHECK(table.rows[1][6].mood == Mood::kBad);
}

TEST_CASE("privileges are read back from results.json as they were", "[report][privilege]") {
  const auto read = privileges_of(Json::parse(to_json(with())), "results.json");
  CHECK(read == summarise(with(), "").privileges);
  REQUIRE(read.size() == 1);
  CHECK(read[0].streams == std::vector<std::string>{"a"});
  CHECK(privileges_of(Json::object(), "results.json").empty());
  CHECK_THROWS_WITH(privileges_of(Json{{"privileges", 5}}, "results.json"), Contains("privileges is not an array"));
  CHECK_THROWS_WITH(privileges_of(Json{{"privileges", {{{"name", 3}}}}}, "results.json"),
                    Contains("privileges[].name is not a text"));
  CHECK(privileges_table({summarise(without(), "base")}, {"base"}).rows.empty());
}
