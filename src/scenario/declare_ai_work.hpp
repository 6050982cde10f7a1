#pragma once

#include "object.hpp"
#include "spec.hpp"

namespace gigasim::scenario {

/// Adds the keys with which a job is given as work, and what goes with what.
void declare_ai_work(Object<JobSpec>& job);

}  // namespace gigasim::scenario
