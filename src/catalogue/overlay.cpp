#include "gigasim/catalogue/overlay.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "csv.hpp"
#include "editions.hpp"
#include "gigasim/catalogue/access_modes.hpp"
#include "gigasim/catalogue/catalogue.hpp"
#include "gigasim/catalogue/column_change.hpp"
#include "gigasim/units/text.hpp"
#include "load.hpp"

namespace gigasim::catalogue {
namespace {

/// What the cells of a column must be, by the built-in ones.
struct ColumnRule {
  bool number = false, yes_no = false;
  bool required = false;           ///< of these two kinds, and never empty
  std::vector<std::string> words;  ///< one of these, where a column has words with a meaning
};

/// Columns whose words the models act on: another one would be taken for none of them in silence.
struct WordColumn {
  std::string_view kind, column;
};
constexpr std::array kWordColumns{WordColumn{"training-runs", "level"}, WordColumn{"training-runs", "kind"},
                                  WordColumn{"training-runs", "dp_mode"}, WordColumn{"training-runs", "recompute"},
                                  WordColumn{"inference-benchmarks", "kind"}};

std::vector<std::string> words_of(const Table& table, std::size_t column) {
  const bool has_words = std::any_of(kWordColumns.begin(), kWordColumns.end(), [&](const WordColumn& one) {
    return one.kind == table.kind && one.column == table.columns[column];
  });
  if (!has_words) return {};
  std::set<std::string> words;
  for (const Row& row : table.rows) words.insert(row.cells[column]);
  words.erase("");
  return {words.begin(), words.end()};
}

ColumnRule rule_of(const Table& table, std::size_t column, const std::set<std::string>& numeric) {
  const auto all = [&](auto holds) {
    return std::all_of(table.rows.begin(), table.rows.end(), [&](const Row& row) { return holds(row.cells[column]); });
  };
  ColumnRule rule;
  rule.number = numeric.contains(table.columns[column]);
  rule.yes_no = all([](const std::string& cell) { return cell == "yes" || cell == "no" || cell.empty(); }) &&
                !all([](const std::string& cell) { return cell.empty(); });
  rule.required = (rule.number || rule.yes_no) && all([](const std::string& cell) { return !cell.empty(); });
  rule.words = words_of(table, column);
  return rule;
}

std::vector<ColumnRule> rules_of(const Table& table) {
  const auto names = numeric_columns(table);
  const std::set<std::string> numeric{names.begin(), names.end()};
  std::vector<ColumnRule> rules;
  for (std::size_t c = 0; c < table.columns.size(); ++c) rules.push_back(rule_of(table, c, numeric));
  return rules;
}

/// What a cell breaks; empty when nothing.
std::string breach_of(const ColumnRule& rule, const std::string& cell) {
  if (cell.empty()) return rule.required ? "must not be empty" : "";
  if (rule.number && !units::parse_number(cell)) return fmt::format("must be a number, got \"{}\"", cell);
  if (rule.yes_no && cell != "yes" && cell != "no") return fmt::format("must be yes or no, got \"{}\"", cell);
  if (!rule.words.empty() && std::find(rule.words.begin(), rule.words.end(), cell) == rule.words.end()) {
    const auto near = units::nearest(cell, rule.words);
    return fmt::format("must be {}, got \"{}\"{}", fmt::join(rule.words, " | "), cell,
                       near ? fmt::format(" (did you mean \"{}\"?)", *near) : "");
  }
  return "";
}

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

/// Reads one file into rows of the built-in table's columns.
class OverlayReader {
 public:
  OverlayReader(const OverlayFile& file, const Table& table, std::vector<OverlayProblem>& problems)
      : file_(file), table_(table), problems_(problems) {}

  [[nodiscard]] std::vector<Row> read() {
    std::vector<Row> rows;
    const std::vector<CsvRecord> records = parsed();
    if (records.empty() || !read_header(records.front())) return rows;
    const std::vector<ColumnRule> rules = rules_of(table_);
    if (records.size() == 1) complain(1, "there is no row below the header");
    for (std::size_t r = 1; r < records.size(); ++r) add_row(records[r], rules, rows);
    return rows;
  }

 private:
  void complain(int line, std::string text) { problems_.push_back({file_.file, line, std::move(text)}); }

  std::vector<CsvRecord> parsed() {
    try {
      auto records = parse_csv(file_.text);
      if (records.empty()) complain(1, fmt::format("the file is empty: it needs the columns of {}", table_.kind));
      return records;
    } catch (const CsvProblem& problem) {
      complain(problem.line(), problem.problem());
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
      complain(header.line, twice ? fmt::format("column \"{}\" stands twice", cells[i])
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
        complain(header.line,
                 fmt::format("column \"{}\" is missing (`gigasim catalogue list {} --format csv` shows all)", column,
                             table_.kind));
        good = false;
      }
      place_.push_back(static_cast<std::size_t>(found - cells.begin()));
    }
    return good;
  }

  void add_row(const CsvRecord& record, const std::vector<ColumnRule>& rules, std::vector<Row>& rows) {
    if (record.cells.size() != width_) {
      return complain(record.line, fmt::format("{} cells, the header has {}", record.cells.size(), width_));
    }
    Row row{table_.columns, {}, record.line, file_.file};
    for (std::size_t c = 0; c < place_.size(); ++c) {
      row.cells.push_back(record.cells[place_[c]]);
      const std::string breach = breach_of(rules[c], row.cells.back());
      if (!breach.empty()) complain(record.line, fmt::format("column \"{}\" {}", table_.columns[c], breach));
    }
    if (row.id().empty()) return complain(record.line, "the id is empty");
    const auto [first, is_new] = lines_.emplace(row.id(), record.line);
    if (!is_new) {
      return complain(record.line, fmt::format("id \"{}\" stands twice (first at line {})", row.id(), first->second));
    }
    rows.push_back(std::move(row));
  }

  const OverlayFile& file_;
  const Table& table_;
  std::vector<OverlayProblem>& problems_;
  std::vector<std::size_t> place_;
  std::size_t width_ = 0;  // of the file
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

/// Makes every typed view, and checks what refers to other tables.
void look_at_all() {
  static_cast<void>(accelerators());
  for (const Country& country : countries()) static_cast<void>(find_carbon_intensity(country.code));
  static_cast<void>(find_job_class(""));
  static_cast<void>(find_arrival_profile(""));
  static_cast<void>(find_walltime_model(""));
  static_cast<void>(find_burst_law(""));
  static_cast<void>(access_modes());
  std::set<std::string> nodes;
  for (const WanNode& node : wan_nodes()) nodes.insert(node.id);
  for (const WanLink& link : wan_links()) {
    for (const std::string& end : {link.from, link.to}) {
      if (!nodes.contains(end))
        throw std::logic_error{fmt::format(R"(link "{}" ends at an unknown node "{}")", link.id, end)};
    }
  }
}

/// What the typed views cannot do with the new rows, as far as their cells do not show it.
void check_views(Edition edition, const OverlayFile& file, std::vector<OverlayProblem>& problems) {
  const ScopedEdition in_use{edition};
  try {
    look_at_all();
  } catch (const std::logic_error& error) {
    problems.push_back({file.file, 1, error.what()});
  }
}

}  // namespace

Edition edition_with(const std::vector<OverlayFile>& files, std::vector<OverlayProblem>& problems) {
  if (files.empty()) return kBuiltIn;
  const std::string content = content_of(files);
  if (const auto known = known_edition(content)) return *known;
  std::vector<Table> tables = builtin_tables();
  const std::size_t before = problems.size();
  for (const OverlayFile& file : files) {
    const auto table = std::find_if(tables.begin(), tables.end(), [&](const Table& t) { return t.kind == file.kind; });
    if (table == tables.end()) throw std::logic_error{fmt::format("the catalogue has no kind \"{}\"", file.kind)};
    put(*table, OverlayReader{file, *table, problems}.read());
  }
  if (problems.size() > before) return kBuiltIn;
  const Edition edition = add_edition(content, std::move(tables));
  check_views(edition, files.front(), problems);
  if (problems.size() > before) {
    forget_edition(content);
    return kBuiltIn;
  }
  return edition;
}

}  // namespace gigasim::catalogue
