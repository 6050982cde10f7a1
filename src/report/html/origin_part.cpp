#include <fmt/format.h>

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
  const Json* refused = json_at(result.results, "refused");
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

void add_row(TextTable& table, std::string name, const Results& results, std::string (*text)(const Result&)) {
  std::vector<Cell>& row = table.rows.emplace_back();
  row.push_back({std::move(name)});
  for (const Result& result : results) row.push_back({text(result)});
}

std::string or_dash(std::string text) {
  return text.empty() ? "–" : text;
}

std::string inputs(const Result& result) {
  std::string text;
  for (const Json& input : list_at(result.manifest, "inputs")) {
    text += fmt::format("{}{} (SHA-256 {})", text.empty() ? "" : "; ", string_at(input, "path"),
                        string_at(input, "sha256"));
  }
  return or_dash(text);
}

std::string overrides(const Result& result) {
  std::string text;
  for (const Json& change : list_at(result.manifest, "overrides")) {
    const Json* value = json_at(change, "value");
    text += fmt::format("{}{} = {}", text.empty() ? "" : "; ", string_at(change, "path"),
                        value == nullptr     ? ""
                        : value->is_string() ? value->get<std::string>()
                                             : value->dump());
  }
  return or_dash(text);
}

std::string seed(const Result& result) {
  const Json* value = json_at(result.results, "scenario.seed");
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
    out += "<ul class=\"warnings\">\n";
    for (const std::string& line : lines) out += fmt::format("<li>{}</li>\n", escaped(line));
    out += "</ul>\n";
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
          [](const Result& r) { return or_dash(string_at(r.manifest, "catalogue_digest")); });
  return paragraph("The same scenario, seed and version give the same figures on every machine.") +
         table(facts, "What the figures were made from");
}

}  // namespace gigasim::report::html
