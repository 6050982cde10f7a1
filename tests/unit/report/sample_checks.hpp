#pragma once

#include <vector>

#include "gigasim/report/ci.hpp"

namespace sample {

/// One case of each outcome, with texts that every format must escape.
inline std::vector<gigasim::report::CheckSuite> checks() {
  using gigasim::report::CheckOutcome;
  return {{"eu-network",
           {{"network", "queue_time_p95", CheckOutcome::kFailed, "3.4 h, at most 2 h was promised: +70 %",
             "recorded  2 h\nfound     3.4 h", "scenarios/eu,network.yaml", 12, 7},
            {"site \"a|b\"", "energy", CheckOutcome::kError, "no figure <of> `energy` & co", "", "", 0, 0},
            {"network", "utilisation", CheckOutcome::kSkipped, "too few jobs", "", "base:line.json", 3, 0},
            {"network", "jobs_finished", CheckOutcome::kPassed, "", "", "scenarios/eu,network.yaml", 13, 7}}}};
}

}  // namespace sample
