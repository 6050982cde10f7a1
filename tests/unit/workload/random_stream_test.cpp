#include "random_stream.hpp"

#include <catch2/catch.hpp>

#include "synthetic.hpp"

using namespace gigasim::workload;

namespace {

template <class Draw>
synthetic::Sample sample_of(int count, Draw draw) {
  std::vector<double> values(static_cast<std::size_t>(count));
  for (double& value : values) value = draw();
  return synthetic::describe(values);
}

}  // namespace

TEST_CASE("random streams repeat by seed, stream and purpose and differ in each", "[workload][random]") {
  const auto first = [](std::uint64_t seed, const char* stream, const char* purpose) {
    return RandomStream{seed, stream, purpose}.uniform();
  };
  CHECK(first(1, "a", "sizes") == first(1, "a", "sizes"));
  CHECK(first(1, "a", "sizes") != first(2, "a", "sizes"));
  CHECK(first(1, "a", "sizes") != first(1, "b", "sizes"));
  CHECK(first(1, "a", "sizes") != first(1, "a", "durations"));
}

TEST_CASE("uniform numbers lie between 0 and 1 with mean 1/2 and variance 1/12", "[workload][random]") {
  RandomStream random{7, "test", "uniform"};
  const auto sample = sample_of(100000, [&] {
    const double u = random.uniform();
    REQUIRE((u >= 0.0 && u < 1.0));
    return u;
  });
  CHECK(std::fabs(sample.mean - 0.5) < 4.0 * std::sqrt(1.0 / 12.0 / 100000.0));
  // The variance of (u - 1/2)^2 is 1/80 - 1/144 = 1/180.
  CHECK(std::fabs(sample.variance - 1.0 / 12.0) < 4.0 * std::sqrt(1.0 / 180.0 / 100000.0));
}

TEST_CASE("exponential draws have their mean, and a variance of its square", "[workload][random]") {
  RandomStream random{7, "test", "exponential"};
  const auto sample = sample_of(100000, [&] { return draw_exponential(random, 5.0); });
  CHECK(std::fabs(sample.mean - 5.0) < 4.0 * 5.0 / std::sqrt(100000.0));
  // The fourth central moment is 9 m^4, so the variance of (x - m)^2 is 8 m^4.
  CHECK(std::fabs(sample.variance - 25.0) < 4.0 * 25.0 * std::sqrt(8.0 / 100000.0));
}

TEST_CASE("normal draws have mean 0, variance 1 and no skew", "[workload][random]") {
  RandomStream random{7, "test", "normal"};
  double cubes = 0.0;
  const auto sample = sample_of(100000, [&] {
    const double z = draw_normal(random);
    cubes += z * z * z / 100000.0;
    return z;
  });
  CHECK(std::fabs(sample.mean) < 4.0 / std::sqrt(100000.0));
  CHECK(std::fabs(sample.variance - 1.0) < 4.0 * std::sqrt(2.0 / 100000.0));  // fourth moment 3
  CHECK(std::fabs(cubes) < 4.0 * std::sqrt(15.0 / 100000.0));                 // sixth moment 15
}

TEST_CASE("beta draws have mean a/(a+b) and variance ab/((a+b)^2 (a+b+1))", "[workload][random]") {
  const auto [a, b] = GENERATE(std::pair{0.393, 0.841}, std::pair{0.411, 0.632}, std::pair{2.0, 3.0});
  CAPTURE(a, b);
  RandomStream random{7, "test", "beta"};
  const auto sample = sample_of(50000, [&, a = a, b = b] {
    const double x = draw_beta(random, a, b);
    REQUIRE((x >= 0.0 && x <= 1.0));
    return x;
  });
  const double variance = a * b / ((a + b) * (a + b) * (a + b + 1.0));
  CHECK(std::fabs(sample.mean - a / (a + b)) < 4.0 * std::sqrt(variance / 50000.0));
  // x lies in [0, 1], so that the variance of its squared deviation is at most its variance.
  CHECK(std::fabs(sample.variance - variance) < 4.0 * std::sqrt(variance / 50000.0));
}
