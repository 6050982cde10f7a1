#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "gigasim/report/files.hpp"
#include "gigasim/units/digest.hpp"

namespace gigasim::report {

/// A new file that is written piece by piece. Messages name it as `shown`. All calls throw OutputError.
class NewFile {
 public:
  NewFile(const std::filesystem::path& file, std::filesystem::path shown);
  ~NewFile();
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  void append(std::string_view content);
  /// Flushes the file to the disk. Nothing may be appended after that.
  void close();

  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }
  /// SHA-256 of all that was appended, in hexadecimal digits; once.
  [[nodiscard]] std::string sha256() { return digest_.hex(); }

 private:
  std::filesystem::path shown_;
  int descriptor_ = -1;
  std::uint64_t bytes_ = 0;
  units::Sha256 digest_;
};

/// Writes a new file whole and flushes it to the disk. Messages name the file as `shown`.
void write_file(const std::filesystem::path& file, const std::filesystem::path& shown, std::string_view content);

/// Flushes a directory's list of entries to the disk, where the file system can.
void flush_folder(const std::filesystem::path& directory, const std::filesystem::path& shown);

}  // namespace gigasim::report
