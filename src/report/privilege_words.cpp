#include <fmt/format.h>

#include <cmath>

#include "compare_cells.hpp"
#include "gigasim/report/humane.hpp"
#include "gigasim/units/text.hpp"
#include "privilege_effects.hpp"

namespace gigasim::report {
namespace {

std::string percent(const std::optional<double>& share) {
  return share ? humane::percent(*share) : "-";
}

std::string percent(const std::optional<Figure>& share) {
  return share ? humane::range(metrics::possible_values(*share), humane::percent) : "-";
}

/// "≥ +1.6 h"
Cell change_cell(const std::optional<Change>& change, const std::function<std::string(double)>& magnitude) {
  if (!change) return {"-"};
  const auto write = [&](double value) {
    const std::string_view sign = value > 0.0 ? "+" : value < 0.0 ? "−" : "";
    return fmt::format("{}{}", sign, magnitude(std::fabs(value)));
  };
  return {humane::range(change->difference, write), mood_of(change->verdict)};
}

Cell wait_change(const std::optional<Change>& change) {
  return change_cell(change, [](double seconds) { return humane::quantity(seconds, "s"); });
}

Cell share_change(const std::optional<Change>& change) {
  constexpr double kPoints = 100.0;
  return change_cell(change, [](double share) { return fmt::format("{:.1f} pp", share * kPoints); });
}

/// "wait at least 3.1 h less on average"
std::string wait_words(const PrivilegeGroup& group) {
  const Interval change = group.wait_change->difference;
  const Known known = group.wait_change->known();
  if (known == Known::kNot) return "wait for a time that cannot be compared, because jobs had not started";
  if (change == Interval{0.0, 0.0}) return "wait as long";
  const auto words = [](double seconds) { return humane::quantity(std::fabs(seconds), "s"); };
  if (change.least >= 0.0) {
    return fmt::format("wait {}{} longer on average", known == Known::kAtLeast ? "at least " : "",
                       humane::range({change.least, known == Known::kAtLeast ? change.least : change.most}, words));
  }
  if (change.most <= 0.0) {
    return fmt::format("wait {}{} less on average", known == Known::kAtMost ? "at least " : "",
                       humane::range({-change.most, known == Known::kAtMost ? -change.most : -change.least}, words));
  }
  if (known == Known::kAtLeast) return fmt::format("wait longer, or at most {} less, on average", words(change.least));
  if (known == Known::kAtMost) return fmt::format("wait less, or at most {} longer, on average", words(change.most));
  return fmt::format("wait between {} less and {} longer on average", words(change.least), words(change.most));
}

std::string shares_words(const PrivilegeGroup& group) {
  return fmt::format("{} of the jobs and {} of the H100-equivalent hours delivered", percent(group.job_share),
                     percent(group.hour_share));
}

std::string twin_sentence(const PrivilegeEffect& effect, const std::vector<std::string>& names, bool with_shares) {
  std::string text = fmt::format("In {}", names[effect.result]);
  const std::string& twin = names[*effect.twin];
  bool first = true;
  for (const PrivilegeGroup& group : effect.groups) {
    if (!group.wait_change) continue;
    std::string who = "those without a privilege";
    if (!group.name.empty()) {
      who = "the jobs with the privilege " + group.name;
      if (with_shares) who += fmt::format(" ({})", shares_words(group));
    }
    text += fmt::format("{} {} {}{}",
                        first                ? ""
                        : group.name.empty() ? " and"
                                             : ",",
                        who, wait_words(group), first ? fmt::format(" than in {}", twin) : "");
    first = false;
  }
  return first ? std::string{} : text + ".";
}

std::string lone_sentence(const PrivilegeEffect& effect, const std::vector<std::string>& names) {
  std::string text;
  for (const PrivilegeGroup& group : effect.groups) {
    if (!group.wait_s) continue;
    const std::string who =
        group.name.empty() ? "those of everyone else" : fmt::format("jobs with the privilege {}", group.name);
    text += fmt::format("{}{} waited {} on average ({})", text.empty() ? "" : ", ", who,
                        humane::figure_words(*group.wait_s, "s"), shares_words(group));
  }
  return text.empty() ? text : fmt::format("In {}, {}.", names[effect.result], text);
}

}  // namespace

TextTable privileges_table(const std::vector<Summary>& results, const std::vector<std::string>& names) {
  TextTable table{{{"result", false, 0},
                   {"privilege", false, 0},
                   {"jobs", true, 2},
                   {"of jobs", true, 0},
                   {"of H100e-hours", true, 0},
                   {"mean wait", true, 0},
                   {"to twin", true, 0},
                   {"in time", true, 1},
                   {"to twin", true, 1},
                   {"twin", false, 0}},
                  {}};
  for (const PrivilegeEffect& effect : privilege_effects(results)) {
    for (const PrivilegeGroup& group : effect.groups) {
      table.rows.push_back({{names[effect.result]},
                            {group.name.empty() ? "none: the others" : group.name},
                            {units::grouped(std::llround(group.jobs))},
                            {percent(group.job_share)},
                            {percent(group.hour_share)},
                            {humane::figure(group.wait_s, "s")},
                            wait_change(group.wait_change),
                            {percent(group.in_time)},
                            share_change(group.in_time_change),
                            {effect.twin ? names[*effect.twin] : "-"}});
    }
  }
  return table;
}

std::string privileges_sentence(const std::vector<Summary>& results, const std::vector<std::string>& names) {
  std::string text;
  for (const PrivilegeEffect& effect : privilege_effects(results)) {
    const std::string sentence =
        effect.twin ? twin_sentence(effect, names, text.empty()) : lone_sentence(effect, names);
    if (!sentence.empty()) text += (text.empty() ? "" : " ") + sentence;
  }
  return text;
}

}  // namespace gigasim::report
