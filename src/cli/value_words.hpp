#pragma once

#include <string_view>

#include "command_info.hpp"

namespace gigasim::cli {

/// Fills in what shells offer for a value of this name. Names of values are a vocabulary: FILE and LOG are files,
/// SCENARIO a scenario file, RESULT and DIR folders, KIND, ID and METRIC names that the program itself knows.
/// For a JOB nothing is offered: only its result knows it.
void offer_by_name(Value& value);

}  // namespace gigasim::cli
