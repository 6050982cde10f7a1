#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gigasim/workload/source.hpp"

/// Logs of other programs as one neutral table of jobs, which streams read back (docs/import.md).
namespace gigasim::workload {

/// How sizes become accelerators and work becomes time, where the log does not say. Nothing is guessed.
struct ImportOptions {
  std::optional<double> accelerators_per_processor;   ///< of a log's processors, hosts or CPUs
  std::optional<std::int64_t> accelerators_per_node;  ///< of jobs without accelerators in a log that counts nodes
  std::optional<double> flop_per_second;              ///< of a host, for work that is given in FLOP
  std::map<std::string, double> gpu_shares;           ///< of a whole GPU, by type of a share (sacct)
  std::string delimiter;                              ///< between cells (sacct); empty: |
  std::string columns;                                ///< of a table without a heading (sacct), comma separated
  bool strict = false;                                ///< a row that cannot be read is an error
};

/// A neutral table, and what became of the log's jobs on the way.
struct NeutralTable {
  std::string csv;
  ImportReport report;
};

/// The formats that convert_log() takes.
[[nodiscard]] const std::vector<std::string>& import_formats();

/// Reads a log ("-": standard input) whole, plain or gzipped. Rows that cannot be read are dropped and counted. Throws
/// scenario::ScenarioError for a log of which nothing can be used, with up to ten places, and std::invalid_argument for
/// any other format.
[[nodiscard]] NeutralTable convert_log(std::string_view format, const std::string& file, const ImportOptions& options);

}  // namespace gigasim::workload
