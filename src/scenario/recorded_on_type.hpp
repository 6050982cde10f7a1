#pragma once

#include "spec.hpp"
#include "type.hpp"

namespace gigasim::scenario {

/// `A100`, `{ accelerator: A100, class: sft }` or `none`.
[[nodiscard]] Type<RecordedOn> recorded_on();

}  // namespace gigasim::scenario
