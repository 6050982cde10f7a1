#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "gigasim/baseline/comparison.hpp"
#include "gigasim/report/humane.hpp"
#include "metric_units.hpp"

namespace gigasim::baseline {
namespace {

/// How a metric's rise and fall are said. The subject is a place ("jaif", "the network") or jobs ("jobs at jaif").
struct Phrase {
  std::string_view metric_prefix;
  bool of_jobs;
  std::string_view verb, more, less, object;
};

constexpr std::array kPhrases{
    Phrase{"queue_time_", true, "wait", "longer", "less", ""},
    Phrase{"bounded_slowdown_", true, "are slowed down", "more", "less", ""},
    Phrase{"utilisation", false, "is used", "more", "less", ""},
    Phrase{"energy", false, "uses", "more", "less", " energy"},
    Phrase{"mean_power", false, "draws", "more", "less", " power on average"},
    Phrase{"peak_power", false, "draws", "more", "less", " power at its peak"},
    Phrase{"jobs_finished", false, "finishes", "more", "fewer", " jobs"},
    Phrase{"jobs_per_day", false, "finishes", "more", "fewer", " jobs a day"},
    Phrase{"jobs_submitted", false, "gets", "more", "fewer", " jobs"},
    Phrase{"jobs_unfinished", false, "leaves", "more", "fewer", " jobs unfinished"},
    Phrase{"accelerator_hours_available", false, "offers", "more", "less", " accelerator time"},
    Phrase{"accelerator_hours", false, "delivers", "more", "less", " accelerator time"},
    Phrase{"h100_equivalent_hours_available", false, "offers", "more", "less", " H100-equivalent time"},
    Phrase{"h100_equivalent_hours", false, "delivers", "more", "less", " H100-equivalent time"},
};

std::string jobs_of(const Entry& entry) {
  if (entry.group_key.empty()) return "jobs";
  if (entry.group_key == "site") return "jobs at " + entry.group_value;
  if (entry.group_key == "origin") return "jobs from " + entry.group_value;
  if (entry.group_key == "stream") return "jobs of stream " + entry.group_value;
  return fmt::format("{} jobs ({})", entry.group_value, entry.group_key);
}

std::string place_of(const Entry& entry) {
  if (entry.group_key.empty()) return "the network";
  if (entry.group_key == "site") return entry.group_value;
  return "the group of " + jobs_of(entry);
}

/// Which figure of a sample it is: "on average", "at the 95th percentile".
std::string statistic_of(std::string_view metric) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kEndings{{{"_mean", " on average"},
                                                                                   {"_median", " in the median"},
                                                                                   {"_p95", " at the 95th percentile"},
                                                                                   {"_p99", " at the 99th percentile"},
                                                                                   {"_max", " at most"}}};
  const auto* const found = std::find_if(kEndings.begin(), kEndings.end(),
                                         [&](const auto& ending) { return metric.ends_with(ending.first); });
  std::string text = found == kEndings.end() ? "" : std::string{found->second};
  if (metric.find("_weighted_") != std::string_view::npos) text += ", weighted by accelerator-hours";
  return text;
}

std::string percent_of(double relative) {
  const double percent = std::fabs(relative) * 100.0;
  if (percent >= 0.1) return report::humane::number(percent) + " %";
  return fmt::format("{:.1g} %", percent);
}

/// A value rounded for reading, or in full where both would look alike.
std::string one_figure(const Entry& entry, bool in_full) {
  if (!entry.figure) return "none";
  if (!in_full) return report::humane::figure(entry.figure, entry.metric->unit);
  return (entry.figure->lower_bound ? "≥ " : "") + full_quantity(entry.figure->value, entry.metric->unit);
}

}  // namespace

std::string in_words(const Change& change) {
  const Entry& entry = change.entry();
  if (change.kind == Change::Kind::kGone) return entry.name + " is gone";
  if (change.kind == Change::Kind::kNew) return entry.name + " is new";
  const bool known = change.before.figure && change.after.figure;
  if (!known || change.before.figure->lower_bound != change.after.figure->lower_bound || !change.relative) {
    return entry.name + " moved";
  }
  const auto* const phrase = std::find_if(kPhrases.begin(), kPhrases.end(), [&](const Phrase& p) {
    return entry.metric->name.starts_with(p.metric_prefix);
  });
  const bool rose = change.difference > 0.0;
  const std::string size = percent_of(*change.relative);
  if (phrase == kPhrases.end()) return fmt::format("{} {} by {}", entry.name, rose ? "rose" : "fell", size);
  return fmt::format("{} {} {} {}{}", phrase->of_jobs ? jobs_of(entry) : place_of(entry), phrase->verb, size,
                     rose ? phrase->more : phrase->less,
                     phrase->of_jobs ? statistic_of(entry.metric->name) : phrase->object);
}

std::string figures_in_words(const Change& change) {
  const Entry& entry = change.entry();
  if (change.kind == Change::Kind::kGone) return fmt::format("{} was {}", entry.name, one_figure(change.before, false));
  if (change.kind == Change::Kind::kNew) return fmt::format("{} is {}", entry.name, one_figure(change.after, false));
  const bool alike = one_figure(change.before, false) == one_figure(change.after, false);
  return fmt::format("{} {} -> {}", entry.name, one_figure(change.before, alike), one_figure(change.after, alike));
}

namespace {

/// What the command line set differently. Of a baseline the seed is not known apart from its scenario.
void add_settings(const Source& before, const Source& after, std::vector<std::string>& lines) {
  std::set<std::string> paths;
  for (const auto& [path, unused] : before.settings) paths.insert(path);
  for (const auto& [path, unused] : after.settings) paths.insert(path);
  for (const std::string& path : paths) {
    const auto old = before.settings.find(path);
    const auto now = after.settings.find(path);
    const bool was_set = old != before.settings.end();
    const bool is_set = now != after.settings.end();
    if (path == "seed" && was_set != is_set) continue;
    if (was_set && is_set && old->second == now->second) continue;
    lines.push_back(fmt::format("input changed: {}: {} -> {}", path, was_set ? old->second : "as in the scenario",
                                is_set ? now->second : "as in the scenario"));
  }
}

}  // namespace

std::vector<std::string> causes(const Source& before, const Source& after) {
  std::vector<std::string> lines;
  for (const auto& file : after.files) {
    const auto same_path = [&](const scenario::InputFile& other) { return other.path == file.path; };
    const auto old = std::find_if(before.files.begin(), before.files.end(), same_path);
    if (old == before.files.end()) lines.push_back("input changed: " + file.path + " is new");
    if (old != before.files.end() && old->digest != file.digest) lines.push_back("input changed: " + file.path);
  }
  for (const auto& file : before.files) {
    const auto same_path = [&](const scenario::InputFile& other) { return other.path == file.path; };
    if (std::none_of(after.files.begin(), after.files.end(), same_path)) {
      lines.push_back("input changed: " + file.path + " is no longer read");
    }
  }
  if (before.variant != after.variant || before.scenario != after.scenario) {
    lines.emplace_back("another scenario or variant");
  }
  add_settings(before, after, lines);
  if (before.catalogue_digest != after.catalogue_digest) lines.emplace_back("input changed: the catalogue");
  const auto version = [&](const char* name, const std::string& old, const std::string& now) {
    if (old != now) lines.push_back(fmt::format("code changed: {} {} -> {}", name, old, now));
  };
  version("gigasim", before.gigasim_version, after.gigasim_version);
  version("SimGrid", before.simgrid_version, after.simgrid_version);
  if (lines.empty()) lines.emplace_back("same inputs, same version: only the code between releases can differ");
  return lines;
}

}  // namespace gigasim::baseline
