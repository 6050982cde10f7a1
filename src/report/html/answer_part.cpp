#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "../answer.hpp"
#include "../comparison_words.hpp"
#include "../cost_sections.hpp"
#include "../privilege_effects.hpp"
#include "../sections.hpp"
#include "../summary.hpp"
#include "gigasim/report/humane.hpp"
#include "markup.hpp"
#include "sections.hpp"

namespace gigasim::report::html {
namespace {

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

std::string delay_sentence(const Results& results) {
  const std::string lost =
      listed_figures(summaries(results), labels(results), "h100_equivalent_hours_lost_to_delay", false);
  return lost.empty() ? lost : fmt::format("H100-equivalent hours lost to delays: {}.", lost);
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
      text += fmt::format(" (for {} of these hours: sites that never come have no cost)", amount_words(priced, ""));
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
  const std::vector<Summary> all = summaries(results);
  const ResultNames names = labels(results);
  std::vector<std::string> sentences{setting_sentence(results),           compared_jobs_sentence(all, names),
                                     compared_waits_sentence(all, names), rights_sentence(results),
                                     compared_hours_sentence(all, names), delay_sentence(results),
                                     delay_cost_sentence(results),        compared_energy_sentence(all, names)};
  for (const auto& more : {verdict_sentences(all, names), comparison_caveats(all, names)}) {
    sentences.insert(sentences.end(), more.begin(), more.end());
  }
  sentences.push_back(overload_sentence(results));
  std::string out = sentences_html(sentences);
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
