#pragma once

#include "object.hpp"
#include "spec.hpp"

namespace gigasim::scenario {

[[nodiscard]] const Object<PrioritySpec>& priority_object();
[[nodiscard]] const Object<PreemptionSpec>& preemption_object();

}  // namespace gigasim::scenario
