#pragma once

#include "resolve.hpp"
#include "work_rates.hpp"

namespace gigasim::scenario {

/// Checks what goes together in a job that is given as work; reports what does not.
[[nodiscard]] bool check_ai_work(const StreamSpec& spec, Context& context);

/// What a job that passed the check does, defaults filled in.
[[nodiscard]] WorkKind kind_of(const JobSpec& job);

}  // namespace gigasim::scenario
