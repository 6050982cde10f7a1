#pragma once

#include <string>
#include <vector>

#include "gigasim/report/report.hpp"
#include "gigasim/scenario/profile_check.hpp"

namespace gigasim::report {

/// What was found of one scenario or variant.
struct Bid {
  std::string name;
  std::vector<scenario::Finding> findings;  ///< of all its sites
};

/// Sets what was found side by side: a row per site, lot and criterion, a column per bid; then what it comes to. As a
/// table, JSON or Markdown.
[[nodiscard]] std::string profile_report(const scenario::Profile& profile, const std::vector<Bid>& bids, Format format,
                                         const TableStyle& style);

}  // namespace gigasim::report
