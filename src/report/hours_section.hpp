#pragma once

#include "results_json.hpp"
#include "sections.hpp"

/// What became of the accelerator-hours available, for files and for people.
namespace gigasim::report {

/// By site. Empty where all hours are either delivered to jobs or idle: the utilisation says it all.
[[nodiscard]] Section hours_section(const metrics::Results& results);

/// Adds `accelerator_hours_split` to the block of a network or a site in a run that has such parts.
void add_hour_split(Json& json, const metrics::Block& block, const scenario::Scenario& scenario);

}  // namespace gigasim::report
