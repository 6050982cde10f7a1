#pragma once

#include "diagnostics.hpp"
#include "gigasim/scenario/scenario.hpp"
#include "service_spec.hpp"

namespace gigasim::scenario {

/// Says which users a service cannot keep its `ttft_p95` for because of the way between: even for a request that a
/// replica has to itself, at the best of the places that may answer it. All users: an error; some: a warning. All of
/// the scenario is there already.
void check_objective_reach(const ObjectiveSpec& spec, const Service& service, const Scenario& scenario,
                           Context& context);

}  // namespace gigasim::scenario
