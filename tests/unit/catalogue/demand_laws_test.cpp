#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>

#include "cells.hpp"
#include "gigasim/catalogue/catalogue.hpp"

using namespace gigasim::catalogue;

namespace {

double mean(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

}  // namespace

TEST_CASE("arrival profiles have 24 hours and 7 weekdays of mean one", "[catalogue][laws]") {
  for (const char* id : {"kth", "nasa", "theta", "philly", "working_hours", "daily"}) {
    INFO(id);
    const ArrivalProfile* profile = find_arrival_profile(id);
    REQUIRE(profile != nullptr);
    CHECK(profile->hour.size() == 24);
    CHECK(profile->weekday.size() == 7);
    CHECK(mean(profile->hour) == Approx(1.0).epsilon(1e-12));
    CHECK(mean(profile->weekday) == Approx(1.0).epsilon(1e-12));
    CHECK(*std::min_element(profile->hour.begin(), profile->hour.end()) > 0.0);
  }
  CHECK(find_arrival_profile("constant") == nullptr);
}

TEST_CASE("table factors are within rounding of mean one before they are scaled", "[catalogue][laws]") {
  for (const Row& row : rows_of("arrival-profiles")) {
    double sum = 0.0;
    for (std::size_t column = 1; column <= 24; ++column) {
      sum += required(row, find_table("arrival-profiles")->columns[column]);
    }
    CHECK(sum / 24.0 == Approx(1.0).margin(0.005));
  }
}

TEST_CASE("working hours are the mean of kth and nasa", "[catalogue][laws]") {
  const ArrivalProfile& both = *find_arrival_profile("working_hours");
  for (std::size_t hour = 0; hour < 24; ++hour) {
    const double expected = (find_arrival_profile("kth")->hour[hour] + find_arrival_profile("nasa")->hour[hour]) / 2.0;
    CHECK(both.hour[hour] == Approx(expected).margin(0.003));
  }
  CHECK(both.hour[14] > 4.0 * both.hour[3]);       // afternoon against night
  CHECK(both.weekday[1] > 2.0 * both.weekday[6]);  // Tuesday against Sunday
}

TEST_CASE("the daily profile of services peaks at 1.57 and has no weekly cycle", "[catalogue][laws]") {
  const ArrivalProfile& daily = *find_arrival_profile("daily");
  CHECK(*std::max_element(daily.hour.begin(), daily.hour.end()) == Approx(1.57).margin(0.005));
  CHECK(daily.weekday == std::vector<double>(7, 1.0));
}

TEST_CASE("burst sizes have the measured quantiles", "[catalogue][laws]") {
  const std::vector<std::pair<double, double>> measured{{0.5, 1}, {0.9, 5}, {0.95, 17}, {0.99, 232}, {1, 1063}};
  for (const char* id : {"philly", "seren", "kalos"}) CHECK(find_burst_law(id)->size_quantiles == measured);
  CHECK(find_burst_law("none") == nullptr);
  CHECK((*find_table("bursts")->find("seren"))["stands_for"] == "philly");
}

TEST_CASE("walltime models have the measured parameters", "[catalogue][laws]") {
  const WalltimeModel* theta = find_walltime_model("theta");
  REQUIRE(theta != nullptr);
  CHECK(theta->p_full == 0.213);
  CHECK(theta->beta_a == 0.393);
  CHECK(theta->beta_b == 0.841);
  for (const char* id : {"kth", "hpc2n"}) {
    const WalltimeModel* model = find_walltime_model(id);
    REQUIRE(model != nullptr);
    CHECK(model->p_full > 0.0);
    CHECK(model->p_full < 1.0);
    // Users ask for more than twice what they use: the mean of Beta(a, b) is a / (a + b).
    CHECK(model->beta_a / (model->beta_a + model->beta_b) < 0.5);
  }
  CHECK(find_walltime_model("exact") == nullptr);
}
