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
  bool bad = false;       ///< the row cannot be read
};

/// Finds the row before each; -1 where there is none. Rows after an id that there is not, or twice, and the first row
/// of each cycle are bad. O(n log n).
[[nodiscard]] std::vector<std::int64_t> find_links(std::vector<LinkedRow>& rows, ImportErrors& errors);

}  // namespace gigasim::workload
