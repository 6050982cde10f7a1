#pragma once

#include "gigasim/metrics/expectations.hpp"
#include "sections.hpp"

namespace gigasim::report {

/// One line per expectation, and how many are met. For an incomplete run, that none was checked.
[[nodiscard]] Section expectation_section(const metrics::Results& results);

}  // namespace gigasim::report
