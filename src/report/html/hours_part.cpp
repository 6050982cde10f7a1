#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "block_measures.hpp"
#include "gigasim/metrics/hour_split.hpp"
#include "gigasim/report/humane.hpp"
#include "markup.hpp"
#include "result_file.hpp"
#include "sections.hpp"
#include "stacked_bars.hpp"

namespace gigasim::report::html {
namespace {

constexpr std::size_t kNumHourParts = metrics::kHourParts.size();
using HourShares = std::array<double, kNumHourParts>;

std::string hour_part_words(std::string_view part) {
  if (part == "work") return "work of jobs";
  if (part == "lost") return "lost to failures";
  if (part == "preempted") return "undone by preemption";
  if (part == "restart") return "restarts";
  if (part == "load") return "loading";
  if (part == "checkpoint") return "checkpoints";
  if (part == "held_idle") return "held, but idle";
  if (part == "repair") return "in repair";
  return std::string{part};
}

/// Nothing where the results do not tell.
std::optional<HourShares> hours_of(const Json* block) {
  if (block == nullptr || value_at(*block, "accelerator_hours_split") == nullptr) return std::nullopt;
  HourShares hours{};
  for (std::size_t i = 0; i < kNumHourParts; ++i) {
    const std::string path = fmt::format("accelerator_hours_split.{}", metrics::kHourParts[i].name);
    hours[i] = number_at(*block, path).value_or(0.0);
  }
  return hours;
}

struct SplitRow {
  std::string name;
  HourShares hours{};
  [[nodiscard]] double whole() const {
    double sum = 0.0;
    for (const double part : hours) sum += part;
    return sum;
  }
};

/// The sites of one result below the network; of several results their networks.
std::vector<SplitRow> split_rows(const Results& results) {
  std::vector<SplitRow> rows;
  const auto add = [&](std::string name, const Json* block) {
    const auto hours = hours_of(block);
    if (!hours) return;
    SplitRow row{std::move(name), *hours};
    if (row.whole() > 0.0) rows.push_back(std::move(row));
  };
  for (const Result& result : results) {
    add(results.size() > 1 ? result.label : "all sites", value_at(result.results, "network"));
  }
  const Json& sites = list_at(results.front().results, "sites");
  if (results.size() == 1 && sites.size() > 1) {
    for (const Json& site : sites) add(string_at(site, "name"), &site);
  }
  return rows;
}

/// Which parts any row has, in their order.
std::vector<std::size_t> parts_that_occur(const std::vector<SplitRow>& rows) {
  std::vector<std::size_t> parts;
  for (std::size_t i = 0; i < kNumHourParts; ++i) {
    const bool occurs = std::any_of(rows.begin(), rows.end(), [&](const SplitRow& row) { return row.hours[i] > 0.0; });
    if (occurs) parts.push_back(i);
  }
  return parts;
}

/// The largest colours apart come first: what is rare has the others.
std::size_t hour_colour(std::string_view part) {
  constexpr std::array<std::string_view, kNumHourParts> kByColour{"work", "lost", "inference",  "restart",  "repair",
                                                                  "idle", "load", "checkpoint", "held_idle"};
  const auto* const found = std::find(kByColour.begin(), kByColour.end(), part);
  return static_cast<std::size_t>(found - kByColour.begin());
}

std::string hours_table(const std::vector<SplitRow>& rows, const std::vector<std::size_t>& parts, bool several) {
  TextTable all{{{several ? "result" : "site", false, 0}}, {}};
  for (const std::size_t part : parts)
    all.columns.push_back({hour_part_words(metrics::kHourParts[part].name), true, 0});
  all.columns.push_back({"available", true, 0});
  for (const SplitRow& row : rows) {
    std::vector<Cell>& cells = all.rows.emplace_back();
    cells.push_back({row.name});
    for (const std::size_t part : parts) cells.push_back({humane::number(row.hours[part])});
    cells.push_back({humane::number(row.whole())});
  }
  return table(all, "Accelerator-hours of the results period");
}

std::string hours_sentence_html(const Json& results) {
  const auto hours = hours_of(value_at(results, "network"));
  if (!hours) return {};
  const SplitRow row{{}, *hours};
  if (row.whole() <= 0.0) return {};
  std::string shares;
  for (std::size_t i = 0; i < kNumHourParts; ++i) {
    if (row.hours[i] <= 0.0) continue;
    shares += fmt::format("{}{} {}", shares.empty() ? "" : ", ", hour_part_words(metrics::kHourParts[i].name),
                          humane::percent(row.hours[i] / row.whole()));
  }
  return fmt::format("Of {} accelerator-hours available: {}.", large_number(row.whole()), shares);
}

std::string hours_chart_of_splits(const std::vector<SplitRow>& rows, const std::vector<std::size_t>& occurring,
                                  bool several) {
  std::vector<StackedPart> parts;
  for (const std::size_t part : occurring) {
    const std::string_view name = metrics::kHourParts[part].name;
    parts.push_back({hour_part_words(name), hour_colour(name)});
  }
  constexpr std::string_view kTitle = "Shares of the accelerator-hours available";
  std::string description = fmt::format("{}.", kTitle);
  std::vector<StackedBar> bars;
  for (const SplitRow& row : rows) {
    StackedBar& bar = bars.emplace_back(StackedBar{row.name, large_number(row.whole()) + " h", {}});
    description += fmt::format(" {}:", row.name);
    for (const std::size_t part : occurring) {
      bar.parts.push_back(row.hours[part]);
      description +=
          fmt::format("{} {} {}", bar.parts.size() > 1 ? "," : "", hour_part_words(metrics::kHourParts[part].name),
                      humane::percent(row.hours[part] / row.whole()));
    }
    description += ".";
  }
  return stacked_chart({"hour-split", std::string{kTitle}, description}, parts, bars,
                       hours_table(rows, occurring, several));
}

}  // namespace

std::string hours_part(const Results& results) {
  const std::vector<SplitRow> rows = split_rows(results);
  if (rows.empty()) return {};
  return told(results, hours_sentence_html) +
         paragraph(
             "Work of jobs is training and all else that is no service. Work that failures undo counts as lost when "
             "they do; inference is all that replicas hold, from their start-up on.") +
         hours_chart_of_splits(rows, parts_that_occur(rows), results.size() > 1);
}

}  // namespace gigasim::report::html
