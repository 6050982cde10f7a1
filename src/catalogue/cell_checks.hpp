#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "columns.hpp"
#include "gigasim/catalogue/table.hpp"

/// Rows held against what their tables declare (columns.hpp).
namespace gigasim::catalogue {

/// What is wrong with a cell of a table.
struct CellProblem {
  const Row* row = nullptr;
  std::string_view column;
  std::string text;
};

/// Adds what is wrong with the cells of one row: each alone, and those that must be in order or have a sum.
void check_row(const Schema& schema, const Row& row, std::vector<CellProblem>& problems);

}  // namespace gigasim::catalogue
