#include <catch2/catch.hpp>
#include <fstream>
#include <string>

#include "html/series.hpp"
#include "scratch.hpp"

using namespace gigasim;
using report::html::coarser;
using report::html::NetworkSeries;
using report::html::read_series;

namespace {

constexpr double kMidnight = 1830297600.0;  // 2028-01-01T00:00:00Z: 21,184 days after 1970
constexpr const char* kHeader =
    "time_utc,site,queue_length_mean,busy_accelerators_mean,online_accelerators_mean,it_power_mw\n";

NetworkSeries read(const std::string& rows, double hours) {
  const sample::Scratch scratch;
  std::ofstream{scratch / "timeseries.csv"} << kHeader << rows;
  return read_series(scratch / "timeseries.csv", kMidnight, kMidnight + hours * 3600.0);
}

}  // namespace

TEST_CASE("a series sums the sites of each hour, whatever they are called", "[report][html]") {
  const NetworkSeries series = read(
      "2028-01-01T00:00:00Z,athens,2,10,100,0.1\n"
      "2028-01-01T00:00:00Z,\"a, \"\"b\"\"\nand c\",1,20,50,0.1\n"
      "2028-01-01T01:00:00Z,athens,0.5,4,100,0.1\n",
      24.0);
  REQUIRE(series.at.size() == 2);
  CHECK(series.begin == kMidnight);
  CHECK(series.at[0].queue_length == 3.0);
  CHECK(series.at[0].busy == 30.0);
  CHECK(series.at[0].online == 150.0);
  CHECK(series.at[1].queue_length == 0.5);
}

TEST_CASE("hours outside the results period and rows of other files are passed over", "[report][html]") {
  const NetworkSeries series = read(
      "2027-12-31T23:00:00Z,athens,9,9,9,9\n"
      "2028-01-01T00:00:00Z,athens,1,2,3,4\n"
      "no date,athens,9,9,9,9\n"
      "2028-01-01T00:00:00Z,athens,9\n"
      "2028-01-01T02:00:00Z,athens,9,9,9,9\n",
      2.0);
  REQUIRE(series.at.size() == 1);
  CHECK(series.at[0].busy == 2.0);
}

TEST_CASE("a folder without a time series has no entries", "[report][html]") {
  CHECK(read_series("/nowhere/timeseries.csv", 0.0, 1e9).at.empty());
}

TEST_CASE("a coarser series keeps the mean", "[report][html]") {
  NetworkSeries hours{kMidnight, 3600.0, {}};
  double sum = 0.0;
  for (int i = 0; i < 720; ++i) {
    hours.at.push_back({double(i % 37), double(i % 11), 100.0});
    sum += i % 37;
  }
  const NetworkSeries means = coarser(hours, 400);
  CHECK(means.step == 7200.0);  // 720 h in at most 400 entries: 2 h each
  REQUIRE(means.at.size() == 360);
  double sum_of_means = 0.0;
  for (const auto& mean : means.at) sum_of_means += mean.queue_length;
  CHECK(sum_of_means / 360.0 == Approx(sum / 720.0));
  CHECK(means.at[0].queue_length == 0.5);  // of 0 and 1
}

TEST_CASE("a series of any length fits, and a rest at the end is a mean of its own", "[report][html]") {
  for (const std::size_t hours : {1U, 24U, 401U, 8766U, 43830U, 100000U, 400000U}) {
    NetworkSeries series{kMidnight, 3600.0, {}};
    series.at.assign(hours, {2.0, 3.0, 4.0});
    const NetworkSeries means = coarser(series, 400);
    CAPTURE(hours);
    CHECK(means.at.size() <= 400);
    CHECK(means.at.back().queue_length == Approx(2.0));  // not diluted by hours that are not there
  }
}
