#pragma once

#include <algorithm>
#include <cstddef>

#include "gigasim/report/ci.hpp"

namespace gigasim::report {

[[nodiscard]] inline std::size_t count_of(const CheckSuite& suite, CheckOutcome outcome) {
  return static_cast<std::size_t>(
      std::count_if(suite.cases.begin(), suite.cases.end(), [=](const CheckCase& c) { return c.outcome == outcome; }));
}

[[nodiscard]] inline std::size_t count_of(std::span<const CheckSuite> suites, CheckOutcome outcome) {
  std::size_t count = 0;
  for (const CheckSuite& suite : suites) count += count_of(suite, outcome);
  return count;
}

}  // namespace gigasim::report
