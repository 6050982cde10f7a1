#pragma once

#include <string>

namespace gigasim::workload {

/// A log as text, and the digest of its file as it lies on disk.
struct LogFile {
  std::string text, digest;
};

/// Reads a file whole and unpacks it when it begins like a gzip file (several members are joined). Throws
/// scenario::ScenarioError for a file that cannot be read, truncated or damaged gzip data, and more than 1 GiB of text.
[[nodiscard]] LogFile read_log_file(const std::string& path);

}  // namespace gigasim::workload
