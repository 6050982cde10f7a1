#include "gigasim/catalogue/column_change.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "gigasim/units/model_constant.hpp"
#include "gigasim/units/text.hpp"
#include "load.hpp"

namespace gigasim::catalogue {
namespace {

Table& table_to_change(std::string_view kind) {
  std::vector<Table>& all = loaded_tables();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Table& table) { return table.kind == kind; });
  if (found == all.end()) throw std::logic_error{fmt::format("the catalogue has no kind \"{}\"", kind)};
  return *found;
}

std::size_t column_index(const Table& table, std::string_view column) {
  const auto found = std::find(table.columns.begin(), table.columns.end(), column);
  if (found == table.columns.end()) throw std::logic_error{fmt::format("{} has no column {}", table.kind, column)};
  return static_cast<std::size_t>(found - table.columns.begin());
}

}  // namespace

ScopedColumnChange::ScopedColumnChange(const ColumnChange& change) {
  Table& table = table_to_change(change.kind);
  const std::size_t column = column_index(table, change.column);
  for (Row& row : table.rows) {
    if (!change.row.empty() && row.id() != change.row) continue;
    const auto number = row.number(change.column);
    if (!number) continue;
    before_.emplace_back(&row.cells[column], row.cells[column]);
    row.cells[column] = units::format_number(units::changed_value(*number, change.factor, change.whole));
  }
  if (before_.empty()) {
    throw std::logic_error{
        fmt::format("{}.{} has no number to change, row \"{}\"", change.kind, change.column, change.row)};
  }
}

ScopedColumnChange::~ScopedColumnChange() {
  for (auto& [cell, text] : before_) *cell = std::move(text);
}

std::vector<std::string> numeric_columns(const Table& table) {
  std::vector<std::string> numeric;
  const Kind* kind = find_kind(table.kind);
  if (kind == nullptr) return numeric;
  for (const Column& column : kind->schema.columns) {
    const auto has_number = [&](const Row& row) { return !row[column.name].empty(); };
    if (column.is_number() && std::any_of(table.rows.begin(), table.rows.end(), has_number)) {
      numeric.emplace_back(column.name);
    }
  }
  return numeric;
}

}  // namespace gigasim::catalogue
