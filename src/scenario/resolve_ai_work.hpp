#pragma once

#include "resolve.hpp"

namespace gigasim::scenario {

/// Turns the work of a stream's jobs into runtimes by size, at the speed of each size's reference, and settles how fast
/// each partition is. `sizes` are empty where the job has a deadline, which then decides the size.
void resolve_ai_work(StreamSpec& spec, SizePmf sizes, const Surroundings& around, Stream& stream, Context& context);

}  // namespace gigasim::scenario
