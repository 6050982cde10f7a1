#include "table_files.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "gigasim/metrics/registry.hpp"
#include "gigasim/report/report.hpp"
#include "sample_results.hpp"

using namespace gigasim;

namespace {

std::string line(const std::string& text, int number) {
  std::size_t begin = 0;
  for (int i = 0; i < number; ++i) begin = text.find('\n', begin) + 1;
  return text.substr(begin, text.find('\n', begin) - begin);
}

std::vector<std::string> fields(const std::string& row) {
  std::vector<std::string> fields(1);
  for (const char c : row) {
    if (c == ',') {
      fields.emplace_back();
    } else {
      fields.back() += c;
    }
  }
  return fields;
}

}  // namespace

TEST_CASE("sites.csv has the network first, then the sites, with the registry's columns", "[report][csv]") {
  const std::string text = report::sites_csv(sample::results());
  const auto columns = fields(line(text, 0));
  const auto registry = metrics::registry();
  REQUIRE(columns.size() == registry.size() + 2);
  CHECK(columns.front() == "name");
  CHECK(columns[1] == registry[0].column);
  CHECK(columns.back() == "lower_bounds");
  CHECK(line(text, 1).starts_with("network,4,1,1,"));  // submitted, finished, killed
  CHECK(line(text, 2).starts_with("athens,1,0,0,"));
  CHECK(line(text, 3).starts_with("Jülich,0,0,0,"));
  CHECK(line(text, 4).empty());
  CHECK(report::to_csv(sample::results()) == text);
}

TEST_CASE("sites.csv leaves out what has no sample and names the lower bounds", "[report][csv]") {
  const std::string text = report::sites_csv(sample::results());
  const auto columns = fields(line(text, 0));
  const auto p95 =
      static_cast<std::size_t>(std::find(columns.begin(), columns.end(), "queue_time_p95_s") - columns.begin());
  CHECK(fields(line(text, 1))[p95] == "7200");
  CHECK(fields(line(text, 1)).back().find("queue_time_p95_s") != std::string::npos);
  CHECK(fields(line(text, 2))[p95] == "60");
  CHECK(fields(line(text, 2)).back().empty());
  CHECK(fields(line(text, 3))[p95].empty());
}

TEST_CASE("timeseries.csv gives the start of each hour in UTC", "[report][csv]") {
  CHECK(report::timeseries_csv(sample::results()) ==
        "time_utc,site,queue_length_mean,busy_accelerators_mean,online_accelerators_mean,it_power_mw\n"
        "2028-01-01T00:00:00Z,athens,0.5,8,1024,0.75\n"
        "2028-01-02T01:00:00Z,Jülich,0,0,2048,0.125\n");  // hour 25
}
