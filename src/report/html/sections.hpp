#pragma once

#include <string>

#include "result.hpp"

/// The parts of the page. Each returns the markup below its heading, empty when the results have nothing to say on it.
namespace gigasim::report::html {

[[nodiscard]] std::string answer_part(const Results& results);
[[nodiscard]] std::string key_figures_part(const Results& results);
[[nodiscard]] std::string map_part(const Results& results);
[[nodiscard]] std::string hours_part(const Results& results);
[[nodiscard]] std::string ai_part(const Results& results);
[[nodiscard]] std::string services_part(const Results& results);
[[nodiscard]] std::string reliability_part(const Results& results);
[[nodiscard]] std::string waiting_part(const Results& results);
[[nodiscard]] std::string access_part(const Results& results);
[[nodiscard]] std::string privileges_part(const Results& results);
[[nodiscard]] std::string quarters_part(const Results& results);
[[nodiscard]] std::string over_time_part(const Results& results);
[[nodiscard]] std::string cost_part(const Results& results);
[[nodiscard]] std::string regional_part(const Results& results);
[[nodiscard]] std::string assumptions_part(const Results& results);
[[nodiscard]] std::string warnings_part(const Results& results);
[[nodiscard]] std::string origin_part(const Results& results);  ///< what the page was made from

}  // namespace gigasim::report::html
