#include "gigasim/catalogue/overlay.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "csv.hpp"
#include "editions.hpp"
#include "gigasim/units/text.hpp"
#include "load.hpp"
#include "table_checks.hpp"

namespace gigasim::catalogue {
namespace {

/// Other names under which measurements are passed on, and what of them nobody needs: it follows from the rest.
struct OtherName {
  std::string_view kind, name, column;  ///< no column: not needed
};
constexpr std::array kOtherNames{OtherName{"training-runs", "run_id", "id"},
                                 OtherName{"training-runs", "n_acc", "accelerators"},
                                 OtherName{"training-runs", "acc_hours", "accelerator_hours"},
                                 OtherName{"training-runs", "fit_half", "half"},
                                 OtherName{"training-runs", "notes", "note"},
                                 OtherName{"training-runs", "model_tflops_per_acc", ""},
                                 OtherName{"training-runs", "mfu_pct", ""},
                                 OtherName{"training-runs", "mfu_basis", ""},
                                 OtherName{"training-runs", "step_time_s", ""},
                                 OtherName{"inference-benchmarks", "row_id", "id"},
                                 OtherName{"inference-benchmarks", "n_acc", "accelerators"},
                                 OtherName{"inference-benchmarks", "isl", "input_tokens"},
                                 OtherName{"inference-benchmarks", "osl", "output_tokens"},
                                 OtherName{"inference-benchmarks", "output_tok_s_system", "output_tokens_per_s"},
                                 OtherName{"inference-benchmarks", "fit_half", "half"},
                                 OtherName{"inference-benchmarks", "notes", "note"},
                                 OtherName{"inference-benchmarks", "output_tok_s_per_acc", ""},
                                 OtherName{"inference-benchmarks", "node_power_w", ""}};

/// The column of the table that a name in a header stands for: itself where it is no other name; empty when not needed.
std::string column_named(std::string_view kind, const std::string& name) {
  const auto* const other = std::find_if(kOtherNames.begin(), kOtherNames.end(),
                                         [&](const OtherName& one) { return one.kind == kind && one.name == name; });
  return other == kOtherNames.end() ? name : std::string{other->column};
}

/// Reads one file into rows of the built-in table's columns, and says where a cell stands in it.
class OverlayReader {
 public:
  OverlayReader(const OverlayFile& file, const Table& table, std::vector<OverlayProblem>& problems)
      : file_(file), text_(without_mark(file.text)), table_(table), problems_(problems) {}

  [[nodiscard]] std::vector<Row> read() {
    std::vector<Row> rows;
    const std::vector<CsvRecord> records = parsed();
    if (records.empty() || !read_header(records.front())) return rows;
    if (records.size() == 1) complain({}, "there is no row below the header");
    for (std::size_t r = 1; r < records.size(); ++r) add_row(records[r], rows);
    return rows;
  }

  [[nodiscard]] const std::string& file() const { return file_.file; }
  void complain(const CellProblem& problem) {
    const auto column = std::find(table_.columns.begin(), table_.columns.end(), problem.column);
    const auto index = static_cast<std::size_t>(column - table_.columns.begin());
    complain(place_of_cell(text_, problem.row->line, place_.at(index)),
             fmt::format("column \"{}\" {}", problem.column, problem.text));
  }

 private:
  static std::string_view without_mark(std::string_view text) {
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
    return text;
  }

  void complain(const CellPlace& place, std::string text) {
    problems_.push_back({file_.file, place.line, place.column, std::move(text)});
  }

  std::vector<CsvRecord> parsed() {
    try {
      auto records = parse_csv(text_);
      if (records.empty()) complain({}, fmt::format("the file is empty: it needs the columns of {}", table_.kind));
      return records;
    } catch (const CsvProblem& problem) {
      complain({problem.line(), 1}, problem.problem());
      return {};
    }
  }

  /// Finds where each column of the table stands in the file.
  bool read_header(const CsvRecord& header) {
    std::vector<std::string> cells;
    for (const std::string& name : header.cells) cells.push_back(column_named(table_.kind, name));
    width_ = cells.size();
    bool good = true;
    std::vector<std::string> meant;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (cells[i].empty() && !header.cells[i].empty()) continue;
      const auto known = std::find(table_.columns.begin(), table_.columns.end(), cells[i]);
      const bool twice = std::find(cells.begin(), cells.begin() + static_cast<std::ptrdiff_t>(i), cells[i]) !=
                         cells.begin() + static_cast<std::ptrdiff_t>(i);
      if (known != table_.columns.end() && !twice) continue;
      const auto near = units::nearest(cells[i], table_.columns);
      complain(place_of_cell(text_, header.line, i),
               twice ? fmt::format("column \"{}\" stands twice", cells[i])
                     : fmt::format("{} has no column \"{}\"{}", table_.kind, cells[i],
                                   near ? fmt::format(" (did you mean \"{}\"?)", *near) : ""));
      if (!twice && near) meant.push_back(*near);
      good = false;
    }
    for (const std::string& column : table_.columns) {
      const auto found = std::find(cells.begin(), cells.end(), column);
      if (found == cells.end() && std::find(meant.begin(), meant.end(), column) != meant.end()) {
        good = false;  // said already
      } else if (found == cells.end()) {
        complain({header.line, 1},
                 fmt::format("column \"{}\" is missing (`gigasim catalogue list {} --format csv` shows all)", column,
                             table_.kind));
        good = false;
      }
      place_.push_back(static_cast<std::size_t>(found - cells.begin()));
    }
    return good;
  }

  void add_row(const CsvRecord& record, std::vector<Row>& rows) {
    if (record.cells.size() != width_) {
      return complain({record.line, 1}, fmt::format("{} cells, the header has {}", record.cells.size(), width_));
    }
    Row row{table_.columns, {}, record.line, file_.file};
    for (const std::size_t place : place_) row.cells.push_back(record.cells[place]);
    const CellPlace at_id = place_of_cell(text_, record.line, place_.front());
    if (row.id().empty()) return complain(at_id, "the id is empty");
    const auto [first, is_new] = lines_.emplace(row.id(), record.line);
    if (!is_new) {
      return complain(at_id, fmt::format("id \"{}\" stands twice (first at line {})", row.id(), first->second));
    }
    std::vector<CellProblem> found;
    check_row(find_kind(table_.kind)->schema, row, found);
    for (const CellProblem& problem : found) complain(problem);
    rows.push_back(std::move(row));
  }

  const OverlayFile& file_;
  std::string_view text_;
  const Table& table_;
  std::vector<OverlayProblem>& problems_;
  std::vector<std::size_t> place_;  // of each column of the table in the file
  std::size_t width_ = 0;           // of the file
  std::map<std::string, int> lines_;
};

void put(Table& table, std::vector<Row> rows) {
  for (Row& row : rows) {
    const auto same =
        std::find_if(table.rows.begin(), table.rows.end(), [&](const Row& other) { return other.id() == row.id(); });
    if (same == table.rows.end()) {
      table.rows.push_back(std::move(row));
    } else {
      *same = std::move(row);
    }
  }
}

std::string content_of(const std::vector<OverlayFile>& files) {
  std::string content;
  for (const OverlayFile& file : files) {
    for (const std::string* part : {&file.kind, &file.file, &file.text}) content.append(*part).push_back('\0');
  }
  return content;
}

/// Tells each problem where the row stands that it is about.
void check_together(const std::vector<Table>& tables, std::vector<OverlayReader>& readers) {
  std::vector<CellProblem> found;
  check_tables(tables, found);
  for (const CellProblem& problem : found) {
    const auto reader = std::find_if(readers.begin(), readers.end(),
                                     [&](const OverlayReader& one) { return one.file() == problem.row->file; });
    if (reader == readers.end()) {
      throw std::logic_error{
          fmt::format("the built-in row \"{}\": {} {}", problem.row->id(), problem.column, problem.text)};
    }
    reader->complain(problem);
  }
}

}  // namespace

Edition edition_with(const std::vector<OverlayFile>& files, std::vector<OverlayProblem>& problems) {
  if (files.empty()) return kBuiltIn;
  const std::string content = content_of(files);
  if (const auto known = known_edition(content)) return *known;
  std::vector<Table> tables = builtin_tables();
  std::vector<OverlayReader> readers;
  readers.reserve(files.size());
  const std::size_t before = problems.size();
  for (const OverlayFile& file : files) {
    const auto table = std::find_if(tables.begin(), tables.end(), [&](const Table& t) { return t.kind == file.kind; });
    if (table == tables.end()) throw std::logic_error{fmt::format("the catalogue has no kind \"{}\"", file.kind)};
    put(*table, readers.emplace_back(file, *table, problems).read());
  }
  if (problems.size() > before) return kBuiltIn;
  for (Table& table : tables) sort_curves(table);
  check_together(tables, readers);
  return problems.size() > before ? kBuiltIn : add_edition(content, std::move(tables));
}

}  // namespace gigasim::catalogue
