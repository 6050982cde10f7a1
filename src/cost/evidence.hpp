#pragma once

#include <span>
#include <string>
#include <vector>

#include "drivers.hpp"

namespace gigasim::cost {

/// What the yearly cost of some sites rests on, largest share first. Each figure weighs what the cost would change by,
/// up or down, if it were 1 % larger; the weights are given as shares of their sum. Counts of accelerators and what a
/// run measured are not among the figures. Empty without cost.
[[nodiscard]] std::vector<Evidence> evidence_of(std::span<const Prepared> sites);

/// The word for a figure of the catalogue: "published" (confidence high), "converted" (medium: published, but
/// converted, old or from another market), "estimated" (low) or "recalled" (low, and its source says so); "stated" for
/// one of the scenario.
[[nodiscard]] std::string evidence_word(const std::string& confidence, const std::string& source);

}  // namespace gigasim::cost
