#pragma once

#include <string_view>

#include "gigasim/catalogue/catalogue.hpp"

/// Catalogue rows that must be there: each throws scenario::ScenarioError for an unknown id. A loaded scenario has been
/// checked already, so this is for scenarios built in memory.
namespace gigasim::workload {

[[nodiscard]] const catalogue::JobClass& job_class(std::string_view id);
[[nodiscard]] const catalogue::ArrivalProfile& arrival_profile(std::string_view id);
[[nodiscard]] const catalogue::WalltimeModel& walltime_model(std::string_view id);
[[nodiscard]] const catalogue::BurstLaw& burst_law(std::string_view id);
[[nodiscard]] const catalogue::Country& country(std::string_view code);

}  // namespace gigasim::workload
