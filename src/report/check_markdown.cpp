#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "check_counts.hpp"
#include "gigasim/report/ci.hpp"
#include "text_table.hpp"

namespace gigasim::report {
namespace {

std::string_view outcome_sign(CheckOutcome outcome) {
  switch (outcome) {
    case CheckOutcome::kFailed:
      return "✗ failed";
    case CheckOutcome::kError:
      return "✗ error";
    case CheckOutcome::kSkipped:
      return "skipped";
    case CheckOutcome::kPassed:
      break;
  }
  return "✓ passed";
}

std::string plural(std::size_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

/// "✗ 2 failed, 1 error, 1 skipped, ✓ 3 passed"
std::string heading(std::span<const CheckSuite> suites) {
  const auto count = [&](CheckOutcome outcome) { return count_of(suites, outcome); };
  std::string bad;
  if (const auto n = count(CheckOutcome::kFailed); n > 0) bad = fmt::format("{} failed", n);
  if (const auto n = count(CheckOutcome::kError); n > 0) {
    bad += (bad.empty() ? "" : ", ") + plural(n, "error", "errors");
  }
  std::string text = bad.empty() ? "" : "✗ " + bad + ", ";
  if (const auto n = count(CheckOutcome::kSkipped); n > 0) text += fmt::format("{} skipped, ", n);
  return text + fmt::format("✓ {} passed", count(CheckOutcome::kPassed));
}

using Picked = std::vector<std::pair<const CheckSuite*, const CheckCase*>>;

Picked pick(std::span<const CheckSuite> suites, std::initializer_list<CheckOutcome> outcomes) {
  Picked picked;
  for (const CheckOutcome outcome : outcomes) {
    for (const CheckSuite& suite : suites) {
      for (const CheckCase& c : suite.cases) {
        if (c.outcome == outcome) picked.emplace_back(&suite, &c);
      }
    }
  }
  return picked;
}

/// Columns that say nothing (one suite, no message) are left out.
std::string case_table(const Picked& cases, bool many_suites, bool passed) {
  TextTable table;
  if (!passed) table.columns.push_back({"outcome", false, 0});
  if (many_suites) table.columns.push_back({"suite", false, 0});
  table.columns.insert(table.columns.end(), {{"group", false, 0}, {"check", false, 0}});
  if (!passed) table.columns.push_back({"message", false, 0});
  for (const auto& [suite, c] : cases) {
    auto& cells = table.rows.emplace_back();
    if (!passed) cells.push_back({std::string{outcome_sign(c->outcome)}});
    if (many_suites) cells.push_back({suite->name});
    cells.insert(cells.end(), {{c->group}, {c->name}});
    if (!passed) cells.push_back({c->message});
  }
  return markdown_table(table);
}

/// A fence longer than any run of backticks in the text: nothing in it can end the block.
std::string fenced(std::string_view text) {
  std::size_t longest = 2;
  std::size_t run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  const std::string fence(longest + 1, '`');
  return fmt::format("{}text\n{}{}{}\n", fence, text, text.ends_with('\n') ? "" : "\n", fence);
}

/// The blank lines let Markdown begin again within the HTML.
std::string folded(std::string_view summary, std::string_view content) {
  return fmt::format("\n<details>\n<summary>{}</summary>\n\n{}\n</details>\n", summary, content);
}

std::string case_details(const Picked& cases) {
  std::string out;
  for (const auto& [suite, c] : cases) {
    if (c->details.empty()) continue;
    const std::string title = c->group.empty() ? c->name : c->group + ": " + c->name;
    out += folded(html_text(title), fenced(c->details));
  }
  return out;
}

}  // namespace

std::string to_check_markdown(std::span<const CheckSuite> suites) {
  std::string out = "## " + heading(suites) + '\n';
  const Picked open = pick(suites, {CheckOutcome::kFailed, CheckOutcome::kError, CheckOutcome::kSkipped});
  if (!open.empty()) out += '\n' + case_table(open, suites.size() > 1, false) + case_details(open);
  const Picked passed = pick(suites, {CheckOutcome::kPassed});
  if (passed.empty()) return out;
  return out + folded(fmt::format("✓ {} passed", passed.size()), case_table(passed, suites.size() > 1, true));
}

}  // namespace gigasim::report
