#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "bars.hpp"
#include "gigasim/report/humane.hpp"
#include "grouping.hpp"
#include "markup.hpp"
#include "result_file.hpp"
#include "sections.hpp"

namespace gigasim::report::html {
namespace {

struct AccessColumn {
  std::string_view header, path;
};
constexpr std::array kAccessColumns{AccessColumn{"decision, mean", "decision_time_s.mean"},
                                    AccessColumn{"onboarding, mean", "onboarding_time_s.mean"},
                                    AccessColumn{"onboarding, 95 %", "onboarding_time_s.p95"},
                                    AccessColumn{"time to access, mean", "time_to_access_s.mean"},
                                    AccessColumn{"time to access, median", "time_to_access_s.median"},
                                    AccessColumn{"time to access, 95 %", "time_to_access_s.p95"}};

bool has_projects(const Json* block) {
  return block != nullptr && number_at(*block, "projects").value_or(0.0) > 0.0;
}

/// Groups that have projects in any of the results.
std::vector<std::string> names_with_projects(const Results& results, std::string_view json_array) {
  std::vector<std::string> names = block_names(results, json_array);
  std::erase_if(names, [&](const std::string& name) {
    return std::none_of(results.begin(), results.end(),
                        [&](const Result& r) { return has_projects(block_named(r, json_array, name)); });
  });
  return names;
}

/// Strong up to the end of decision and onboarding; what follows is the queue.
Bar access_bar(const Json* block, std::string name, std::size_t series, bool alone) {
  Bar bar{std::move(name), series, {}, "no project", 0.0, 0.0, false};
  if (!has_projects(block)) return bar;
  const auto all = figure_at(*block, "time_to_access_s.mean");
  const auto decision = figure_at(*block, "decision_time_s.mean");
  const auto onboarding = figure_at(*block, "onboarding_time_s.mean");
  if (!all || !decision || !onboarding) return bar;
  bar.inner = decision->value + onboarding->value;
  bar.outer = std::max(all->value, bar.inner);
  bar.open_ended = all->lower_bound;
  if (alone) {
    bar.detail =
        fmt::format("decision {}, onboarding {}", humane::figure(decision, "s"), humane::figure(onboarding, "s"));
  }
  bar.text = fmt::format("in all {}", humane::figure(all, "s"));
  return bar;
}

std::string access_table(const Results& results, const Grouping& grouping, const std::vector<std::string>& names) {
  TextTable all{{{std::string{grouping.column}, false, 0}}, {}};
  if (results.size() > 1) all.columns.push_back({"result", false, 0});
  for (const char* header : {"projects", "of them waiting"}) all.columns.push_back({header, true, 0});
  for (const AccessColumn& column : kAccessColumns) all.columns.push_back({std::string{column.header}, true, 0});
  for (const std::string& name : names) {
    for (const Result& result : results) {
      const Json* block = block_named(result, grouping.json_array, name);
      if (!has_projects(block)) continue;
      std::vector<Cell>& row = all.rows.emplace_back();
      row.push_back({grouping.words(name)});
      if (results.size() > 1) row.push_back({result.label});
      for (const char* path : {"projects", "projects_waiting"})
        row.push_back({humane::figure(figure_at(*block, path), "")});
      for (const AccessColumn& column : kAccessColumns)
        row.push_back({humane::figure(figure_at(*block, column.path), "s")});
    }
  }
  const std::string title = fmt::format("Time to access by {}", grouping.column);
  return folded(fmt::format("{} as a table", title), table(all, title));
}

std::string access_chart(const Results& results, const Grouping& grouping) {
  const std::vector<std::string> names = names_with_projects(results, grouping.json_array);
  if (names.empty()) return {};
  const std::string title = fmt::format("Mean time to access by {}", grouping.column);
  std::string description = fmt::format("{}.", title);
  const bool alone = results.size() == 1;
  std::vector<BarGroup> groups;
  for (const std::string& name : names) {
    const std::string words = grouping.words(name);
    BarGroup& group = groups.emplace_back();
    if (!alone) group.title = words;
    for (std::size_t r = 0; r < results.size(); ++r) {
      const Json* block = block_named(results[r], grouping.json_array, name);
      const Bar& bar = group.bars.emplace_back(access_bar(block, alone ? words : results[r].label, r, alone));
      description += fmt::format(" {}{}: {}{}{}.", group.title, group.title.empty() ? "" : ", " + bar.name, bar.detail,
                                 bar.detail.empty() ? "" : ", ", bar.text);
    }
  }
  const std::string id = fmt::format("access-{}", grouping.id);
  return bar_chart({id, title, description}, groups, "s", legend(labels(results)),
                   access_table(results, grouping, names));
}

}  // namespace

std::string access_part(const Results& results) {
  std::string charts;
  for (const Grouping& grouping : groupings()) {
    // Decisions and staff do not depend on the country of the users.
    if (grouping.json_array != "origins") charts += access_chart(results, grouping);
  }
  if (charts.empty()) return {};
  return paragraph(
             "From the application of a project to the start of its first job. The strong bar is the decision on the "
             "application and the onboarding by a site's staff, the pale rest is the queue.") +
         charts;
}

}  // namespace gigasim::report::html
