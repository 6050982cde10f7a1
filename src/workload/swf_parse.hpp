#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "import_errors.hpp"

namespace gigasim::workload {

/// One job line as it stands in the log; a missing value is -1, times are in seconds.
struct SwfRecord {
  std::int64_t number = -1;
  double submit = -1.0, wait = -1.0, runtime = -1.0, walltime = -1.0;
  double processors = -1.0;  ///< requested if positive, else allocated
  int status = -1;
  std::int64_t user = -1;
  bool padded = false;  ///< the line had fewer than 18 fields
  std::int64_t group = -1, queue = -1;
  std::int64_t line = 0;
};

/// A log in the Standard Workload Format, before any rule is applied.
struct SwfLog {
  std::vector<SwfRecord> records;
  std::int64_t lines = 0;        ///< job lines, those too short or of no use included
  std::int64_t short_lines = 0;  ///< with fewer than 11 fields; they have no record
  std::optional<std::int64_t> max_procs, unix_start_time;
  std::vector<std::string> warnings;
  ImportErrors errors;  ///< lines that could not be read
};

/// Reads the text of a log; `file` is its name in messages. Fields that are not numbers or out of range make a line
/// that cannot be read: settle() of the errors raises or counts them. Throws scenario::ScenarioError at once for lines
/// above 1 MiB and a text without any job line, where it is strict also for binary data.
[[nodiscard]] SwfLog parse_swf(std::string_view text, const std::string& file, bool strict);

}  // namespace gigasim::workload
