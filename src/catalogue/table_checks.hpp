#pragma once

#include <vector>

#include "cell_checks.hpp"

namespace gigasim::catalogue {

/// Adds what is wrong between the rows of each table, and between tables: ids that are not there, curves that fall,
/// shares without a sum, classes without sizes. Supposes that every row is good by itself. Where two rows do not go
/// together, a user's row is the one to blame.
void check_tables(const std::vector<Table>& tables, std::vector<CellProblem>& problems);

/// Brings the points of each curve into order, as far as they are rows of a table that declares one.
void sort_curves(Table& table);

}  // namespace gigasim::catalogue
