#include "comparison_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "compare_cells.hpp"
#include "gigasim/report/humane.hpp"
#include "gigasim/units/text.hpp"
#include "key_metrics.hpp"
#include "summary.hpp"

namespace gigasim::report {
namespace {

/// A result and what it has of one metric.
struct Ranked {
  std::string_view name;
  Figure figure;
};

std::vector<Ranked> ranked(const std::vector<Summary>& results, const ResultNames& names, std::string_view metric) {
  std::vector<Ranked> all;
  for (std::size_t r = 0; r < results.size(); ++r) {
    if (const auto figure = figure_of(results[r].network, metric)) all.push_back({names[r], *figure});
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Ranked& a, const Ranked& b) { return a.figure.value < b.figure.value; });
  return all;
}

std::string_view unit_in_words(const metrics::Metric& metric) {
  const bool named = metric.unit == "jobs" || metric.unit == "H100-h" || metric.unit == "accelerator-h";
  return named ? std::string_view{} : metric.unit;
}

std::string one(const Ranked& ranked, std::string_view unit) {
  const std::string value =
      ranked.figure.lower_bound ? humane::figure_words(ranked.figure, unit) : amount_words(ranked.figure.value, unit);
  return fmt::format("{} in {}", value, ranked.name);
}

std::string joined(const std::vector<std::string>& parts, std::string_view last) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) text += i + 1 == parts.size() ? last : ", ";
    text += parts[i];
  }
  return text;
}

/// "NAME (4), NAME (5)" for what differs between results; empty where it does not.
template <class Text>
std::string differing(const std::vector<Summary>& results, const ResultNames& names, const Text& text_of) {
  std::vector<std::string> texts;
  bool differs = false;
  for (std::size_t r = 0; r < results.size(); ++r) {
    const std::string text = text_of(results[r]);
    if (text.empty()) return {};
    differs = differs || text != text_of(results.front());
    texts.push_back(fmt::format("{} in {}", text, names[r]));
  }
  return differs ? joined(texts, " and ") : std::string{};
}

std::string seeds_caveat(const std::vector<Summary>& results, const ResultNames& names) {
  const std::string seeds = differing(
      results, names, [](const Summary& result) { return result.seed ? std::to_string(*result.seed) : std::string{}; });
  return seeds.empty() ? seeds : fmt::format("The seeds differ, and with them what is drawn at random: {}.", seeds);
}

std::string periods_caveat(const std::vector<Summary>& results, const ResultNames& names) {
  const std::string periods = differing(results, names, [](const Summary& result) { return result.period; });
  return periods.empty() ? periods : fmt::format("The results are of different periods: {}.", periods);
}

std::string demand_caveat(const std::vector<Summary>& results, const ResultNames& names) {
  const std::string jobs = differing(results, names, [](const Summary& result) {
    const auto count = figure_of(result.network, "jobs_submitted");
    return count ? humane::number(count->value) : std::string{};
  });
  if (jobs.empty()) return jobs;
  return fmt::format(
      "The numbers of jobs submitted differ ({}): no count or amount is called better or worse between these.", jobs);
}

/// "the wait that 95 % of the jobs do not exceed (+733 to +1,030 %)"
std::string moved(const KeyRow& row, const Change& change) {
  std::string words{row.key->words};
  const bool acronym = words.starts_with("H100");
  if (!acronym) words.front() = static_cast<char>(std::tolower(static_cast<unsigned char>(words.front())));
  if (change.percent) return fmt::format("{} ({})", words, percent_cell(change).text);
  const humane::Scale scale = row_scale(*row.row);
  return fmt::format("{} ({} {})", words, difference_cell(change, scale).text, scale.unit);
}

}  // namespace

std::string amount_words(double value, std::string_view unit) {
  constexpr double kMillion = 1e6;
  if (!unit.empty() || value < kMillion) return humane::quantity(value, unit);
  return fmt::format("{} million", humane::number(value / kMillion));
}

std::string listed_figures(const std::vector<Summary>& results, const ResultNames& names, std::string_view metric,
                           bool zeros) {
  constexpr std::size_t kMany = 4;
  std::vector<Ranked> all = ranked(results, names, metric);
  if (!zeros) std::erase_if(all, [](const Ranked& entry) { return entry.figure.value <= 0.0; });
  if (all.empty() || (zeros && all.size() < 2)) return {};
  const std::string_view unit = unit_in_words(*metrics::find_metric(metric));
  if (all.size() > kMany) return fmt::format("from {} to {}", one(all.front(), unit), one(all.back(), unit));
  std::vector<std::string> parts;
  for (const Ranked& entry : all) parts.push_back(one(entry, unit));
  return joined(parts, " and ");
}

std::vector<std::string> comparison_caveats(const std::vector<Summary>& results, const ResultNames& names) {
  std::vector<std::string> caveats{std::string{kOneRunEach}, seeds_caveat(results, names),
                                   periods_caveat(results, names), demand_caveat(results, names)};
  std::erase(caveats, "");
  return caveats;
}

std::string compared_jobs_sentence(const std::vector<Summary>& results, const ResultNames& names) {
  const std::string completed = listed_figures(results, names, "jobs_completed");
  if (completed.empty()) return {};
  const std::string unfinished = listed_figures(results, names, "jobs_unfinished");
  return fmt::format("Jobs completed: {}; waiting or running at the end: {}.", completed, unfinished);
}

std::string compared_waits_sentence(const std::vector<Summary>& results, const ResultNames& names) {
  const std::string waits = listed_figures(results, names, "queue_time_p95");
  return waits.empty() ? waits : fmt::format("The wait that 95 % of the jobs do not exceed: {}.", waits);
}

std::string compared_hours_sentence(const std::vector<Summary>& results, const ResultNames& names) {
  const std::string hours = listed_figures(results, names, "h100_equivalent_hours");
  const std::vector<Ranked> all = ranked(results, names, "h100_equivalent_hours");
  if (hours.empty() || all.back().figure.value <= 0.0) return {};
  const std::string gap = humane::percent(1.0 - all.front().figure.value / all.back().figure.value);
  return fmt::format("H100-equivalent hours delivered: {}; the least is {} below the most.", hours, gap);
}

std::string compared_energy_sentence(const std::vector<Summary>& results, const ResultNames& names) {
  const std::string energy = listed_figures(results, names, "energy");
  if (energy.empty()) return {};
  const std::string each = listed_figures(results, names, "energy_per_h100_hour");
  return fmt::format("Electricity, cooling included: {}{}.", energy,
                     each.empty() ? "" : fmt::format("; per H100-equivalent hour of work that counts: {}", each));
}

std::vector<std::string> verdict_sentences(const std::vector<Summary>& results, const ResultNames& names) {
  const ComparedBlock network = compare_network(results);
  const std::vector<KeyRow> rows = key_rows(network);
  std::vector<std::string> sentences;
  for (std::size_t r = 1; r < results.size(); ++r) {
    if (!results.front().complete || !results[r].complete) continue;
    std::vector<std::string> better;
    std::vector<std::string> worse;
    for (const KeyRow& row : rows) {
      const auto& change = row.row->changes[r];
      if (change && change->verdict == Verdict::kBetter) better.push_back(moved(row, *change));
      if (change && change->verdict == Verdict::kWorse) worse.push_back(moved(row, *change));
    }
    std::vector<std::string> parts;
    if (!worse.empty()) parts.push_back("worse: " + joined(worse, ", "));
    if (!better.empty()) parts.push_back("better: " + joined(better, ", "));
    sentences.push_back(parts.empty()
                            ? fmt::format("Between {} and {} none of the main figures is better or worse by what one "
                                          "run can tell.",
                                          names.front(), names[r])
                            : fmt::format("{} against {}: {}.", names[r], names.front(), joined(parts, "; ")));
  }
  return sentences;
}

}  // namespace gigasim::report
