#pragma once

#include <string>
#include <utility>
#include <vector>

#include "gigasim/catalogue/table.hpp"

/// For tests that ask which facts show in the results: one column changed a little. No part of the program uses it.
namespace gigasim::catalogue {

/// One numeric column of a kind, or one row's number in it.
struct ColumnChange {
  std::string kind, column;
  std::string row;      ///< id; empty: all rows
  double factor = 1.0;  ///< by which each number is multiplied
  bool whole = false;   ///< numbers must be whole: the next whole number from there on, see units::changed_value
};

/// Changes the tables as long as it lives. Typed views (accelerators(), find_country(), ...) are made once, of the
/// tables as they are then: change before the first look at any, in a process of its own. Throws std::logic_error for a
/// kind, column or row that does not exist, and when there is no number to change.
class ScopedColumnChange {
 public:
  explicit ScopedColumnChange(const ColumnChange& change);
  ScopedColumnChange(const ScopedColumnChange&) = delete;
  ScopedColumnChange& operator=(const ScopedColumnChange&) = delete;
  ~ScopedColumnChange();

 private:
  std::vector<std::pair<std::string*, std::string>> before_;  ///< cells and what they held
};

/// The columns of a table that are declared to hold numbers, as far as some row has one.
[[nodiscard]] std::vector<std::string> numeric_columns(const Table& table);

}  // namespace gigasim::catalogue
