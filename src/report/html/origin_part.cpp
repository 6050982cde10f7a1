#include <fmt/format.h>

#include <span>
#include <string>
#include <vector>

#include "gigasim/report/humane.hpp"
#include "markup.hpp"
#include "result_file.hpp"
#include "sections.hpp"

namespace gigasim::report::html {
namespace {

std::vector<std::string> warnings_of(const Result& result) {
  std::vector<std::string> lines = strings_at(result.results, "warnings");
  const Json* refused = value_at(result.results, "refused");
  if (refused == nullptr || !refused->is_object()) return lines;
  for (const auto& [reason, count] : refused->items()) {
    if (!count.is_number_integer()) continue;
    lines.push_back(
        fmt::format("{} refused over the whole run: {}.", humane::count(count.get<std::int64_t>(), "job"), reason));
  }
  return lines;
}

/// Expectations that are not met are as much of a warning as anything.
void add_expectations(const Result& result, std::vector<std::string>& lines) {
  for (const Json& expectation : list_at(result.results, "expectations")) {
    const std::string verdict = string_at(expectation, "verdict");
    if (verdict == "met") continue;
    lines.push_back(fmt::format("Expectation {}: {}", verdict, string_at(expectation, "text")));
  }
}

std::string items(std::span<const std::string> lines) {
  std::string out = "<ul>\n";
  for (const std::string& line : lines) out += fmt::format("<li>{}</li>\n", escaped(line));
  return out + "</ul>\n";
}

/// Of many warnings the rest is folded.
std::string warning_list(const std::vector<std::string>& lines) {
  constexpr std::size_t kMany = 8;
  constexpr std::size_t kFirst = 5;
  const std::span all{lines};
  if (all.size() <= kMany) return items(all);
  return items(all.first(kFirst)) + folded(fmt::format("{} more", all.size() - kFirst), items(all.subspan(kFirst)));
}

void add_row(TextTable& table, std::string name, const Results& results, std::string (*text)(const Result&)) {
  std::vector<Cell>& row = table.rows.emplace_back();
  row.push_back({std::move(name)});
  for (const Result& result : results) row.push_back({text(result)});
}

/// The beginning of a digest, enough to tell two apart.
std::string digest(std::string_view hex) {
  constexpr std::size_t kShown = 12;
  return hex.size() <= kShown ? std::string{hex} : fmt::format("{}…", hex.substr(0, kShown));
}

std::string inputs(const Result& result) {
  std::string text;
  for (const Json& input : list_at(result.manifest, "inputs")) {
    text += fmt::format("{}{} (SHA-256 {})", text.empty() ? "" : "; ", string_at(input, "path"),
                        digest(string_at(input, "sha256")));
  }
  return or_dash(text);
}

std::string overrides(const Result& result) {
  std::string text;
  for (const Json& change : list_at(result.manifest, "overrides")) {
    const Json* value = value_at(change, "value");
    text += fmt::format("{}{} = {}", text.empty() ? "" : "; ", string_at(change, "path"),
                        value == nullptr     ? ""
                        : value->is_string() ? value->get<std::string>()
                                             : value->dump());
  }
  return or_dash(text);
}

std::string seed(const Result& result) {
  const Json* value = value_at(result.results, "scenario.seed");
  return value != nullptr && value->is_number() ? value->dump() : "–";
}

}  // namespace

std::string warnings_part(const Results& results) {
  std::string out;
  for (const Result& result : results) {
    std::vector<std::string> lines = warnings_of(result);
    add_expectations(result, lines);
    if (lines.empty()) continue;
    if (results.size() > 1) out += fmt::format("<h3>{}</h3>\n", escaped(result.label));
    out += warning_list(lines);
  }
  return out;
}

std::string origin_part(const Results& results) {
  TextTable facts{{{"", false, 0}}, {}};
  for (const Result& result : results) facts.columns.push_back({result.label, false, 0});
  add_row(facts, "Scenario", results, [](const Result& r) { return or_dash(r.summary.scenario); });
  add_row(facts, "Variant", results,
          [](const Result& r) { return r.summary.variant.empty() ? "base" : r.summary.variant; });
  add_row(facts, "Seed", results, seed);
  add_row(facts, "Results period begins", results,
          [](const Result& r) { return or_dash(string_at(r.results, "period.results_begin")); });
  add_row(facts, "Results period ends", results,
          [](const Result& r) { return or_dash(string_at(r.results, "period.results_end")); });
  add_row(facts, "gigasim", results, [](const Result& r) { return or_dash(string_at(r.results, "gigasim_version")); });
  add_row(facts, "SimGrid", results, [](const Result& r) { return or_dash(string_at(r.manifest, "simgrid_version")); });
  add_row(facts, "Input files", results, inputs);
  add_row(facts, "Changed on the command line", results, overrides);
  add_row(facts, "Catalogue (SHA-256)", results,
          [](const Result& r) { return or_dash(digest(string_at(r.manifest, "catalogue_digest"))); });
  return paragraph(
             "The same scenario, seed and version give the same figures on every machine. Whole digests are in "
             "manifest.json of "
             "the result folder.") +
         table(facts, "What the figures were made from");
}

}  // namespace gigasim::report::html
