#pragma once

#include <string>
#include <string_view>

namespace gigasim::cli {

/// A file in memory through which a child process hands over text of any length. Throws std::bad_alloc where
/// none can be made.
class MemoryFile {
 public:
  explicit MemoryFile(const char* name);
  ~MemoryFile();
  MemoryFile(MemoryFile&& other) noexcept;
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  MemoryFile& operator=(MemoryFile&&) = delete;

  [[nodiscard]] int descriptor() const { return descriptor_; }
  void append(std::string_view text) const;  ///< throws report::OutputError
  [[nodiscard]] std::string text() const;    ///< all of it, from the beginning

 private:
  int descriptor_;
};

}  // namespace gigasim::cli
