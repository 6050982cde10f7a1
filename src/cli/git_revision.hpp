#pragma once

#include <filesystem>
#include <string>

namespace gigasim::cli {

/// Returns a file as it was at a git revision ("main", "HEAD~3"). Throws UsageError with git's reason.
[[nodiscard]] std::string file_at_revision(const std::filesystem::path& file, const std::string& revision);

}  // namespace gigasim::cli
