#include "compare.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace gigasim::report {
namespace {

Known known_difference(bool first_is_bound, bool other_is_bound) {
  if (first_is_bound) return other_is_bound ? Known::kNot : Known::kAtMost;
  return other_is_bound ? Known::kAtLeast : Known::kExactly;
}

Verdict verdict_on(const Change& change, double first, metrics::Better better) {
  constexpr double kRounding = 1e-9;  // sums in another order differ by this
  if (better == metrics::Better::kNeither) return Verdict::kNone;
  const bool same = std::fabs(change.difference) <= kRounding * std::fabs(first);
  if (change.known == Known::kExactly && same) return Verdict::kSame;
  const bool rose = change.difference > 0.0 && (change.known == Known::kExactly || change.known == Known::kAtLeast);
  const bool fell = change.difference < 0.0 && (change.known == Known::kExactly || change.known == Known::kAtMost);
  if (!rose && !fell) return Verdict::kUnclear;
  return rose == (better == metrics::Better::kHigher) ? Verdict::kBetter : Verdict::kWorse;
}

std::optional<Change> change_of(const ComparedMetric& compared, std::size_t result) {
  const auto& first = compared.figures.front();
  const auto& other = compared.figures[result];
  if (result == 0 || !first || !other) return std::nullopt;
  return change_between(*first, *other, compared.metric->better);
}

/// Compares one block of each result; null where a result does not have it.
ComparedBlock compare_blocks(std::string name, const std::vector<const SummaryBlock*>& blocks) {
  ComparedBlock compared{std::move(name), {}};
  const auto registry = metrics::registry();
  for (std::size_t m = 0; m < registry.size(); ++m) {
    ComparedMetric& metric = compared.metrics.emplace_back();
    metric.metric = &registry[m];
    for (const SummaryBlock* block : blocks) {
      metric.figures.push_back(block != nullptr ? block->figures.at(m) : std::nullopt);
    }
    for (std::size_t r = 0; r < blocks.size(); ++r) metric.changes.push_back(change_of(metric, r));
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

Change change_between(const Figure& first, const Figure& other, metrics::Better better) {
  Change change;
  change.difference = other.value - first.value;
  change.known = known_difference(first.lower_bound, other.lower_bound);
  if (first.value != 0.0) {
    change.percent = change.difference / std::fabs(first.value) * 100.0;
  } else if (change.difference == 0.0) {
    change.percent = 0.0;
  }
  change.verdict = verdict_on(change, first.value, better);
  return change;
}

ComparedBlock compare_network(const std::vector<Summary>& results) {
  std::vector<const SummaryBlock*> blocks;
  blocks.reserve(results.size());
  for (const Summary& result : results) blocks.push_back(&result.network);
  return compare_blocks("network", blocks);
}

std::vector<ComparedBlock> compare_group(const std::vector<Summary>& results, std::size_t group) {
  std::vector<ComparedBlock> compared;
  for (const std::string& name : names_in_order(results, group)) {
    std::vector<const SummaryBlock*> blocks;
    blocks.reserve(results.size());
    for (const Summary& result : results) blocks.push_back(find_block(result.groups.at(group), name));
    compared.push_back(compare_blocks(name, blocks));
  }
  return compared;
}

std::string verdict_word(Verdict verdict) {
  switch (verdict) {
    case Verdict::kSame:
      return "same";
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

std::string compare(const std::vector<Summary>& results, Format format, const TableStyle& style) {
  if (results.empty()) throw std::logic_error("nothing to compare");
  switch (format) {
    case Format::kJson:
      return comparison_json(results);
    case Format::kCsv:
      return comparison_csv(results);
    case Format::kMarkdown:
      return comparison_markdown(results);
    case Format::kTable:
      break;
  }
  return comparison_table(results, style);
}

}  // namespace gigasim::report
