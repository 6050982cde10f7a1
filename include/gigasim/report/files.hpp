#pragma once

#include <filesystem>
#include <span>
#include <string_view>

namespace gigasim::report {

/// Throws OutputError "cannot ACTION `shown`: reason" for an errno value. A full disk, an exceeded quota and a file
/// size limit count as resource limits.
[[noreturn]] void fail_output(std::string_view action, const std::filesystem::path& shown, int error);

/// Writes all of `content` to an open file. False with errno set when that fails.
[[nodiscard]] bool write_all(int file, std::string_view content);

/// Throws OutputError when writing `output`, a file or a folder that is replaced whole, would overwrite or remove one
/// of `inputs`: the same file by any name or link, or one that lies in the folder.
void refuse_to_overwrite(const std::filesystem::path& output, std::span<const std::filesystem::path> inputs);

/// Writes a file in one step: under another name first, then renamed into place, so that a reader or an interruption
/// finds the old file or the whole new one. Makes missing parent folders. Throws OutputError; the old file then stays.
void replace_file(const std::filesystem::path& path, std::string_view content);

}  // namespace gigasim::report
