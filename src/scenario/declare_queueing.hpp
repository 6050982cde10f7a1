#pragma once

#include <string>
#include <vector>

#include "object.hpp"
#include "spec.hpp"

namespace gigasim::scenario {

/// The names of scheduling::queue_policy_names(), which this room does not know; a test holds them together.
[[nodiscard]] const std::vector<std::string>& queue_policy_words();
[[nodiscard]] Type<std::string> queue_policy_word();
[[nodiscard]] const Object<BackfillSpec>& backfill_object();
[[nodiscard]] const Object<ReservationSpec>& reservation_object();

}  // namespace gigasim::scenario
