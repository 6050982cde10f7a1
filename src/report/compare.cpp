#include "compare.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <stdexcept>

#include "summary.hpp"

namespace gigasim::report {
namespace {

constexpr double kNoLimit = Interval::kNoLimit;
constexpr double kPercent = 100.0;

/// The change in percent of the first; nothing where the first may be 0 or below, and is not known exactly.
std::optional<Interval> percent_of(const Interval& first, const Interval& other, const Interval& difference) {
  if (first.exact() && first.least != 0.0) {
    const double size = std::fabs(first.least);
    return Interval{difference.least / size * kPercent, difference.most / size * kPercent};
  }
  if (first == other && first.exact()) return Interval{0.0, 0.0};
  if (first.least <= 0.0 || other.least < 0.0) return std::nullopt;
  const double least = first.most == kNoLimit ? -kNoLimit : (other.least / first.most - 1.0) * kPercent;
  return Interval{least, (other.most / first.least - 1.0) * kPercent};
}

/// Whether a change whose direction is known is large enough to be told; nothing when that is open.
std::optional<bool> told(const std::optional<Interval>& percent) {
  if (!percent) return true;
  const double least = std::min(std::fabs(percent->least), std::fabs(percent->most));
  const double most = std::max(std::fabs(percent->least), std::fabs(percent->most));
  if (least >= kLeastToldPercent) return true;
  return most < kLeastToldPercent ? std::optional{false} : std::nullopt;
}

Verdict verdict_on(const Change& change, double first, metrics::Better better) {
  constexpr double kRounding = 1e-9;  // sums in another order differ by this
  if (better == metrics::Better::kNeither) return Verdict::kNone;
  const Interval& difference = change.difference;
  if (difference.exact() && std::fabs(difference.least) <= kRounding * std::fabs(first)) return Verdict::kSame;
  const bool within =
      change.percent && change.percent->least > -kLeastToldPercent && change.percent->most < kLeastToldPercent;
  if (within) return Verdict::kTooSmall;
  const bool rose = difference.least > 0.0;
  if (!rose && difference.most >= 0.0) return Verdict::kUnclear;
  if (!told(change.percent)) return Verdict::kUnclear;
  return rose == (better == metrics::Better::kHigher) ? Verdict::kBetter : Verdict::kWorse;
}

/// Amounts grow with what is asked for: more of them is better, or worse, only where the same was asked for.
bool is_amount(const metrics::Metric& metric) {
  static constexpr std::array<std::string_view, 6> kUnits{"tokens", "requests",      "runs/30 d",
                                                          "FLOP",   "accelerator-h", "H100-h"};
  return metric.json_path.starts_with("jobs.") || metric.name == "projects_waiting" || metric.name == "preemptions" ||
         std::find(kUnits.begin(), kUnits.end(), metric.unit) != kUnits.end();
}

bool same_figure(const SummaryBlock& a, const SummaryBlock& b, std::string_view metric) {
  return figure_of(a, metric) == figure_of(b, metric);
}

/// Whether the same was asked of two groups, as far as their figures tell.
bool asked_the_same(const SummaryBlock& a, const SummaryBlock& b) {
  return same_figure(a, b, "jobs_submitted") && same_figure(a, b, "requests_offered") && same_figure(a, b, "projects");
}

/// One block of one result; null where the result does not have it.
struct Compared {
  const SummaryBlock* block = nullptr;
  bool complete = true;
};

metrics::Better judged_by(const metrics::Metric& metric, const Compared& first, const Compared& other) {
  const bool comparable = first.complete && other.complete && first.block != nullptr && other.block != nullptr &&
                          (!is_amount(metric) || asked_the_same(*first.block, *other.block));
  return comparable ? metric.better : metrics::Better::kNeither;
}

/// Counts of jobs scatter by about their root from one draw of the jobs to the next: what two draws of the same could
/// differ by is no better or worse, however many percent of few jobs it is.
bool within_scatter(const metrics::Metric& metric, const Figure& first, const Figure& other) {
  constexpr double kDeviations = 2.0;
  return metric.json_path.starts_with("jobs.") &&
         std::fabs(other.value - first.value) < kDeviations * std::sqrt(first.value + other.value);
}

std::optional<Change> change_of(const ComparedMetric& compared, const std::vector<Compared>& blocks,
                                std::size_t result) {
  const auto& first = compared.figures.front();
  const auto& other = compared.figures[result];
  if (result == 0 || !first || !other) return std::nullopt;
  Change change = change_between(*first, *other, judged_by(*compared.metric, blocks.front(), blocks[result]));
  const bool judged = change.verdict == Verdict::kBetter || change.verdict == Verdict::kWorse;
  if (judged && within_scatter(*compared.metric, *first, *other)) change.verdict = Verdict::kTooSmall;
  return change;
}

ComparedBlock compare_blocks(std::string name, const std::vector<Compared>& blocks) {
  ComparedBlock compared{std::move(name), {}};
  const auto registry = metrics::registry();
  for (std::size_t m = 0; m < registry.size(); ++m) {
    ComparedMetric& metric = compared.metrics.emplace_back();
    metric.metric = &registry[m];
    for (const Compared& one : blocks) {
      metric.figures.push_back(one.block != nullptr ? one.block->figures.at(m) : std::nullopt);
    }
    for (std::size_t r = 0; r < blocks.size(); ++r) metric.changes.push_back(change_of(metric, blocks, r));
  }
  return compared;
}

const SummaryBlock* find_block(const std::vector<SummaryBlock>& blocks, const std::string& name) {
  const auto found = std::find_if(blocks.begin(), blocks.end(), [&](const auto& block) { return block.name == name; });
  return found == blocks.end() ? nullptr : &*found;
}

std::vector<std::string> names_in_order(const std::vector<Summary>& results, std::size_t group) {
  std::vector<std::string> names;
  for (const Summary& result : results) {
    for (const SummaryBlock& block : result.groups.at(group)) {
      if (std::find(names.begin(), names.end(), block.name) == names.end()) names.push_back(block.name);
    }
  }
  return names;
}

}  // namespace

Known known_of(const Interval& difference) {
  if (difference.exact()) return Known::kExactly;
  const bool has_least = difference.least > -kNoLimit;
  const bool has_most = difference.most < kNoLimit;
  if (has_least) return has_most ? Known::kBetween : Known::kAtLeast;
  return has_most ? Known::kAtMost : Known::kNot;
}

Change change_between(const Figure& first, const Figure& other, metrics::Better better) {
  const Interval from = metrics::possible_values(first);
  const Interval to = metrics::possible_values(other);
  Change change;
  change.difference = {to.least - from.most, to.most - from.least};
  change.percent = percent_of(from, to, change.difference);
  change.verdict = verdict_on(change, first.value, better);
  return change;
}

ComparedBlock compare_network(const std::vector<Summary>& results) {
  std::vector<Compared> blocks;
  blocks.reserve(results.size());
  for (const Summary& result : results) blocks.push_back({&result.network, result.complete});
  return compare_blocks("network", blocks);
}

std::vector<ComparedBlock> compare_group(const std::vector<Summary>& results, std::size_t group) {
  std::vector<ComparedBlock> compared;
  for (const std::string& name : names_in_order(results, group)) {
    std::vector<Compared> blocks;
    blocks.reserve(results.size());
    for (const Summary& result : results) {
      blocks.push_back({find_block(result.groups.at(group), name), result.complete});
    }
    compared.push_back(compare_blocks(name, blocks));
  }
  return compared;
}

std::vector<std::string> short_names(const std::vector<Summary>& results) {
  std::vector<std::string> names;
  names.reserve(results.size());
  for (const Summary& result : results) {
    const std::filesystem::path path{result.name};
    names.push_back(path.has_filename() ? path.filename().string() : result.name);
  }
  std::vector<std::string> sorted = names;
  std::sort(sorted.begin(), sorted.end());
  if (std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end()) return names;
  std::transform(results.begin(), results.end(), names.begin(), [](const Summary& result) { return result.name; });
  return names;
}

std::string verdict_word(Verdict verdict) {
  switch (verdict) {
    case Verdict::kSame:
      return "same";
    case Verdict::kTooSmall:
      return "too small to tell";
    case Verdict::kBetter:
      return "better";
    case Verdict::kWorse:
      return "worse";
    case Verdict::kUnclear:
      return "unclear";
    case Verdict::kNone:
      break;
  }
  return {};
}

std::string compare(const std::vector<Summary>& results, Format format, const TableStyle& style, bool all) {
  if (results.empty()) throw std::logic_error("nothing to compare");
  switch (format) {
    case Format::kJson:
      return comparison_json(results);
    case Format::kCsv:
      return comparison_csv(results);
    case Format::kMarkdown:
      return comparison_markdown(results, all);
    case Format::kTable:
      break;
  }
  return comparison_table(results, style, all);
}

}  // namespace gigasim::report
