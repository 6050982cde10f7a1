#include "rising_order.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <limits>
#include <numeric>
#include <random>

using gigasim::metrics::rising_order;

namespace {

std::vector<std::uint32_t> by_comparison(const std::vector<double>& values) {
  std::vector<std::uint32_t> order(values.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return values[a] < values[b]; });
  return order;
}

}  // namespace

TEST_CASE("rising order puts small values first and equal ones as they come", "[metrics][order]") {
  CHECK(rising_order({}).empty());
  const std::vector<double> values{3.0, 0.5, 3.0, 0.0, -0.0, 1e300};
  CHECK(rising_order(values) == std::vector<std::uint32_t>{3, 4, 1, 0, 2, 5});
}

TEST_CASE("rising order is that of a stable sort", "[metrics][order]") {
  std::mt19937_64 random{1};
  for (const double scale : {1.0, 1.0 / 1024, 1e-300, 1e200}) {
    std::vector<double> values;
    for (int i = 0; i < 5000; ++i) values.push_back(static_cast<double>(random() % 3000) * scale);
    values.push_back(std::numeric_limits<double>::infinity());
    CHECK(rising_order(values) == by_comparison(values));
  }
}
