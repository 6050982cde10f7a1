#pragma once

#include <string>
#include <vector>

#include "gigasim/report/cost.hpp"
#include "sections.hpp"

namespace gigasim::report {

/// One line on what is reckoned: scenario, variant, period.
[[nodiscard]] std::string cost_headline(const CostInput& input);

/// The answer in a few sentences: what a year costs, what an hour costs, how sure that is, and who pays.
[[nodiscard]] std::vector<std::string> cost_answer(const cost::Assessment& assessment);

/// What stands below it.
[[nodiscard]] std::vector<Section> cost_sections(const cost::Assessment& assessment);

/// Money for people: "2,933 MEUR", "41.9 kEUR".
[[nodiscard]] std::string money(units::Euros amount);

}  // namespace gigasim::report
