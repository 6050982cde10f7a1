#include "gigasim/models/goodput.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace gigasim::models;

TEST_CASE("the ratios of the two reference cases come out", "[models][goodput]") {
  // w = 30 s, R = 9 min: one interruption in 2.8 h gives 0.876; one in 27 min gives 0.587, printed as 0.59.
  const auto ratio = [](double mean_time, double w, double restart) {
    const double rate = 1.0 / mean_time;
    return effective_training_time_ratio(rate, young_interval(w, rate), w, restart);
  };
  CHECK(ratio(2.8 * 3600, 30, 540) == Approx(0.8766).margin(0.0005));
  CHECK(ratio(27 * 60, 30, 540) == Approx(0.5871).margin(0.0005));
  CHECK(ratio(2.8 * 3600, 10, 300) == Approx(0.93).margin(0.005));
}

TEST_CASE("without failures only checkpoints cost", "[models][goodput]") {
  CHECK(effective_training_time_ratio(0.0, 3600, 40, 600) == 3600.0 / 3640.0);
}

TEST_CASE("no interval beats Daly's, and Young's is within a percent while failures are rare", "[models][goodput]") {
  for (const double mean_time : {1620.0, 10'080.0, 100'000.0}) {
    const double rate = 1.0 / mean_time;
    const double best = daly_interval(30, rate);
    const double at_best = effective_training_time_ratio(rate, best, 30, 540);
    for (const double other : {0.5, 0.8, 0.95, 0.999, 1.001, 1.05, 1.25, 2.0}) {
      CHECK(effective_training_time_ratio(rate, best * other, 30, 540) <= at_best);
    }
    const double at_young = effective_training_time_ratio(rate, young_interval(30, rate), 30, 540);
    CHECK(at_young > 0.99 * at_best);
  }
}

TEST_CASE("the best interval solves its condition, however rare failures are", "[models][goodput]") {
  for (const double rate : {1.0 / 60, 1e-3, 1e-6, 1e-9}) {
    for (const double blocking : {0.25, 30.0, 600.0}) {
      const double interval = daly_interval(blocking, rate);
      CHECK(rate * interval == Approx(1.0 - std::exp(-rate * (interval + blocking))).epsilon(1e-9));
    }
  }
  CHECK(daly_interval(0.0, 1e-6) == 0.0);  // what costs nothing is done all the time
}
