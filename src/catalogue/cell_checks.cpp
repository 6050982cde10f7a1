#include "cell_checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "columns_cost.hpp"
#include "gigasim/units/text.hpp"
#include "words.hpp"

namespace gigasim::catalogue {
namespace {

/// Digits in groups where there are many.
std::string limit(double value) {
  const bool long_whole = std::abs(value) >= 1e4 && std::abs(value) < 1e15 && std::trunc(value) == value;
  return long_whole ? units::grouped(static_cast<std::int64_t>(value)) : units::format_number(value);
}

std::string range_of(const Column& column) {
  const std::string what = column.cells == Cells::kWhole ? "a whole number " : "";
  const std::string unit = column.unit.empty() || column.unit == "1" ? "" : fmt::format(" {}", column.unit);
  return column.above_least
             ? fmt::format("{}above {} and at most {}{}", what, limit(column.least), limit(column.most), unit)
             : fmt::format("{}from {} to {}{}", what, limit(column.least), limit(column.most), unit);
}

std::string number_breach(const Column& column, const std::string& cell) {
  const auto value = units::parse_number(cell);
  if (!value) return fmt::format("must be a number, got \"{}\"", cell);
  const bool low = *value < column.least || (column.above_least && *value == column.least);
  const bool fraction = column.cells == Cells::kWhole && std::trunc(*value) != *value;
  if (!low && *value <= column.most && !fraction) return "";
  return fmt::format("must be {}, got \"{}\"", range_of(column), cell);
}

std::string word_breach(std::string_view words, const std::string& cell) {
  const std::vector<std::string> all = split_words(words, " | ");
  if (std::find(all.begin(), all.end(), cell) != all.end()) return "";
  const auto near = units::nearest(cell, all);
  return fmt::format("must be {}, got \"{}\"{}", words, cell,
                     near ? fmt::format(" (did you mean \"{}\"?)", *near) : "");
}

std::string unit_breach(const Column& column, const Row& row, const std::string& cell) {
  const std::string& unit = row[column.of];
  const Column* bounds = cost_unit(unit);
  if (bounds != nullptr) return number_breach(*bounds, cell);
  return fmt::format("cannot be judged: \"{}\" is no unit of {}", unit, column.of);
}

std::string breach_of(const Column& column, const Row& row, const std::string& cell) {
  if (cell.empty()) return column.may_be_empty ? "" : "must not be empty";
  switch (column.cells) {
    case Cells::kText:
    case Cells::kId:
      return "";
    case Cells::kNumber:
    case Cells::kWhole:
      return number_breach(column, cell);
    case Cells::kByUnit:
      return unit_breach(column, row, cell);
    case Cells::kYesNo:
      return cell == "yes" || cell == "no" ? "" : fmt::format("must be yes or no, got \"{}\"", cell);
    case Cells::kWord:
      return word_breach(column.of, cell);
  }
  return "";
}

/// The first pair of cells that are not in order is told: the others may follow from the same slip.
void check_order(std::string_view order, const Row& row, std::vector<CellProblem>& problems) {
  std::string_view before;
  for (const std::string_view column : split_views(order, " <= ")) {
    if (row[column].empty()) continue;
    if (!before.empty() && *row.number(before) > *row.number(column)) {
      problems.push_back(
          {&row, column,
           fmt::format("must be at least \"{}\", which is {}, got {}", before, row[before], row[column])});
      return;
    }
    before = column;
  }
}

void check_share_of_row(const Share& share, const Row& row, std::vector<CellProblem>& problems) {
  const auto columns = split_views(share.columns, " ");
  if (std::any_of(columns.begin(), columns.end(), [&](std::string_view c) { return *row.number(c) > 0.0; })) return;
  problems.push_back(
      {&row, columns.front(), fmt::format("and all others to \"{}\" are 0: one must be more", columns.back())});
}

}  // namespace

void check_row(const Schema& schema, const Row& row, std::vector<CellProblem>& problems) {
  const std::size_t before = problems.size();
  for (std::size_t c = 0; c < schema.columns.size(); ++c) {
    const Column& column = schema.columns[c];
    std::string breach = breach_of(column, row, row.cells[c]);
    if (!breach.empty()) problems.push_back({&row, column.name, std::move(breach)});
  }
  if (problems.size() > before) return;
  for (const std::string_view order : schema.order) {
    if (problems.size() == before) check_order(order, row, problems);
  }
  for (const Share& share : schema.shares) {
    if (share.group.empty()) check_share_of_row(share, row, problems);
  }
}

}  // namespace gigasim::catalogue
