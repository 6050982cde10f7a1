#include "memory_file.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <new>
#include <utility>

#include "gigasim/report/files.hpp"

namespace gigasim::cli {

MemoryFile::MemoryFile(const char* name) : descriptor_(::memfd_create(name, MFD_CLOEXEC)) {
  if (descriptor_ < 0) throw std::bad_alloc{};
}

MemoryFile::~MemoryFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

MemoryFile::MemoryFile(MemoryFile&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

void MemoryFile::append(std::string_view text) const {
  if (!report::write_all(descriptor_, text)) report::fail_output("hand over", "a result", errno);
}

std::string MemoryFile::text() const {
  std::string text(static_cast<std::size_t>(::lseek(descriptor_, 0, SEEK_END)), '\0');
  std::size_t size = 0;
  while (size < text.size()) {
    const ssize_t got = ::pread(descriptor_, text.data() + size, text.size() - size, static_cast<off_t>(size));
    if (got == 0 || (got < 0 && errno != EINTR)) break;
    if (got > 0) size += static_cast<std::size_t>(got);
  }
  text.resize(size);
  return text;
}

}  // namespace gigasim::cli
