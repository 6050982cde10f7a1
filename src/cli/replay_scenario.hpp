#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gigasim/scenario/load.hpp"

namespace gigasim::cli {

/// The one-line form of a replay: a log on one machine.
struct ReplayOptions {
  std::string log;
  std::int64_t accelerators = 0;
  std::string accelerator = "H100";
  double accelerators_per_processor = 1.0;
  std::string recorded_on;               ///< accelerator of the log; empty: its times are those of `accelerator`
  std::string recorded_class = "other";  ///< how its jobs scale: id of scalable-fractions
  std::string queue_policy = "easy";
  std::string overrun = "kill";
  std::string estimate = "request";
  bool strict = false;                ///< a row that cannot be read refuses the log
  std::vector<std::string> settings;  ///< "scheduling.priority.age=1000": rules of queue policies
};

/// Returns the scenario that `options` mean. Throws scenario::ScenarioError for an unknown accelerator.
[[nodiscard]] scenario::Loaded replay_scenario(const ReplayOptions& options);

}  // namespace gigasim::cli
