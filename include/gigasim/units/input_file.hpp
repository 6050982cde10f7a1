#pragma once

#include <filesystem>
#include <string>

namespace gigasim::units {

/// Says why `path` cannot be read as a file: "file not found", "is a directory", "is a named pipe, not a file", ...
/// Empty for a regular file, also behind symbolic links. Opening anything else may wait for ever (a pipe that nobody
/// writes to) or never end (a device), so ask before opening.
[[nodiscard]] std::string why_not_a_file(const std::filesystem::path& path);

/// Tells whether two paths name one existing file or folder, by hard or symbolic links too.
[[nodiscard]] bool is_same_file(const std::filesystem::path& a, const std::filesystem::path& b);

}  // namespace gigasim::units
