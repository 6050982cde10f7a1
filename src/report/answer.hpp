#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gigasim/metrics/results.hpp"
#include "gigasim/report/report.hpp"

namespace gigasim::report {

/// One line on what was run: scenario, variant, results period, seed.
[[nodiscard]] std::string headline(const metrics::Results& results);

/// Says what came out, in three to six sentences for a reader without a manual. What is only known to be at least so
/// much is said that way, and an overload is named.
[[nodiscard]] std::vector<std::string> answer(const metrics::Results& results);
[[nodiscard]] std::vector<std::string> answer(const Summary& summary);

inline constexpr std::string_view kAlarm = "OVERLOAD";
/// Tells whether a sentence of the answer reports an overload.
[[nodiscard]] inline bool is_alarm(std::string_view sentence) {
  return sentence.starts_with(kAlarm);
}

inline constexpr double kWholeCapacity = 1.0;
/// Tells whether more is asked for than can be delivered, so that queues grow for as long as a run lasts: never where
/// all jobs have ended.
[[nodiscard]] inline bool overloaded(const metrics::Block& block) {
  return block.offered_load >= kWholeCapacity && block.jobs.unfinished() > 0;
}
[[nodiscard]] bool overloaded(const SummaryBlock& block);

}  // namespace gigasim::report
