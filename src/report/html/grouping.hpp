#pragma once

#include <span>
#include <string>
#include <string_view>

namespace gigasim::report::html {

/// A grouping of jobs by which the page shows waits.
struct Grouping {
  std::string_view json_array, id;
  std::string_view title;                       ///< "Wait by access class"
  std::string_view column;                      ///< "access class"
  std::string (*words)(std::string_view name);  ///< a group's name for people
};

/// Access classes, labels and countries of the users.
[[nodiscard]] std::span<const Grouping> groupings();

}  // namespace gigasim::report::html
