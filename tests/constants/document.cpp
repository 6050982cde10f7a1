#include "document.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "gigasim/catalogue/table.hpp"
#include "gigasim/units/model_constant.hpp"
#include "gigasim/units/text.hpp"
#include "listed.hpp"

namespace gigasim::constants {
namespace {

constexpr const char* kIntroduction = R"(# The model's constants

Written by `tests/constants`, from the declarations in the code and the tables of the catalogue; do not edit. After a change:
`GIGASIM_UPDATE_DOCS=1 build/release/tests/constants/constants_test "docs/*"`.

Every number that the model holds to be true is here: those that stand in the code, and every numeric column of the catalogue. A test changes
each by 0.1 %, alone, and runs the scenario named here: some figure of the network, a site, an access class or a label must move. So a
number that is changed by mistake cannot go unnoticed. What has no effect yet says why, and the same test fails when it gains one. A new
constant or column without a line here fails too, and so does a bare number in the code (`tests/constants/source_scan.py`).

"Next whole number": 0.1 % of a small count is none, so that it changes to the next one. "Row": changed in one row alone, because a change
of all would cancel out (shares are normalised) or break a range. Online dates are no numbers and are not here; the scenarios that use them
state their period.
)";

std::string effect(const Listed& entry) {
  std::string text = entry.shown_by.empty() ? fmt::format("no effect on results yet: {}", entry.why_not)
                                            : fmt::format("`{}`", entry.shown_by);
  if (entry.whole) text += "; next whole number";
  if (!entry.row.empty()) text += fmt::format("; row `{}`", entry.row);
  return text;
}

std::string constants_table(const std::vector<Listed>& entries) {
  std::string text =
      "\n## In the code\n\n| name | value | unit | used for | source | shown by |\n|---|---|---|---|---|---|\n";
  for (const units::ModelConstant* constant : units::model_constants()) {
    const auto& about = constant->about();
    const auto entry =
        std::find_if(entries.begin(), entries.end(), [&](const Listed& e) { return e.name == about.name; });
    text += fmt::format("| `{}` | {} | {} | {} | {} | {}{} |\n", about.name, units::format_number(constant->value()),
                        about.unit, about.used_for, about.source,
                        entry == entries.end() ? "not classified" : effect(*entry),
                        about.whole ? "; next whole number" : "");
  }
  return text;
}

std::size_t count_numbers(const catalogue::Table& table, const std::string& column) {
  return static_cast<std::size_t>(std::count_if(table.rows.begin(), table.rows.end(),
                                                [&](const catalogue::Row& row) { return !row[column].empty(); }));
}

std::string columns_table(const std::vector<Listed>& entries) {
  std::string text =
      "\n## In the catalogue\n\nSource and confidence stand in each row (`gigasim catalogue cite ID`).\n\n"
      "| column | numbers | shown by |\n|---|---|---|\n";
  for (const Listed& entry : entries) {
    if (entry.kind.empty()) continue;
    const catalogue::Table* table = catalogue::find_table(entry.kind);
    text += fmt::format("| `{}` | {} | {} |\n", entry.name, table == nullptr ? 0 : count_numbers(*table, entry.column),
                        effect(entry));
  }
  return text;
}

}  // namespace

std::string document() {
  const std::vector<Listed> entries = listed();
  return kIntroduction + constants_table(entries) + columns_table(entries);
}

}  // namespace gigasim::constants
