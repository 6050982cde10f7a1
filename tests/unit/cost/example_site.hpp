#pragma once

#include <string>

#include "gigasim/cost/assess.hpp"

namespace gigasim::cost {

/// The gigafactory of the worked example in docs/models/cost.md: 40,000 GB300 of 1.9 kW and 2,500 TFLOP/s each, all
/// else as the parameters say.
[[nodiscard]] SiteFacts example_site(const std::string& country);

/// Assesses sites with nothing stated.
[[nodiscard]] Assessment assess_sites(std::vector<SiteFacts> sites);

/// The component of that name; throws when there is none.
[[nodiscard]] double euros(const std::vector<Amount>& amounts, std::string_view name);

}  // namespace gigasim::cost
