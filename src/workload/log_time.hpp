#pragma once

#include <optional>
#include <string_view>

namespace gigasim::workload {

/// A moment as a log writes it.
struct LogTime {
  double unix_seconds = 0.0;
  bool zoned = false;  ///< it names its zone; else it was read as UTC
};

/// Reads "2023-03-01T08:00:10", with a blank for the T, with a fraction of the second, with Z or an offset such as
/// +08:00, or whole seconds since 1970. Nothing for any other text and for days that do not exist.
[[nodiscard]] std::optional<LogTime> parse_log_time(std::string_view text);

/// Reads a duration of Slurm in seconds: "[D-]HH:MM:SS[.fff]", "MM:SS[.fff]", "D-HH", "D-HH:MM". Nothing else.
[[nodiscard]] std::optional<double> parse_slurm_duration(std::string_view text);

/// Tells whether a cell says that there is no value: empty, Unknown, None, NULL, N/A (in any case).
[[nodiscard]] bool says_nothing(std::string_view cell);

}  // namespace gigasim::workload
