#include <catch2/catch.hpp>

#include "sample_baseline.hpp"

using namespace gigasim::baseline;
using sample::entry;

namespace {

Change change(const std::string& name, std::optional<double> before, std::optional<double> after, bool bound = false) {
  const auto comparison = diff({{}, {entry(name, before)}}, {{}, {entry(name, after, bound)}});
  REQUIRE(comparison.changes.size() == 1);
  return comparison.changes[0];
}

}  // namespace

TEST_CASE("changes are said in words", "[baseline][words]") {
  CHECK(in_words(change("queue_time_mean{user_type=start_up}", 100, 112)) ==
        "start_up jobs (user_type) wait 12 % longer on average");
  CHECK(in_words(change("queue_time_p95{site=jaif}", 100, 50)) == "jobs at jaif wait 50 % less at the 95th percentile");
  CHECK(in_words(change("queue_time_weighted_max", 100, 150)) ==
        "jobs wait 50 % longer at most, weighted by accelerator-hours");
  CHECK(in_words(change("utilisation{site=jaif}", 0.5, 0.75)) == "jaif is used 50 % more");
  CHECK(in_words(change("energy", 200, 100)) == "the network uses 50 % less energy");
  CHECK(in_words(change("jobs_finished", 100, 99)) == "the network finishes 1 % fewer jobs");
  CHECK(in_words(change("jobs_running", 100, 99)) == "jobs_running fell by 1 %");
  CHECK(in_words(change("energy{origin=DE}", 100, 101)) == "the group of jobs from DE uses 1 % more energy");
}

TEST_CASE("what has no percentage is said without one", "[baseline][words]") {
  CHECK(in_words(change("jobs_killed", 0, 3)) == "jobs_killed moved");
  CHECK(in_words(change("queue_time_mean", std::nullopt, 3)) == "queue_time_mean moved");
  CHECK(in_words(change("queue_time_mean", 60, 60, true)) == "queue_time_mean moved");
  CHECK(figures_in_words(change("queue_time_mean", 60, 60, true)) == "queue_time_mean 60 s -> ≥ 60 s");
}

TEST_CASE("figures are given in full where rounding hides the change", "[baseline][words]") {
  CHECK(figures_in_words(change("energy", 123456, 123456.25)) == "energy 123456 MWh -> 123456.25 MWh");
  CHECK(in_words(change("energy", 123456, 123456.25)) == "the network uses 0.0002 % more energy");
}
