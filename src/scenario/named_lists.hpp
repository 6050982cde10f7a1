#pragma once

#include "diagnostics.hpp"
#include "node.hpp"

namespace gigasim::scenario {

/// Puts the named lists of a scenario, or of a part of one, in order before it is merged: gives partitions their names,
/// replaces `catalogue` entries by the sites that they stand for, merges entries over those of the same list, and
/// reports names that stand twice. Doing it again changes nothing.
void settle_named_lists(YamlNode& scenario, Context& context);

}  // namespace gigasim::scenario
