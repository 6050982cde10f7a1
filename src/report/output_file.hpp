#pragma once

#include <filesystem>
#include <string_view>

#include "gigasim/report/files.hpp"

namespace gigasim::report {

/// Writes a new file whole and flushes it to the disk. Messages name the file as `shown`.
void write_file(const std::filesystem::path& file, const std::filesystem::path& shown, std::string_view content);

/// Flushes a directory's list of entries to the disk, where the file system can.
void flush_folder(const std::filesystem::path& directory, const std::filesystem::path& shown);

}  // namespace gigasim::report
