#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "../answer.hpp"
#include "../cost_sections.hpp"
#include "../privilege_effects.hpp"
#include "../sections.hpp"
#include "../summary.hpp"
#include "gigasim/report/humane.hpp"
#include "markup.hpp"
#include "sections.hpp"

namespace gigasim::report::html {
namespace {

/// A result and what it has of one metric.
struct Ranked {
  const Result* result = nullptr;
  Figure figure;
};

/// The results that have the metric, lowest first.
std::vector<Ranked> ranked(const Results& results, std::string_view metric) {
  std::vector<Ranked> all;
  for (const Result& result : results) {
    if (const auto figure = figure_of(result.summary.network, metric)) all.push_back({&result, *figure});
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Ranked& a, const Ranked& b) { return a.figure.value < b.figure.value; });
  return all;
}

/// "52.3 million": a sentence is read, not reckoned with.
std::string amount(double value, std::string_view unit) {
  constexpr double kMillion = 1e6;
  if (!unit.empty() || value < kMillion) return humane::quantity(value, unit);
  return fmt::format("{} million", humane::number(value / kMillion));
}

std::string one(const Ranked& ranked, std::string_view unit) {
  return fmt::format("{}{} in {}", ranked.figure.lower_bound ? "at least " : "", amount(ranked.figure.value, unit),
                     ranked.result->label);
}

/// "1 h in a, 2 h in b and 3 h in c"; of many only the ends.
std::string listed(const std::vector<Ranked>& all, std::string_view unit) {
  constexpr std::size_t kMany = 4;
  if (all.size() > kMany) return fmt::format("from {} to {}", one(all.front(), unit), one(all.back(), unit));
  std::string text;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i > 0) text += i + 1 == all.size() ? " and " : ", ";
    text += one(all[i], unit);
  }
  return text;
}

std::string setting_sentence(const Results& results) {
  const Result& first = results.front();
  const bool one_scenario = std::all_of(results.begin(), results.end(),
                                        [&](const Result& r) { return r.summary.scenario == first.summary.scenario; });
  std::string names;
  for (const std::string& label : labels(results)) names += (names.empty() ? "" : ", ") + label;
  return one_scenario
             ? fmt::format("{} variants of {} are compared: {}.", results.size(), first.summary.scenario, names)
             : fmt::format("{} scenarios are compared: {}.", results.size(), names);
}

std::string waits_sentence(const Results& results) {
  const std::vector<Ranked> waits = ranked(results, "queue_time_p95");
  if (waits.size() < 2) return {};
  return fmt::format("The wait that 95 of 100 jobs do not exceed is {}.", listed(waits, "s"));
}

std::string delivered_sentence(const Results& results) {
  const std::vector<Ranked> hours = ranked(results, "h100_equivalent_hours");
  if (hours.size() < 2 || hours.back().figure.value <= 0.0) return {};
  const std::string gap = humane::percent(1.0 - hours.front().figure.value / hours.back().figure.value);
  return fmt::format("H100-equivalent hours delivered: {}, a difference of {}.", listed(hours, ""), gap);
}

std::string energy_sentence(const Results& results) {
  const std::vector<Ranked> energy = ranked(results, "energy");
  if (energy.size() < 2) return {};
  return fmt::format("Electricity, cooling included: {}.", listed(energy, "MWh"));
}

std::string delay_sentence(const Results& results) {
  std::vector<Ranked> lost = ranked(results, "h100_equivalent_hours_lost_to_delay");
  std::erase_if(lost, [](const Ranked& entry) { return entry.figure.value <= 0.0; });
  if (lost.empty()) return {};
  return fmt::format("H100-equivalent hours lost to delays: {}.", listed(lost, ""));
}

/// What the delay costs, where costs are known; a site that never comes has none.
std::string delay_cost_sentence(const Results& results) {
  constexpr double kAlmostAll = 0.999;
  std::string text;
  for (const Result& result : results) {
    if (!result.cost || result.cost->network.cost_of_delay.value_or(units::Euros{0}) <= units::Euros{0}) continue;
    const double priced = result.cost->network.hours_lost.value_or(0.0);
    const auto lost = figure_of(result.summary.network, "h100_equivalent_hours_lost_to_delay");
    text +=
        fmt::format("{}{} in {}", text.empty() ? "" : ", ", money(*result.cost->network.cost_of_delay), result.label);
    if (lost && priced < kAlmostAll * lost->value) {
      text += fmt::format(" (for {} of these hours: sites that never come have no cost)", amount(priced, ""));
    }
  }
  if (text.empty()) return {};
  return fmt::format("At each site's cost of an available hour these delays cost {}.", text);
}

std::string overload_sentence(const Results& results) {
  std::string names;
  for (const Result& result : results) {
    if (overloaded(result.summary.network)) names += (names.empty() ? "" : ", ") + result.label;
  }
  if (names.empty()) return {};
  return fmt::format(
      "{}: the jobs asked for the whole capacity or more in {}, so queues there grow for as long as the run lasts, and "
      "queue times say more about its length than about the system.",
      kAlarm, names);
}

std::string rights_sentence(const Results& results) {
  return privileges_sentence(summaries(results), labels(results));
}

std::string incomplete_line(const Result& result) {
  if (result.summary.complete) return {};
  return fmt::format("<p class=\"alarm\">{}: {}</p>\n", escaped(result.label), kIncomplete);
}

/// One paragraph; an overload stands out in one of its own.
std::string sentences_html(const std::vector<std::string>& sentences) {
  std::string text;
  std::string alarms;
  for (const std::string& sentence : sentences) {
    if (is_alarm(sentence)) {
      alarms += fmt::format("<p class=\"alarm\">{}</p>\n", escaped(sentence));
    } else if (!sentence.empty()) {
      text += fmt::format("{}{}", text.empty() ? "" : " ", escaped(sentence));
    }
  }
  return fmt::format("<p class=\"answer\">{}</p>\n{}", text, alarms);
}

std::string comparison(const Results& results) {
  std::string out = sentences_html({setting_sentence(results), waits_sentence(results), rights_sentence(results),
                                    delivered_sentence(results), delay_sentence(results), delay_cost_sentence(results),
                                    energy_sentence(results), overload_sentence(results)});
  std::string each;
  for (const Result& result : results) {
    each += fmt::format("<h3>{}</h3>\n{}", escaped(result.label), sentences_html(answer(result.summary)));
  }
  return out + folded("Each of them in words", each);
}

}  // namespace

std::string answer_part(const Results& results) {
  std::string out;
  for (const Result& result : results) out += incomplete_line(result);
  return out + (results.size() == 1 ? sentences_html(answer(results.front().summary)) : comparison(results));
}

}  // namespace gigasim::report::html
