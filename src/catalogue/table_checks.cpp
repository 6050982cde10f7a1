#include "table_checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "cells.hpp"
#include "gigasim/units/text.hpp"
#include "kinds.hpp"

namespace gigasim::catalogue {
namespace {

const Table& table_of(const std::vector<Table>& tables, std::string_view kind) {
  return *std::find_if(tables.begin(), tables.end(), [&](const Table& table) { return table.kind == kind; });
}

using Groups = std::map<std::string_view, std::vector<const Row*>>;

/// The rows of each group in the order of the table.
Groups groups_of(const Table& table, std::string_view column) {
  Groups groups;
  for (const Row& row : table.rows) groups[row[column]].push_back(&row);
  return groups;
}

/// Of two rows that do not go together, the one that a user has written.
const Row* to_blame(const Row* before, const Row* row) {
  return row->file.empty() && !before->file.empty() ? before : row;
}

void check_curve(const Curve& curve, const Table& table, std::vector<CellProblem>& problems) {
  for (const auto& [group, rows] : groups_of(table, curve.group)) {
    for (std::size_t i = 1; i < rows.size(); ++i) {
      const Row& a = *rows[i - 1];
      const Row& b = *rows[i];
      const bool rises = *a.number(curve.along) < *b.number(curve.along);
      if (rises && *a.number(curve.rises) <= *b.number(curve.rises)) continue;
      const std::string_view column = rises ? curve.rises : curve.along;
      problems.push_back(
          {to_blame(&a, &b), column,
           fmt::format("must {} from point to point of \"{}\": it is {} in row \"{}\" and then {} in row "
                       "\"{}\"",
                       rises ? "not fall" : "rise", group, a[column], a.id(), b[column], b.id())});
      break;  // the next points may follow from the same slip
    }
  }
}

const Row* last_own(const std::vector<const Row*>& rows) {
  const auto own = std::find_if(rows.rbegin(), rows.rend(), [](const Row* row) { return !row->file.empty(); });
  return own == rows.rend() ? rows.back() : *own;
}

void check_share(const Share& share, const Table& table, std::vector<CellProblem>& problems) {
  for (const auto& [group, rows] : groups_of(table, share.group)) {
    const bool some =
        std::any_of(rows.begin(), rows.end(), [&](const Row* r) { return *r->number(share.columns) > 0.0; });
    if (some) continue;
    problems.push_back({last_own(rows), share.columns,
                        fmt::format("is 0 in every row of {} \"{}\": one must be more", share.group, group)});
  }
}

void check_detail(const Detail& detail, const Table& table, const std::vector<Table>& tables,
                  std::vector<CellProblem>& problems) {
  const Groups there = groups_of(table_of(tables, detail.kind), detail.column);
  for (const Row& row : table.rows) {
    if (there.contains(row.id())) continue;
    problems.push_back(
        {&row, "id", fmt::format("needs rows of {} whose {} is \"{}\"", detail.kind, detail.column, row.id())});
  }
}

void check_same(const Same& same, const Table& table, std::vector<CellProblem>& problems) {
  for (const auto& [group, rows] : groups_of(table, same.group)) {
    for (const Row* row : rows) {
      if ((*row)[same.column] == (*rows.front())[same.column]) continue;
      problems.push_back({to_blame(rows.front(), row), same.column,
                          fmt::format("must be the same in every row of {} \"{}\": it is \"{}\" and \"{}\"", same.group,
                                      group, (*rows.front())[same.column], (*row)[same.column])});
      break;
    }
  }
}

/// The names by which the rows of a table are called, small letters.
class Names {
 public:
  explicit Names(const Table& table) {
    const bool aliases = std::find(table.columns.begin(), table.columns.end(), "aliases") != table.columns.end();
    for (const Row& row : table.rows) {
      names_.push_back(row.id());
      if (!aliases) continue;
      for (std::string& alias : list(row, "aliases")) names_.push_back(std::move(alias));
    }
  }
  [[nodiscard]] bool has(const std::string& name) const { return answers_to("", names_, name); }
  [[nodiscard]] const std::vector<std::string>& all() const { return names_; }

 private:
  std::vector<std::string> names_;
};

void check_ids(const Column& column, const Table& table, const Table& others, std::vector<CellProblem>& problems) {
  const Names names{others};
  for (const Row& row : table.rows) {
    const std::string& cell = row[column.name];
    if (cell.empty() || names.has(cell)) continue;
    const auto near = units::nearest(cell, names.all());
    problems.push_back({&row, column.name,
                        fmt::format("must be the id of a row of {}, got \"{}\"{}", column.of, cell,
                                    near ? fmt::format(" (did you mean \"{}\"?)", *near) : "")});
  }
}

}  // namespace

void check_tables(const std::vector<Table>& tables, std::vector<CellProblem>& problems) {
  for (const Kind& kind : kinds()) {
    const Table& table = table_of(tables, kind.name);
    for (const Column& column : kind.schema.columns) {
      if (column.cells == Cells::kId) check_ids(column, table, table_of(tables, column.of), problems);
    }
    if (kind.schema.curve) check_curve(*kind.schema.curve, table, problems);
    for (const Share& share : kind.schema.shares) {
      if (!share.group.empty()) check_share(share, table, problems);
    }
    for (const Detail& detail : kind.schema.details) check_detail(detail, table, tables, problems);
    if (kind.schema.same) check_same(*kind.schema.same, table, problems);
  }
}

void sort_curves(Table& table) {
  const Kind* kind = find_kind(table.kind);
  if (kind == nullptr || !kind->schema.curve) return;
  const Curve& curve = *kind->schema.curve;
  std::map<std::string, std::size_t> rank;  // groups in the order in which they come
  for (const Row& row : table.rows) rank.emplace(row[curve.group], rank.size());
  std::stable_sort(table.rows.begin(), table.rows.end(), [&](const Row& a, const Row& b) {
    return std::pair{rank.at(a[curve.group]), *a.number(curve.along)} <
           std::pair{rank.at(b[curve.group]), *b.number(curve.along)};
  });
}

}  // namespace gigasim::catalogue
