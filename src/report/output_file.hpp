#pragma once

#include <filesystem>
#include <string_view>

namespace gigasim::report {

/// Throws OutputError "cannot ACTION `shown`: reason" for an errno value. A full disk, an exceeded quota and a file
/// size limit count as resource limits.
[[noreturn]] void fail_output(std::string_view action, const std::filesystem::path& shown, int error);

/// Writes a new file whole and flushes it to the disk. Messages name the file as `shown`.
void write_file(const std::filesystem::path& file, const std::filesystem::path& shown, std::string_view content);

/// Flushes a directory's list of entries to the disk, where the file system can.
void flush_folder(const std::filesystem::path& directory, const std::filesystem::path& shown);

}  // namespace gigasim::report
