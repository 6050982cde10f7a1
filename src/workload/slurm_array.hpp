#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gigasim::workload {

/// Tasks of a job array that stand in one record: "701_[1-3,9%2]".
struct ArrayRange {
  std::string array;                ///< "701"
  std::vector<std::int64_t> tasks;  ///< empty when the list is cut off, cannot be read or is of more than 10,000
};

/// Nothing for an id that holds no range.
[[nodiscard]] std::optional<ArrayRange> array_range(std::string_view id);

}  // namespace gigasim::workload
