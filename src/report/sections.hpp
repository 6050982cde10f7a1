#pragma once

#include <string>
#include <vector>

#include "gigasim/metrics/results.hpp"
#include "text_table.hpp"

namespace gigasim::report {

/// One part of a report for people: a table, or lines of text, or both.
struct Section {
  std::string title;
  TextTable table;
  std::vector<Cell> lines;
};

/// What a report for people says below its answer. Parts that have nothing to say are left out.
[[nodiscard]] std::vector<Section> sections(const metrics::Results& results);

inline constexpr const char* kIncomplete =
    "INCOMPLETE: the run was stopped early; all figures cover only what had been simulated by then.";

}  // namespace gigasim::report
