#pragma once

#include <string>

#include "gigasim/workload/import.hpp"
#include "log_file.hpp"
#include "log_table.hpp"
#include "neutral_log.hpp"

/// One function a format; docs/import.md has their rules. Each throws scenario::ScenarioError, with up to ten places,
/// for a log that cannot be used.
namespace gigasim::workload {

/// A log that was read, and under what name.
struct ForeignLog {
  std::string file;
  const LogFile& content;
  const ImportOptions& options;
};

[[nodiscard]] NeutralTable convert_swf(const ForeignLog& log);
[[nodiscard]] NeutralTable convert_sacct(const ForeignLog& log);
[[nodiscard]] NeutralTable convert_acme(const ForeignLog& log);
[[nodiscard]] NeutralTable convert_batsim(const ForeignLog& log);
[[nodiscard]] NeutralTable convert_philly(const ForeignLog& log);

/// The stated number of accelerators per processor; 1 when none is, with a warning in the report.
[[nodiscard]] double stated_factor(const ForeignLog& log, ImportReport& report);

/// A table in the format's own words, as strict as the options ask.
[[nodiscard]] Dialect dialect_of(const ForeignLog& log);

/// Rounds a size that a factor gave up to whole accelerators; where that adds some, it is counted as a repair.
[[nodiscard]] double whole_accelerators(double accelerators, NeutralLog& log);

}  // namespace gigasim::workload
