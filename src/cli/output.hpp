#pragma once

#include <filesystem>
#include <string>

#include "gigasim/report/report.hpp"

namespace gigasim::cli {

/// Writes all of `text` to stdout. Throws report::OutputError when that fails (not
/// for a closed pipe: the rest of the output is then left out, and files are written as ever).
void print(const std::string& text);

/// The same for a document that is not for the terminal's eyes: not cleaned of control characters.
void print_as_is(const std::string& text);

/// Returns what a word of `--format` means: table, json, csv or md.
[[nodiscard]] report::Format report_format(const std::string& word);

/// Writes a file, over an earlier one. Throws report::OutputError; what was written by then is removed.
void write_text(const std::filesystem::path& file, const std::string& text);

}  // namespace gigasim::cli
