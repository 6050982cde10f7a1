#pragma once

#include <string>

#include "gigasim/baseline/baseline.hpp"

namespace gigasim::baseline {

/// "exact", "ignore", "2 %", "30 s".
[[nodiscard]] std::string tolerance_text(const Rule& rule);
/// "123.5 MWh", ">= 3 s" for a lower bound, "none".
[[nodiscard]] std::string figure_text(const Entry& entry);

/// Digest of all that only the program writes: everything but the rules, spacing and comments.
[[nodiscard]] std::string seal(const Baseline& baseline);

}  // namespace gigasim::baseline
