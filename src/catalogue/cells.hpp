#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gigasim/catalogue/table.hpp"

/// Reading cells that a typed view cannot do without. All throw std::logic_error: the tables are ours.
namespace gigasim::catalogue {

/// Returns the rows of a kind's table.
[[nodiscard]] const std::vector<Row>& rows_of(std::string_view kind);

/// Turns each row of a kind into a value: `read` takes a `const Row&`.
template <class Read>
[[nodiscard]] auto read_rows(std::string_view kind, Read read) {
  const std::vector<Row>& rows = rows_of(kind);
  std::vector<decltype(read(rows.front()))> values;
  values.reserve(rows.size());
  for (const Row& row : rows) values.push_back(read(row));
  return values;
}

/// Returns the number in a cell that must hold one.
[[nodiscard]] double required(const Row& row, std::string_view column);

/// Reads a cell that must be "yes" or "no".
[[nodiscard]] bool yes_no(const Row& row, std::string_view column);

/// Splits a cell at semicolons, spaces around the parts left out; an empty cell has no parts.
[[nodiscard]] std::vector<std::string> list(const Row& row, std::string_view column);

/// Tells whether something goes by `name`, which is its id or one of its aliases, letter case aside.
[[nodiscard]] bool answers_to(std::string_view id, const std::vector<std::string>& aliases, std::string_view name);

}  // namespace gigasim::catalogue
