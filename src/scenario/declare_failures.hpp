#pragma once

#include "object.hpp"
#include "spec.hpp"

namespace gigasim::scenario {

[[nodiscard]] const Object<FailuresSpec>& failures_object();
[[nodiscard]] const Object<CheckpointSpec>& checkpoint_object();

}  // namespace gigasim::scenario
