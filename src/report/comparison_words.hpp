#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gigasim/report/report.hpp"

/// What results say side by side, in sentences for the terminal and for the HTML page. An empty text where there is
/// nothing to say.
namespace gigasim::report {

using ResultNames = std::vector<std::string>;

inline constexpr std::string_view kOneRunEach =
    "One run each: a difference may be chance, and none below 5 % is called better or worse.";

/// What stands between the results beside what was to be compared: one run each, other seeds, other periods, other
/// demand, a run that was stopped early.
[[nodiscard]] std::vector<std::string> comparison_caveats(const std::vector<Summary>& results,
                                                          const ResultNames& names);

[[nodiscard]] std::string compared_jobs_sentence(const std::vector<Summary>& results, const ResultNames& names);
[[nodiscard]] std::string compared_waits_sentence(const std::vector<Summary>& results, const ResultNames& names);
[[nodiscard]] std::string compared_hours_sentence(const std::vector<Summary>& results, const ResultNames& names);
[[nodiscard]] std::string compared_energy_sentence(const std::vector<Summary>& results, const ResultNames& names);
/// Where the results differ by more than one run can tell, one sentence for each but the first.
[[nodiscard]] std::vector<std::string> verdict_sentences(const std::vector<Summary>& results, const ResultNames& names);

/// "1 h in a, 2 h in b and 3 h in c" of one metric, the lowest first; of many only the ends. Empty when fewer than two
/// results have it.
[[nodiscard]] std::string listed_figures(const std::vector<Summary>& results, const ResultNames& names,
                                         std::string_view metric, bool zeros = true);
/// "52.3 million", "12.3 GWh"
[[nodiscard]] std::string amount_words(double value, std::string_view unit);

}  // namespace gigasim::report
