#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

#include "display_width.hpp"
#include "gigasim/report/profile.hpp"
#include "results_json.hpp"
#include "text_table.hpp"

namespace gigasim::report {
namespace {

using scenario::Finding;
using scenario::Profile;
using scenario::Standing;

/// One line of the comparison.
struct CheckRow {
  std::string site, lot;
  std::size_t criterion = 0;
  bool operator==(const CheckRow&) const = default;
};

CheckRow row_of(const Finding& finding) {
  return {finding.site, finding.lot, finding.criterion};
}

/// Rows of all bids in order of first appearance.
std::vector<CheckRow> rows_of(const std::vector<Bid>& bids) {
  std::vector<CheckRow> rows;
  for (const Bid& bid : bids) {
    for (const Finding& finding : bid.findings) {
      const CheckRow row = row_of(finding);
      if (std::find(rows.begin(), rows.end(), row) == rows.end()) rows.push_back(row);
    }
  }
  return rows;
}

std::string margin_words(const scenario::Criterion& criterion, double margin) {
  // Of shares, percentage points.
  const std::string size = criterion.kind == scenario::AmountKind::kShare
                               ? fmt::format("{:.4g} points", std::abs(margin) * 100.0)
                               : scenario::amount_text({criterion.kind, std::abs(margin)});
  if (margin >= 0.0) return fmt::format("{} to spare", size);
  return fmt::format("missed by {}", size);
}

/// "-7,500": where several bids share the width of a terminal. The unit is that of the value beside it.
std::string signed_margin(const scenario::Criterion& criterion, double margin) {
  const std::string text = scenario::amount_text({criterion.kind, std::abs(margin)});
  return fmt::format("{}{}", margin < 0.0 ? "-" : "+", text.substr(0, text.find(' ')));
}

Cell finding_cell(const Profile& profile, const Finding& finding, bool brief) {
  const scenario::Criterion& criterion = profile.criteria[finding.criterion];
  if (!finding.found) {
    return {brief ? "? not judged" : fmt::format("? cannot be judged: {}", finding.why), Mood::kWarning};
  }
  const std::string value = scenario::amount_text({criterion.kind, *finding.found});
  const std::string margin = margin_words(criterion, *finding.margin);
  const bool holds = finding.standing == Standing::kHolds;
  const bool required = criterion.counts == scenario::Counts::kRequired;
  const char* const sign = holds ? "✓" : "✗";
  const char* const excellent = finding.excellent ? "excellent, " : "";
  return {brief ? fmt::format("{} {} ({})", sign, value, signed_margin(criterion, *finding.margin))
                : fmt::format("{} {}, {}{}", sign, value, excellent, margin),
          holds      ? Mood::kGood
          : required ? Mood::kBad
                     : Mood::kWarning};
}

Cell bid_cell(const Profile& profile, const Bid& bid, const CheckRow& row, bool brief) {
  const auto found = std::find_if(bid.findings.begin(), bid.findings.end(),
                                  [&](const Finding& finding) { return row_of(finding) == row; });
  return found == bid.findings.end() ? Cell{"-"} : finding_cell(profile, *found, brief);
}

TextTable check_table(const Profile& profile, const std::vector<Bid>& bids, bool brief) {
  TextTable table;
  table.columns = {{"site", false, 0},      {"lot", false, 0},    {"phase", false, 0},
                   {"criterion", false, 0}, {"counts", false, 2}, {"asked for", false, 1}};
  for (const Bid& bid : bids) table.columns.push_back({bid.name, false, 0});
  for (const CheckRow& row : rows_of(bids)) {
    const scenario::Criterion& criterion = profile.criteria[row.criterion];
    std::vector<Cell> cells{{row.site},
                            {row.lot},
                            {criterion.phase},
                            {criterion.title},
                            {std::string{scenario::counts_word(criterion.counts)}},
                            {scenario::asked_text(criterion)}};
    for (const Bid& bid : bids) cells.push_back(bid_cell(profile, bid, row, brief));
    table.rows.push_back(std::move(cells));
  }
  return table;
}

struct Tally {
  int required = 0, holds = 0, missed = 0, not_said = 0;
};

/// "base, sines for lot-2: 3 of 7 required criteria hold, 2 are missed, 2 cannot be judged"
std::vector<Cell> tallies(const Profile& profile, const Bid& bid) {
  std::vector<std::pair<std::string, Tally>> by_place;
  for (const Finding& finding : bid.findings) {
    if (profile.criteria[finding.criterion].counts != scenario::Counts::kRequired) continue;
    const std::string place = fmt::format("{}, {} for {}", bid.name, finding.site, finding.lot);
    if (by_place.empty() || by_place.back().first != place) by_place.emplace_back(place, Tally{});
    Tally& tally = by_place.back().second;
    ++tally.required;
    ++(finding.standing == Standing::kHolds    ? tally.holds
       : finding.standing == Standing::kMissed ? tally.missed
                                               : tally.not_said);
  }
  std::vector<Cell> lines;
  for (const auto& [place, t] : by_place) {
    const Mood mood = t.missed > 0 ? Mood::kBad : t.not_said > 0 ? Mood::kWarning : Mood::kGood;
    lines.push_back({fmt::format("{}: {} of {} required criteria hold, {} missed, {} cannot be judged", place, t.holds,
                                 t.required, t.missed, t.not_said),
                     mood});
  }
  return lines;
}

std::string confidence_line(const Profile& profile) {
  std::vector<std::string> words;
  for (const scenario::Criterion& criterion : profile.criteria) {
    if (std::find(words.begin(), words.end(), criterion.confidence) == words.end())
      words.push_back(criterion.confidence);
  }
  return fmt::format("The criteria are {}, not the tender's own text: sources are in --format json.",
                     fmt::join(words, " or "));
}

Json criterion_json(const scenario::Criterion& criterion) {
  const auto limit = [](const std::optional<double>& value) { return value ? json_number(*value) : Json(nullptr); };
  static constexpr std::array kUnits{"", "fraction", "H100", "W", "s", "EUR"};
  Json json = {{"criterion", criterion.name}, {"title", criterion.title}};
  json["phase"] = criterion.phase.empty() ? Json(nullptr) : Json(criterion.phase);
  json["counts"] = scenario::counts_word(criterion.counts);
  json["unit"] = kUnits.at(static_cast<std::size_t>(criterion.kind));
  json["at_least"] = limit(criterion.at_least);
  json["at_most"] = limit(criterion.at_most);
  json["excellent_at_least"] = limit(criterion.excellent_at_least);
  json["excellent_at_most"] = limit(criterion.excellent_at_most);
  json["source"] = criterion.source;
  json["confidence"] = criterion.confidence;
  return json;
}

std::string check_json(const Profile& profile, const std::vector<Bid>& bids) {
  Json json = {{"profile", profile.name}, {"title", profile.title}, {"bids", Json::array()}};
  for (const Bid& bid : bids) {
    Json findings = Json::array();
    for (const Finding& finding : bid.findings) {
      Json one = {{"site", finding.site}, {"lot", finding.lot}};
      one.update(criterion_json(profile.criteria[finding.criterion]));
      one["verdict"] = scenario::standing_word(finding.standing);
      one["found"] = finding.found ? json_number(*finding.found) : Json(nullptr);
      one["margin"] = finding.margin ? json_number(*finding.margin) : Json(nullptr);
      one["excellent"] = finding.excellent;
      one["why"] = finding.why.empty() ? Json(nullptr) : Json(finding.why);
      findings.push_back(std::move(one));
    }
    json["bids"].push_back({{"name", bid.name}, {"findings", std::move(findings)}});
  }
  return json_text(json);
}

}  // namespace

std::string profile_report(const Profile& profile, const std::vector<Bid>& bids, Format format,
                           const TableStyle& style) {
  if (format == Format::kJson) return check_json(profile, bids);
  const TextTable table = check_table(profile, bids, bids.size() > 1 && format == Format::kTable);
  std::vector<Cell> lines;
  for (const Bid& bid : bids) {
    for (Cell& line : tallies(profile, bid)) lines.push_back(std::move(line));
  }
  lines.push_back({confidence_line(profile)});
  std::string out;
  if (format == Format::kMarkdown) {
    out = fmt::format("## {}\n\n{}\n", markdown_text(profile.title), markdown_table(table));
    for (const Cell& line : lines) out += fmt::format("- {}\n", markdown_text(line.text));
    return out;
  }
  out = coloured(without_controls(profile.title), Mood::kStrong, style.colour) + "\n\n";
  out += terminal_table(table, style) + "\n";
  for (const Cell& line : lines) out += coloured(without_controls(line.text), line.mood, style.colour) + "\n";
  return out;
}

}  // namespace gigasim::report
