#pragma once

#include "diagnostics.hpp"
#include "gigasim/scenario/scenario.hpp"
#include "spec.hpp"

namespace gigasim::scenario {

/// Warns of what the user wrote and no result depends on: the capacity of the link to the research networks (nothing
/// moves data between sites), and that of the spine where no job writes checkpoints over it.
void warn_about_unused_keys(const ScenarioSpec& spec, const Scenario& scenario, Context& context);

}  // namespace gigasim::scenario
