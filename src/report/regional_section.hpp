#pragma once

#include "sections.hpp"

namespace gigasim::report {

/// Who gets what by country: groups of countries, and how unequal it is. Empty for fewer than two countries of origin.
[[nodiscard]] Section regional_section(const metrics::Results& results);
/// What the accelerator counts rest on. Empty when all are the user's own.
[[nodiscard]] Section provenance_section(const metrics::Results& results);

}  // namespace gigasim::report
