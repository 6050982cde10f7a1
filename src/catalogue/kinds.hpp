#pragma once

#include <span>
#include <string_view>

namespace gigasim::catalogue {

/// One kind of facts: its table is the file `name` + ".csv".
struct Kind {
  std::string_view name;
  std::string_view description;
};

/// Returns the kinds in the order in which they are shown.
[[nodiscard]] std::span<const Kind> kinds();

}  // namespace gigasim::catalogue
