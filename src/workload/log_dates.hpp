#pragma once

#include <optional>

#include "log_table.hpp"
#include "log_time.hpp"
#include "neutral_log.hpp"

namespace gigasim::workload {

/// A cell as seconds since 1970; nothing when it says nothing or was complained about.
[[nodiscard]] inline std::optional<double> date_in(LogTable& table, LogTable::Column column, NeutralLog& log) {
  const std::string_view cell = table.cell(column);
  if (says_nothing(cell)) return std::nullopt;
  const auto time = parse_log_time(cell);
  if (!time) {
    table.complain(column, "not a date and time");
    return std::nullopt;
  }
  if (!time->zoned) log.note_local_time();
  return time->unix_seconds;
}

}  // namespace gigasim::workload
