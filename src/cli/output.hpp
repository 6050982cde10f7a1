#pragma once

#include <filesystem>
#include <string>

namespace gigasim::cli {

/// Writes all of `text` to stdout. Throws report::OutputError when that fails (a closed pipe ends the process quietly).
void print(const std::string& text);

/// Writes a file, over an earlier one. Throws report::OutputError; what was written by then is removed.
void write_text(const std::filesystem::path& file, const std::string& text);

}  // namespace gigasim::cli
