#include "evidence_words.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>

namespace gigasim::report {

std::string time_range_text(double low, double high) {
  const long below = std::lround(100.0 * (1.0 - low));
  const long above = std::lround(100.0 * (high - 1.0));
  return below == above ? fmt::format("±{} %", above) : fmt::format("-{} % to +{} %", below, above);
}

std::string unmeasured_sentence(std::string_view name, std::string_view task,
                                const std::vector<std::string>& accelerators) {
  return fmt::format("{}: no rate of {} measured on {} stands behind the predicted times.", name, task,
                     fmt::join(accelerators, " or "));
}

}  // namespace gigasim::report
