#pragma once

#include "gigasim/scenario/scenario.hpp"
#include "results_json.hpp"

/// Who sent jobs where by which rules, for `gigasim explain`.
namespace gigasim::report {

[[nodiscard]] Json brokering_json(const scenario::Scenario& scenario);
[[nodiscard]] Json eligible_json(const scenario::Eligibility& eligible);

}  // namespace gigasim::report
