#pragma once

#include <filesystem>
#include <string_view>

namespace gigasim::report {

/// Writes a file in one step: under another name first, then renamed into place, so that a reader or an interruption
/// finds the old file or the whole new one. Makes missing parent folders. Throws OutputError; the old file then stays.
void replace_file(const std::filesystem::path& file, std::string_view content);

}  // namespace gigasim::report
