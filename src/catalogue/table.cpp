#include "gigasim/catalogue/table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <stdexcept>

#include "csv.hpp"
#include "gigasim/units/digest.hpp"
#include "gigasim/units/text.hpp"
#include "load.hpp"

namespace gigasim::catalogue {
namespace {

/// A column that nobody has declared would be read without bounds.
void check_columns(const Kind& kind, const Table& table) {
  const auto name = [](const Column& column) { return column.name; };
  if (std::ranges::equal(kind.schema.columns, table.columns, {}, name)) return;
  const auto undeclared = std::find_if(table.columns.begin(), table.columns.end(), [&](const std::string& column) {
    return std::ranges::find(kind.schema.columns, std::string_view{column}, name) == kind.schema.columns.end();
  });
  throw std::logic_error{
      fmt::format("{}: {}: declare its columns in the order of the table (columns_*.hpp)", table.file,
                  undeclared == table.columns.end() ? "the header and the schema differ"
                                                    : fmt::format("no schema has \"{}\"", *undeclared))};
}

void check_shape(const Table& table) {
  std::set<std::string_view> ids;
  for (const Row& row : table.rows) {
    if (row.cells.size() != table.columns.size()) {
      throw std::logic_error{fmt::format("{}:{}: {} cells, the header has {}", table.file, row.line, row.cells.size(),
                                         table.columns.size())};
    }
    if (!ids.insert(row.id()).second) {
      throw std::logic_error{fmt::format("{}:{}: id \"{}\" stands twice", table.file, row.line, row.id())};
    }
  }
}

const EmbeddedTable& embedded(std::string_view file) {
  const auto all = embedded_tables();
  const auto found = std::find_if(all.begin(), all.end(), [&](const EmbeddedTable& t) { return t.file == file; });
  if (found == all.end()) throw std::logic_error{fmt::format("no table {} was built in", file)};
  return *found;
}

std::vector<Table> load_all() {
  std::vector<Table> loaded;
  loaded.reserve(kinds().size());
  for (const Kind& kind : kinds()) {
    loaded.push_back(load_table(kind, whole_text(embedded(fmt::format("{}.csv", kind.name)))));
  }
  return loaded;
}

}  // namespace

const std::string& Row::operator[](std::string_view column) const {
  const auto found = std::find(columns.begin(), columns.end(), column);
  if (found == columns.end()) throw std::logic_error{fmt::format("the table of \"{}\" has no column {}", id(), column)};
  return cells[static_cast<std::size_t>(found - columns.begin())];
}

std::optional<double> Row::number(std::string_view column) const {
  const std::string& cell = (*this)[column];
  if (cell.empty()) return std::nullopt;
  const auto value = units::parse_number(cell);
  if (!value) throw std::logic_error{fmt::format(R"({} of "{}" is not a number: "{}")", column, id(), cell)};
  return value;
}

const Row* Table::find(std::string_view id) const {
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.id() == id; });
  return found == rows.end() ? nullptr : &*found;
}

std::vector<std::string> Table::ids() const {
  std::vector<std::string> all;
  all.reserve(rows.size());
  for (const Row& row : rows) all.push_back(row.id());
  return all;
}

std::string whole_text(const EmbeddedTable& table) {
  std::string text;
  for (const std::string_view piece : table.pieces) text += piece;
  return text;
}

Table load_table(const Kind& kind, const std::string& text) {
  std::vector<CsvRecord> records = parse_csv(text);
  if (records.empty()) throw std::logic_error{fmt::format("{}.csv has no header", kind.name)};
  Table table{std::string{kind.name},
              fmt::format("{}.csv", kind.name),
              std::string{kind.description},
              std::move(records.front().cells),
              {}};
  table.rows.reserve(records.size() - 1);
  for (auto record = records.begin() + 1; record != records.end(); ++record) {
    table.rows.push_back({table.columns, std::move(record->cells), record->line});
  }
  check_columns(kind, table);
  check_shape(table);
  return table;
}

std::string digest_of(std::span<const EmbeddedTable> tables) {
  std::string text;
  for (const EmbeddedTable& table : tables) {
    text.append(table.file).push_back('\0');
    text.append(whole_text(table)).push_back('\0');
  }
  return units::sha256_hex(text);
}

std::string citation_of(std::string_view kind, const Row& row, std::string_view confidence, std::string_view source) {
  if (row.file.empty()) return fmt::format("catalogue {}/{} ({}): {}", kind, row.id(), confidence, source);
  return fmt::format("{}:{} {}/{} (own: {}): {}", row.file, row.line, kind, row.id(), confidence, source);
}

std::vector<Table>& builtin_tables() {
  static std::vector<Table> all = load_all();
  return all;
}

std::span<const Table> tables() {
  return loaded_tables();
}

const Table* find_table(std::string_view kind) {
  const auto all = tables();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Table& table) { return table.kind == kind; });
  return found == all.end() ? nullptr : &*found;
}

const std::string& digest() {
  static const std::string value = digest_of(embedded_tables());
  return value;
}

}  // namespace gigasim::catalogue
