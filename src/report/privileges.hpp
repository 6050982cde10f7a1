#pragma once

#include <filesystem>
#include <vector>

#include "gigasim/report/report.hpp"
#include "results_json.hpp"

/// Which jobs have a right before others.
namespace gigasim::report {

[[nodiscard]] Json privileges_json(const scenario::Scenario& scenario);
[[nodiscard]] std::vector<SummaryPrivilege> privileges_of(const scenario::Scenario& scenario);
/// Reads what privileges_json() writes; none where it is not there. Throws std::runtime_error with one clear line,
/// which names `file`, for anything else.
[[nodiscard]] std::vector<SummaryPrivilege> privileges_of(const Json& results, const std::filesystem::path& file);

}  // namespace gigasim::report
