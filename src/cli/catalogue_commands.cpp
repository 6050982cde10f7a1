#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "gigasim/catalogue/overlay.hpp"
#include "gigasim/catalogue/table.hpp"
#include "gigasim/report/rows.hpp"
#include "gigasim/scenario/load.hpp"
#include "gigasim/units/text.hpp"

namespace gigasim::cli {
namespace {

constexpr int kWidestCell = 44;

std::string did_you_mean(const std::string& word, const std::vector<std::string>& known) {
  const auto guess = units::nearest(word, known);
  return guess ? fmt::format(", did you mean \"{}\"?", *guess) : "";
}

const catalogue::Table& table_of(const std::string& kind) {
  if (const auto* table = catalogue::find_table(kind)) return *table;
  std::vector<std::string> kinds;
  for (const auto& table : catalogue::tables()) kinds.push_back(table.kind);
  throw UsageError(fmt::format("no kind of facts is called \"{}\"{} (`gigasim catalogue list` lists the kinds)", kind,
                               did_you_mean(kind, kinds)));
}

ExitCode list_kinds() {
  report::Rows rows{{"kind", "rows", "what it holds"}};
  for (const auto& table : catalogue::tables()) {
    rows.push_back({table.kind, std::to_string(table.rows.size()), table.description});
  }
  print(report::aligned(rows));
  return ExitCode::kSuccess;
}

/// The built-in facts with a user's table of one kind.
void use_own_table(const std::string& kind, const std::string& file) {
  if (kind.empty()) throw UsageError("--with needs the KIND of which the file is a table");
  static_cast<void>(table_of(kind));
  std::ifstream in{file, std::ios::binary};
  if (!in || std::filesystem::is_directory(file)) throw UsageError(fmt::format("{}: cannot be read", file));
  std::string text{std::istreambuf_iterator<char>{in}, std::istreambuf_iterator<char>{}};
  std::vector<catalogue::OverlayProblem> problems;
  catalogue::use_edition(catalogue::edition_with({{kind, file, std::move(text)}}, problems));
  std::vector<std::string> messages;
  messages.reserve(problems.size());
  for (const auto& problem : problems) {
    messages.push_back(fmt::format("{}:{}:1: {}", problem.file, problem.line, problem.text));
  }
  if (!messages.empty()) throw scenario::ScenarioError{messages};
}

ExitCode list_rows(const std::string& kind, const std::string& format) {
  const auto& table = table_of(kind);
  report::Rows rows{table.columns};
  for (const auto& row : table.rows) rows.push_back(row.cells);
  if (format == "csv") {
    print(report::as_csv(rows));
    return ExitCode::kSuccess;
  }
  if (format == "json") {
    nlohmann::ordered_json all = nlohmann::ordered_json::array();
    for (const auto& row : table.rows) {
      auto& object = all.emplace_back(nlohmann::ordered_json::object());
      for (std::size_t i = 0; i < table.columns.size(); ++i) object[table.columns[i]] = row.cells[i];
    }
    print(all.dump(2) + "\n");
    return ExitCode::kSuccess;
  }
  // The table for people leaves the sources to `cite`, and notes to `show`.
  for (auto& row : rows) row.pop_back();
  print(report::aligned(rows, kWidestCell));
  return ExitCode::kSuccess;
}

using Match = std::pair<const catalogue::Table*, const catalogue::Row*>;

std::vector<Match> find_everywhere(const std::string& id) {
  std::vector<Match> found;
  std::vector<std::string> known;
  for (const auto& table : catalogue::tables()) {
    for (const auto& row : table.rows) {
      if (row.id() == id) found.emplace_back(&table, &row);
    }
    const auto ids = table.ids();
    known.insert(known.end(), ids.begin(), ids.end());
  }
  if (found.empty()) {
    throw UsageError(fmt::format("nothing in the catalogue has the id \"{}\"{}", id, did_you_mean(id, known)));
  }
  return found;
}

ExitCode show(const std::string& id) {
  std::string text;
  for (const auto& [table, row] : find_everywhere(id)) {
    report::Rows rows{{table->kind, ""}};
    for (std::size_t i = 0; i < table->columns.size(); ++i) {
      if (!row->cells[i].empty()) rows.push_back({"  " + table->columns[i], row->cells[i]});
    }
    text += (text.empty() ? "" : "\n") + report::aligned(rows);
  }
  print(text);
  return ExitCode::kSuccess;
}

ExitCode cite(const std::string& id) {
  std::string text;
  const auto add = [&](const catalogue::Table& table, const catalogue::Row& row) {
    text += fmt::format("{}/{} ({}): {}\n", table.kind, row.id(), row["confidence"], row["source"]);
  };
  if (!id.empty()) {
    for (const auto& [table, row] : find_everywhere(id)) add(*table, *row);
  } else {
    for (const auto& table : catalogue::tables()) {
      for (const auto& row : table.rows) add(table, row);
    }
  }
  print(text);
  return ExitCode::kSuccess;
}

}  // namespace

void add_catalogue_commands(CLI::App& app, const GlobalOptions& /*options*/, Action& action) {
  auto* command = app.add_subcommand("catalogue", "the built-in facts, each with its source and confidence");
  command->require_subcommand(1);
  command->fallthrough();

  auto* list = command->add_subcommand("list", "the kinds of facts, or the rows of one kind");
  auto kind = std::make_shared<std::string>();
  auto format = std::make_shared<std::string>("table");
  list->add_option("KIND", *kind, "as in the first column of `gigasim catalogue list`");
  list->add_option("--format", *format, "what goes to stdout")
      ->check(CLI::IsMember({"table", "csv", "json"}))
      ->capture_default_str();
  auto own = std::make_shared<std::string>();
  list->add_option("--with", *own, "a CSV file with the columns of KIND, over the built-in rows")->type_name("FILE");
  list->callback([=, &action] {
    action = [=] {
      if (!own->empty()) use_own_table(*kind, *own);
      return kind->empty() ? list_kinds() : list_rows(*kind, *format);
    };
  });

  auto* show_command = command->add_subcommand("show", "everything about one row");
  auto shown = std::make_shared<std::string>();
  show_command->add_option("ID", *shown, "id of a row of any kind")->required();
  show_command->callback([=, &action] { action = [=] { return show(*shown); }; });

  auto* cite_command = command->add_subcommand("cite", "source and confidence of one row, or of all");
  auto cited = std::make_shared<std::string>();
  cite_command->add_option("ID", *cited, "id of a row of any kind");
  cite_command->callback([=, &action] { action = [=] { return cite(*cited); }; });
}

}  // namespace gigasim::cli
