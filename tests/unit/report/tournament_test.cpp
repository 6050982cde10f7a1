#include "gigasim/report/tournament.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace gigasim;
using report::Contestant;
using report::Format;
using report::tournament;

namespace {

const std::vector<Contestant> kTwo{
    {"fcfs",
     {{{7200.0, false}}, {{36000.0, false}}, {{72000.0, false}}, {{103.25, false}}, {{0.7, false}}, {{0.5, false}}}},
    {"easy",
     {{{1800.0, false}}, {{3600.0, false}}, {{180000.0, false}}, {{2.0, false}}, {{0.75, false}}, std::nullopt}}};

}  // namespace

TEST_CASE("a tournament sets policies side by side, the columns in one unit each", "[report][tournament]") {
  const std::string table = tournament(kTwo, Format::kMarkdown, {});
  CHECK(table ==
        "| policy | mean wait [h] | p95 wait [h] | max wait [h] | mean slowdown | utilised | fairness over users |\n"
        "| :--- | ---: | ---: | ---: | ---: | ---: | ---: |\n"
        "| fcfs | 2 | 10 | 20 | 103 | 0.7 | 0.5 |\n"
        "| easy | 0.5 | 1 | 50 | 2 | 0.75 | - |\n");
}

TEST_CASE("files of a tournament hold full values in the units of the registry", "[report][tournament]") {
  CHECK(tournament(kTwo, Format::kCsv, {}) ==
        "policy,queue_time_mean_s,queue_time_p95_s,queue_time_max_s,bounded_slowdown_mean,utilisation,"
        "users_slowdown_jain\n"
        "fcfs,7200,36000,72000,103.25,0.7,0.5\n"
        "easy,1800,3600,180000,2,0.75,\n");
  const auto parsed = nlohmann::json::parse(tournament(kTwo, Format::kJson, {}));
  CHECK(parsed["policies"][1]["policy"] == "easy");
  CHECK(parsed["policies"][1]["queue_time_max_s"] == 180000.0);
  CHECK(parsed["policies"][1]["users_slowdown_jain"].is_null());
}

TEST_CASE("a tournament always tells the longest wait", "[report][tournament]") {
  const auto metrics = report::tournament_metrics();
  CHECK(std::find(metrics.begin(), metrics.end(), "queue_time_max") != metrics.end());
  for (const auto metric : metrics) CHECK(metrics::find_metric(metric) != nullptr);
}
