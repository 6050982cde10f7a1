#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "import_errors.hpp"

namespace gigasim::workload {

/// A job of a table, and the job before it by its id.
struct LinkedRow {
  std::string id, after;  ///< `after` empty: none
  TextPlace place;        ///< of the cell `after`
};

/// Finds the row before each; -1 where there is none. Complains of ids that there are not, or twice, and of the first
/// row of each cycle. O(n log n).
[[nodiscard]] std::vector<std::int64_t> find_links(const std::vector<LinkedRow>& rows, ImportErrors& errors);

}  // namespace gigasim::workload
