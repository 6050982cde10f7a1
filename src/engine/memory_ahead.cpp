#include "memory_ahead.hpp"

#include <sys/mman.h>

#include <new>

namespace gigasim::engine {

void MemoryAhead::look(std::size_t bytes) {
  // Of the system, not of the allocator: that would keep the block, and not cut small pieces from it. No page is
  // touched.
  void* const room = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (room == MAP_FAILED) throw std::bad_alloc{};
  ::munmap(room, bytes);
}

}  // namespace gigasim::engine
