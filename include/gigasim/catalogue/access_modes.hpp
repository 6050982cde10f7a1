#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gigasim/catalogue/table.hpp"

/// The access classes of EuroHPC, AI factories and gigafactories.
namespace gigasim::catalogue {

/// Who may have how much, for how long, and how it is asked for. Empty and nothing: not known. No mode publishes a
/// priority among waiting jobs, so that there is none here.
struct AccessMode {
  std::string id, family;
  std::string time_holder;                  ///< whose share of a site's time its jobs use: eu | national | private
  std::vector<std::string> eligible_users;  ///< values of the label `user_type`; empty: not by the type of user
  std::optional<double> min_amount, max_amount;
  std::string amount_unit;  ///< gpu_hours | node_hours | percent_of_...
  std::optional<double> allocation_months, decision_working_days;
  /// "continuous", "monthly", "twice_a_month", "every_two_months", or days of each year: "03-28; 09-05".
  std::string cut_offs;
  const Row* row = nullptr;
};
[[nodiscard]] std::span<const AccessMode> access_modes();
[[nodiscard]] const AccessMode* find_access_mode(std::string_view id);

}  // namespace gigasim::catalogue
