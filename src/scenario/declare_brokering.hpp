#pragma once

#include "object.hpp"
#include "spec.hpp"

/// How it is written which sites may take which jobs, and what a broker weighs.
namespace gigasim::scenario {

[[nodiscard]] const Object<RequiresSpec>& requires_object();
[[nodiscard]] const Object<WeightsSpec>& weights_object();
[[nodiscard]] Type<Residency> residency_words();
[[nodiscard]] Type<Eligibility> eligible_users();

}  // namespace gigasim::scenario
