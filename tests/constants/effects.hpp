#pragma once

#include <map>
#include <string>
#include <vector>

#include "gigasim/report/report.hpp"
#include "listed.hpp"

namespace gigasim::constants {

/// By how much a constant is changed: by 0.1 %.
inline constexpr double kChange = 1.001;

/// The metrics whose figures differ, as "network.energy" or "sites/jaif.energy"; a block that only one has counts too.
[[nodiscard]] std::vector<std::string> moved_metrics(const report::Summary& before, const report::Summary& after);

/// The results of each exhibit, or each that is not slow, with nothing changed.
[[nodiscard]] std::map<std::string, report::Summary> unchanged_results(bool slow_too);

/// For each constant of a list, what its change moves in its exhibit, the first few of it: "network.energy ...", empty
/// when nothing moved, "error: ..." when the run failed.
[[nodiscard]] std::vector<std::string> effects_of(const std::vector<Listed>& constants,
                                                  const std::map<std::string, report::Summary>& unchanged);

/// The same for constants that nothing shows, in every exhibit of `unchanged`; all of `constants` change at once, since
/// none of them should move anything. One text per exhibit.
[[nodiscard]] std::vector<std::string> effects_together(const std::vector<Listed>& constants,
                                                        const std::map<std::string, report::Summary>& unchanged);

}  // namespace gigasim::constants
