#pragma once

#include <span>
#include <string_view>

#include "columns.hpp"

namespace gigasim::catalogue {

/// One kind of facts: its table is the file `name` + ".csv", with the columns of the schema in that order.
struct Kind {
  std::string_view name;
  std::string_view description;
  Schema schema{};
};

/// Returns the kinds in the order in which they are shown.
[[nodiscard]] std::span<const Kind> kinds();
/// Null when there is none.
[[nodiscard]] const Kind* find_kind(std::string_view name);

}  // namespace gigasim::catalogue
