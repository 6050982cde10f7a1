#include "huge_pages.hpp"

#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <climits>
#include <cstdint>
#include <cstdlib>

namespace gigasim::cli {

void use_huge_pages() {
  constexpr int kHeap = 1 << 30;
  constexpr std::uintptr_t kPage = 2 << 20;
  constexpr int kUsualPad = 128 << 10;
  constexpr int kLargestSeparate = 32 << 20;  // larger blocks get a mapping of their own
  mallopt(M_TRIM_THRESHOLD, INT_MAX);
  mallopt(M_MMAP_THRESHOLD, kLargestSeparate);
  // A request that the heap cannot serve makes it grow by the pad as well: addresses only, until they are used.
  const auto begin = reinterpret_cast<std::uintptr_t>(sbrk(0));
  mallopt(M_TOP_PAD, kHeap);
  void* volatile request =
      std::malloc(kPage);  // NOLINT(cppcoreguidelines-no-malloc); volatile: not to be optimised away
  mallopt(M_TOP_PAD, kUsualPad);
  std::free(request);  // NOLINT(cppcoreguidelines-no-malloc)
  const auto end = reinterpret_cast<std::uintptr_t>(sbrk(0));
  const std::uintptr_t first = (begin + kPage - 1) / kPage * kPage;
  // NOLINTNEXTLINE(performance-no-int-to-ptr): an address rounded to a page is no object of ours
  if (end > first) madvise(reinterpret_cast<void*>(first), end - first, MADV_HUGEPAGE);
}

}  // namespace gigasim::cli
