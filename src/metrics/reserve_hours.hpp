#pragma once

#include "books.hpp"

namespace gigasim::metrics {

/// Returns the H100-equivalent ticks of reserved accelerators that nobody used: of all reserves at the machines of the
/// network, a site or a span of time, or of those that are kept for a group of jobs.
[[nodiscard]] double reserved_unused_h100_ticks(const Books& books, const Group& group);

}  // namespace gigasim::metrics
