#include "gigasim/report/import_report.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gigasim/report/humane.hpp"
#include "gigasim/report/rows.hpp"
#include "gigasim/units/calendar.hpp"
#include "gigasim/units/text.hpp"
#include "results_json.hpp"

namespace gigasim::report {
namespace {

void append_counts(Rows& rows, std::string_view what, const std::map<std::string, std::int64_t>& counts) {
  for (const auto& [reason, count] : counts) {
    rows.push_back({fmt::format("{}: {}", what, reason), units::grouped(count)});
  }
}

/// "dropped: Submit: not a date and time (line 3, 9, ...)".
void append_dropped(Rows& rows, const workload::ImportReport& report) {
  for (const auto& [reason, count] : report.dropped) {
    std::string places;
    const auto lines = report.dropped_lines.find(reason);
    if (lines != report.dropped_lines.end()) {
      const bool more = count > static_cast<std::int64_t>(lines->second.size());
      places = fmt::format(" (line {}{})", fmt::join(lines->second, ", "), more ? ", ..." : "");
    }
    rows.push_back({fmt::format("dropped: {}{}", reason, places), units::grouped(count)});
  }
}

}  // namespace

std::string import_report(const workload::ImportReport& report, Format format) {
  if (format == Format::kJson) return json_text(import_json(report));
  Rows rows{{fmt::format("{} ({})", report.file, report.format), ""}};
  rows.push_back({"lines read", units::grouped(report.lines)});
  rows.push_back({"jobs kept", units::grouped(report.kept)});
  append_dropped(rows, report);
  if (report.merged > 0) rows.push_back({"merged: the same record twice", units::grouped(report.merged)});
  if (report.added > 0) rows.push_back({"added: further tasks of arrays", units::grouped(report.added)});
  append_counts(rows, "repaired", report.repaired);
  if (report.unix_start_time) rows.push_back({"begins", units::format_utc_long({*report.unix_start_time})});
  if (report.max_procs) rows.push_back({"processors of the machine", units::grouped(*report.max_procs)});
  if (const auto& waits = report.as_logged) {
    rows.push_back({"as logged: jobs with a wait", units::grouped(waits->jobs)});
    rows.push_back({"as logged: mean wait", humane::quantity(waits->mean_wait_s, "s")});
    rows.push_back({"as logged: p95 wait", humane::quantity(waits->p95_wait_s, "s")});
    rows.push_back({"as logged: max wait", humane::quantity(waits->max_wait_s, "s")});
    rows.push_back({"as logged: slowdown", humane::number(waits->mean_bounded_slowdown)});
  }
  return aligned(rows);
}

}  // namespace gigasim::report
