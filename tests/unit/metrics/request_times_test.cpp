#include "request_times.hpp"

#include <catch2/catch.hpp>

using gigasim::metrics::RequestTime;
using gigasim::metrics::RequestTimeGrid;

namespace {

/// One step of the grid.
Approx about(double seconds) {
  return Approx(seconds).epsilon(0.012);
}

}  // namespace

TEST_CASE("requests of one kind have the quantiles that they came with", "[metrics][services]") {
  RequestTimeGrid grid;
  grid.add({0.3, 0.2, 0.9, 2.0}, 1000.0);
  const auto figures = grid.figures();
  CHECK(*figures.mean_s == Approx(0.3));
  CHECK(*figures.p50_s == about(0.2));
  CHECK(*figures.p95_s == about(0.9));
  CHECK(*figures.p99_s == about(2.0));
}

TEST_CASE("requests that all take the same time have it as every quantile", "[metrics][services]") {
  RequestTimeGrid grid;
  grid.add({0.05, 0.05, 0.05, 0.05}, 3.0);
  CHECK(*grid.figures().p50_s == about(0.05));
  CHECK(*grid.figures().p99_s == about(0.05));
}

// 90 % take 1 s and 10 % take 10 s: the median is 1 s, the 95 % quantile 10 s, the mean 1.9 s.
TEST_CASE("a mixture has the quantiles of the mixture", "[metrics][services]") {
  RequestTimeGrid fast;
  RequestTimeGrid both;
  fast.add({1.0, 1.0, 1.0, 1.0}, 90.0);
  both.add({10.0, 10.0, 10.0, 10.0}, 10.0);
  both.add(fast);
  CHECK(*both.figures().mean_s == Approx(1.9));
  CHECK(*both.figures().p50_s == about(1.0));
  CHECK(*both.figures().p95_s == about(10.0));
}

// Of 100 requests with a median of 1 s and a 95 % quantile of 4 s, 50 lie between 1/4 s, the mirror of 4 s, and 1 s.
// With 50 that take 1/100 s the median is that of the 75th: 25 of those 50 below it, and so in their logarithmic
// middle, 1/2 s.
TEST_CASE("between quantiles the logarithm is uniform", "[metrics][services]") {
  RequestTimeGrid grid;
  grid.add({1.0, 1.0, 4.0, 4.0}, 100.0);
  grid.add({0.01, 0.01, 0.01, 0.01}, 50.0);
  CHECK(*grid.figures().p50_s == about(0.5));
}

TEST_CASE("without requests there is no time", "[metrics][services]") {
  CHECK(!RequestTimeGrid{}.figures().mean_s);
}
