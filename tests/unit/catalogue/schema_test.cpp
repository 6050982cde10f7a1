#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "columns_cost.hpp"
#include "gigasim/catalogue/overlay.hpp"
#include "gigasim/catalogue/table.hpp"
#include "gigasim/units/text.hpp"
#include "kinds.hpp"
#include "table_checks.hpp"

using namespace gigasim;
using namespace gigasim::catalogue;

namespace {

std::vector<std::string> lines_of(const std::vector<CellProblem>& problems) {
  std::vector<std::string> lines;
  for (const CellProblem& problem : problems) {
    lines.push_back(fmt::format("{}: {} {}", problem.row->id(), problem.column, problem.text));
  }
  return lines;
}

/// The built-in rows of some ids with one cell changed in each, as a user's file.
struct Change {
  std::string id, column, cell;
};
std::string own_text(const Table& table, const std::vector<Change>& changes) {
  std::string text = fmt::format("{}\n", fmt::join(table.columns, ","));
  for (const Change& change : changes) {
    const Row& row = *table.find(change.id);
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      std::string cell = table.columns[c] == change.column ? change.cell : row.cells[c];
      for (std::size_t at = 0; (at = cell.find('"', at)) != std::string::npos; at += 2) cell.insert(at, 1, '"');
      text += fmt::format("{}\"{}\"", c == 0 ? "" : ",", cell);
    }
    text += '\n';
  }
  return text;
}

std::vector<OverlayProblem> problems_of(std::string_view kind, const std::string& text) {
  std::vector<OverlayProblem> problems;
  static_cast<void>(edition_with({{std::string{kind}, "own.csv", text}}, problems));
  return problems;
}
std::vector<std::string> complaints(std::string_view kind, const std::string& text) {
  std::vector<std::string> lines;
  for (const OverlayProblem& problem : problems_of(kind, text)) {
    lines.push_back(fmt::format("{}:{}:{}: {}", problem.file, problem.line, problem.column, problem.text));
  }
  return lines;
}
std::vector<std::string> complaints(std::string_view kind, const std::vector<Change>& changes) {
  return complaints(kind, own_text(*find_table(kind), changes));
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("every built-in row is as its table declares, and the tables go together", "[catalogue][schema]") {
  const std::vector<Table> all{tables().begin(), tables().end()};
  std::vector<CellProblem> problems;
  for (const Table& table : all) {
    for (const Row& row : table.rows) check_row(find_kind(table.kind)->schema, row, problems);
  }
  check_tables(all, problems);
  CHECK(lines_of(problems) == Lines{});
}

TEST_CASE("a column that holds numbers only is declared as one, with finite bounds", "[catalogue][schema]") {
  for (const Table& table : tables()) {
    for (const Column& column : find_kind(table.kind)->schema.columns) {
      INFO(table.kind << "." << column.name);
      const auto number = [&](const Row& row) {
        return row[column.name].empty() || units::parse_number(row[column.name]).has_value();
      };
      const auto empty = [&](const Row& row) { return row[column.name].empty(); };
      const bool numbers = std::all_of(table.rows.begin(), table.rows.end(), number) &&
                           !std::all_of(table.rows.begin(), table.rows.end(), empty);
      if (numbers) CHECK(column.is_number());
      if (column.cells != Cells::kNumber && column.cells != Cells::kWhole) continue;
      CHECK_FALSE(column.unit.empty());
      CHECK(column.least < column.most);
      CHECK(column.most < 1e16);
    }
  }
  for (const Column& unit : kCostUnits) CHECK((unit.least < unit.most && unit.most < 1e16));
}

TEST_CASE("any numeric column at -1, 0, 1e308 and NaN is fine or one error at the cell", "[catalogue][schema]") {
  std::size_t columns = 0;
  for (const Kind& kind : kinds()) {
    const Table& table = *find_table(kind.name);
    for (std::size_t c = 0; c < kind.schema.columns.size(); ++c) {
      if (!kind.schema.columns[c].is_number()) continue;
      ++columns;
      for (const std::string cell : {"-1", "0", "1e308", "NaN"}) {
        INFO(kind.name << "." << table.columns[c] << " = " << cell);
        const Row& row = table.rows[columns % table.rows.size()];
        const auto problems = problems_of(kind.name, own_text(table, {{row.id(), table.columns[c], cell}}));
        CHECK(problems.size() <= 1);
        if (cell == "1e308" || cell == "NaN") CHECK(problems.size() == 1);
        for (const OverlayProblem& problem : problems) {
          CHECK((problem.line == 2 && problem.column > 1));
          CHECK(problem.text.find("column \"") == 0);
        }
      }
    }
  }
  CHECK(columns > 200);
}

TEST_CASE("bounds and units stand in the message, at line and column of the cell", "[catalogue][schema]") {
  // Cells are quoted here: the column is that of the quote. `"kth",` are six characters.
  CHECK(complaints("walltime-models", {{"kth", "p_full", "-1"}}) ==
        Lines{R"(own.csv:2:7: column "p_full" must be from 0 to 1, got "-1")"});
  const auto of_h100 = [](const std::string& column, const std::string& cell) {
    const auto lines = complaints("accelerators", {{"H100-SXM-80", column, cell}});
    return lines.empty() ? std::string{} : lines.front().substr(lines.front().find("column \""));
  };
  CHECK(of_h100("per_node", "0") == R"(column "per_node" must be a whole number from 1 to 1024 accelerators, got "0")");
  CHECK(of_h100("per_node", "2.5") ==
        R"(column "per_node" must be a whole number from 1 to 1024 accelerators, got "2.5")");
  CHECK(of_h100("h100_equivalent", "-1") == R"(column "h100_equivalent" must be above 0 and at most 10,000, got "-1")");
  CHECK(of_h100("acc_tdp_w", "1e6") == R"(column "acc_tdp_w" must be above 0 and at most 100,000 W, got "1e6")");
  CHECK(of_h100("acc_tdp_w", "").empty());  // not known: the type is listed, but cannot be used
  CHECK(of_h100("memory_gb", "") == R"(column "memory_gb" must not be empty)");
}

TEST_CASE("cells of one row are in order, and a curve never falls", "[catalogue][schema]") {
  const auto text_of = [](const std::string& line) { return line.substr(line.find("column \"")); };
  const auto only = [&](const Lines& lines) { return lines.size() == 1 ? text_of(lines.front()) : "not one"; };
  CHECK(only(complaints("wan-links", {{"ams--lon", "capacity_low_gbit_s", "900"}})) ==
        R"(column "capacity_best_gbit_s" must be at least "capacity_low_gbit_s", which is 900, got 800)");
  CHECK(only(complaints("bursts", {{"philly", "size_p90", "18"}})) ==
        R"(column "size_p95" must be at least "size_p90", which is 18, got 17)");
  // The table has 2.31 % at 1 s, 2.92 % at 2 s and 5.22 % at 4 s.
  CHECK(only(complaints("job-durations", {{"seren.eval/2", "cumulative_percent", "2.2"}})) ==
        R"(column "cumulative_percent" must not fall from point to point of "seren.eval": it is 2.31 in row )"
        R"("seren.eval/1" and then 2.2 in row "seren.eval/2")");
  // Points are put in order of time: at 5 s the changed point follows the one at 4 s, which is higher.
  CHECK(only(complaints("job-durations", {{"seren.eval/2", "seconds", "5"}})) ==
        R"(column "cumulative_percent" must not fall from point to point of "seren.eval": it is 5.22 in row )"
        R"("seren.eval/4" and then 2.92 in row "seren.eval/2")");
  CHECK(only(complaints("job-durations", {{"seren.eval/2", "seconds", "4"}})) ==
        R"(column "seconds" must rise from point to point of "seren.eval": it is 4 in row "seren.eval/2" and then 4 )"
        R"(in row "seren.eval/4")");
}

TEST_CASE("shares have a sum, and what a row refers to is there", "[catalogue][schema]") {
  const auto only = [&](const Lines& lines) {
    return lines.size() == 1 ? lines.front().substr(lines.front().find("column \"")) : "not one";
  };
  std::vector<Change> all_zero;
  for (const Row& row : find_table("sector-mixes")->rows) all_zero.push_back({row.id(), "factories", "0"});
  CHECK(only(complaints("sector-mixes", all_zero)) ==
        R"(column "factories" is 0 in every row of mix "focus_sectors": one must be more)");
  CHECK(only(complaints("wan-links", {{"ams--lon", "from", "pop_amz"}})) ==
        R"(column "from" must be the id of a row of wan-nodes, got "pop_amz" (did you mean "pop_ams"?))");
  CHECK(only(complaints("antennas", {{"be", "factory", "LUMI-AIF"}})) == "not one");  // letter case aside
  CHECK(complaints("job-mixes", {{"seren.eval", "id", "seren.new"}}) ==
        Lines{R"(own.csv:2:1: column "id" needs rows of job-sizes whose class is "seren.new")",
              R"(own.csv:2:1: column "id" needs rows of job-durations whose class is "seren.new")"});
  CHECK(only(complaints("cost-parameters", {{"discount_rate/EU", "unit", "1"}})) == "not one");
}

TEST_CASE("a cost parameter's bounds are those of its unit, and rows of one parameter have one unit",
          "[catalogue][schema]") {
  const Table& table = *find_table("cost-parameters");
  const auto row = std::find_if(table.rows.begin(), table.rows.end(),
                                [](const Row& r) { return r["parameter"] == "building_price" && r["region"] == "DE"; });
  REQUIRE(row != table.rows.end());
  const auto lines = complaints("cost-parameters", {{row->id(), "best", "-1"}});
  REQUIRE(lines.size() == 1);
  CHECK(lines[0].find(R"(column "best" must be from 0 to 100,000 MEUR/MW, got "-1")") != std::string::npos);
  const auto other = complaints("cost-parameters", {{row->id(), "unit", "EUR/m2"}});
  REQUIRE(other.size() == 1);
  CHECK(other[0].find(R"(column "unit" must be the same in every row of parameter "building_price")") !=
        std::string::npos);
}

TEST_CASE("a byte-order mark in front of an own table is passed over", "[catalogue][schema]") {
  CHECK(complaints("walltime-models", "\xEF\xBB\xBF" + own_text(*find_table("walltime-models"), {{"kth", "", ""}}))
            .empty());
}
