#pragma once

#include <string>
#include <string_view>
#include <vector>

/// How well a predicted speed is known, in words.
namespace gigasim::report {

/// Returns "±15 %", or "-15 % to +45 %" where a predicted time may be wrong by more on one side; `low` and `high` are
/// multiples of the time.
[[nodiscard]] std::string time_range_text(double low, double high);

/// Returns "research: no rate of training measured on MI430X stands behind the predicted times." `task`: "training" or
/// "serving".
[[nodiscard]] std::string unmeasured_sentence(std::string_view name, std::string_view task,
                                              const std::vector<std::string>& accelerators);

}  // namespace gigasim::report
