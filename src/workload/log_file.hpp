#pragma once

#include <string>

namespace gigasim::workload {

/// A log as text, and the digest of its file as it lies on disk.
struct LogFile {
  std::string text, digest;
};

/// What a log is called in messages: its path, or "standard input" for "-".
[[nodiscard]] std::string name_of_log(const std::string& path);

/// Reads a file ("-": standard input) whole and unpacks it when it begins like a gzip file (several members are
/// joined). The text comes without a mark of UTF-8; where carriage returns alone end lines, line feeds do. Throws
/// scenario::ScenarioError for a file that cannot be read, truncated or damaged gzip data, UTF-16, and more than 1 GiB
/// of text.
[[nodiscard]] LogFile read_log_file(const std::string& path);

}  // namespace gigasim::workload
