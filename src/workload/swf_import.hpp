#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "gigasim/scenario/scenario.hpp"
#include "gigasim/workload/job.hpp"
#include "gigasim/workload/source.hpp"
#include "log_file.hpp"

namespace gigasim::workload {

/// What the scenario asks of an import.
struct ImportRules {
  std::int32_t stream = 0;               ///< index of the stream
  std::int64_t largest_partition = 0;    ///< larger jobs are dropped
  bool extend_walltime = false;          ///< `overrun: extend`
  std::optional<units::Seconds> period;  ///< jobs submitted at its end or later are dropped
};

[[nodiscard]] ImportRules import_rules(const scenario::Scenario& scenario, std::size_t stream);

/// The usable jobs of a log in order of submit time, and what became of the others.
struct ImportedLog {
  std::vector<Job> jobs;
  ImportReport report;
};

/// Reads a log in the Standard Workload Format, plain or gzipped, by the rules of docs/models/workload.md. Throws
/// scenario::ScenarioError for a log that cannot be used.
[[nodiscard]] ImportedLog import_swf(const scenario::Trace& trace, const ImportRules& rules);
/// The same of a file that was read.
[[nodiscard]] ImportedLog take_swf(LogFile file, const scenario::Trace& trace, const ImportRules& rules);

}  // namespace gigasim::workload
