#include "distribution.hpp"

#include <catch2/catch.hpp>

using gigasim::metrics::describe;
using gigasim::metrics::Distribution;
using gigasim::metrics::Sample;
using Figure = Distribution::Figure;

namespace {

constexpr bool kExact = false, kLowerBound = true;

Figure figure(double value, bool lower_bound) {
  return {value, lower_bound};
}

std::vector<Sample> whole_numbers(int from, int to) {
  std::vector<Sample> samples;
  for (int i = from; i <= to; ++i) samples.push_back({.value = static_cast<double>(i)});
  return samples;
}

Sample known(double value, std::int64_t weight = 1) {
  return {.value = value, .weight = weight};
}
Sample at_least(double value, std::int64_t weight = 1) {
  return {.value = value, .weight = weight, .censored = true};
}

}  // namespace

TEST_CASE("an empty sample has count 0 and exact zeros", "[metrics][distribution]") {
  CHECK(describe({}) == Distribution{});
}

TEST_CASE("one value is its own mean, quantiles and maximum", "[metrics][distribution]") {
  const std::vector<Sample> one{known(7.0)};
  const Distribution d = describe(one);
  CHECK(d.count == 1);
  for (const Figure f : {d.mean, d.median, d.p95, d.p99, d.max}) CHECK(f == figure(7.0, kExact));
}

TEST_CASE("quantiles are the ceil(q n)-th smallest value", "[metrics][distribution]") {
  // n = 10: ranks ceil(5) = 5, ceil(9.5) = 10, ceil(9.9) = 10.
  const Distribution ten = describe(whole_numbers(1, 10));
  CHECK(ten.median.value == 5.0);
  CHECK(ten.p95.value == 10.0);
  CHECK(ten.mean.value == 5.5);
  // n = 11: rank ceil(5.5) = 6.
  CHECK(describe(whole_numbers(1, 11)).median.value == 6.0);
  // n = 200: ranks 100, 190, 198.
  const Distribution two_hundred = describe(whole_numbers(1, 200));
  CHECK(two_hundred.median.value == 100.0);
  CHECK(two_hundred.p95.value == 190.0);
  CHECK(two_hundred.p99.value == 198.0);
  CHECK(two_hundred.max.value == 200.0);
}

TEST_CASE("a rank that is a whole number is met exactly for every sample size", "[metrics][distribution]") {
  // 0.95 n is whole for n = 20 k; in doubles 0.95 * n may come out just above, which would give the next rank.
  for (int k = 1; k <= 50; ++k) CHECK(describe(whole_numbers(1, 20 * k)).p95.value == 19.0 * k);
}

TEST_CASE("a quantile below all censored values is exact, those among them are lower bounds",
          "[metrics][distribution]") {
  // Median: rank 2 of {1, 2, 3+, 4} is 2 whatever 3+ is. 95 %: rank 4 is 4 at least, but 3+ may be anything.
  const std::vector<Sample> samples{known(1), known(2), at_least(3), known(4)};
  const Distribution d = describe(samples);
  CHECK(d.count == 4);
  CHECK(d.median == figure(2.0, kExact));
  CHECK(d.p95 == figure(4.0, kLowerBound));
  CHECK(d.mean == figure(2.5, kLowerBound));
  CHECK(d.max == figure(4.0, kLowerBound));
}

TEST_CASE("a young waiting job makes a quantile above its age a lower bound", "[metrics][distribution]") {
  // Rank 2 of {1+, 2, 3}: 2 if the waiting job starts at once, 3 if it waits for ever.
  const std::vector<Sample> samples{at_least(1), known(2), known(3)};
  CHECK(describe(samples).median == Figure{2.0, kLowerBound, 3.0});
}

TEST_CASE("equal values around a censored one leave the quantile exact", "[metrics][distribution]") {
  // Rank 2 of {5+, 5, 5} is 5 in both cases: {5, 5, 5} and {5, 5, inf}.
  const std::vector<Sample> samples{at_least(5), known(5), known(5)};
  CHECK(describe(samples).median == figure(5.0, kExact));
}

TEST_CASE("every figure of a sample that is all censored is a lower bound", "[metrics][distribution]") {
  const std::vector<Sample> samples{at_least(1), at_least(2)};
  const Distribution d = describe(samples);
  CHECK(d.median == figure(1.0, kLowerBound));
  CHECK(d.p99 == figure(2.0, kLowerBound));
  CHECK(d.mean == figure(1.5, kLowerBound));
}

TEST_CASE("a weighted quantile is where the cumulative weight reaches its share", "[metrics][distribution]") {
  // Weights 1, 1, 8: half of 10 is reached at the value 10. Mean (1 + 2 + 80) / 10.
  const std::vector<Sample> samples{known(1, 1), known(2, 1), known(10, 8)};
  const Distribution d = describe(samples);
  CHECK(d.median == figure(10.0, kExact));
  CHECK(d.mean.value == Approx(8.3));
  // Weights 5, 5: half is reached exactly at the first.
  const std::vector<Sample> halves{known(1, 5), known(2, 5)};
  CHECK(describe(halves).median.value == 1.0);
}

TEST_CASE("censored weight moves a weighted quantile", "[metrics][distribution]") {
  // Total 10. Median: 6 of 10 at value 1 without the censored weight: exact. 95 %: needs 9.5, the known ones have 6.
  const std::vector<Sample> samples{known(1, 6), at_least(2, 4)};
  const Distribution d = describe(samples);
  CHECK(d.median == figure(1.0, kExact));
  CHECK(d.p95 == figure(2.0, kLowerBound));
}

TEST_CASE("values without weight change nothing but the count", "[metrics][distribution]") {
  const std::vector<Sample> samples{known(0, 0), known(3, 2), at_least(99, 0)};
  const Distribution d = describe(samples);
  CHECK(d.count == 3);
  for (const Figure f : {d.mean, d.median, d.p99, d.max}) CHECK(f == figure(3.0, kExact));
}

TEST_CASE("weights beyond 64 bits in sum are counted exactly", "[metrics][distribution]") {
  // Four weights of 2^62: their sum and its hundredfold do not fit in 64 bits. Half is reached at the second value.
  const std::int64_t huge = std::int64_t{1} << 62U;
  const std::vector<Sample> samples{known(1, huge), known(2, huge), known(3, huge), known(4, huge)};
  const Distribution d = describe(samples);
  CHECK(d.median.value == 2.0);
  CHECK(d.p95.value == 4.0);
  CHECK(d.mean.value == Approx(2.5));
}
