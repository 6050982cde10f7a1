#pragma once

#include <vector>

#include "books.hpp"

namespace gigasim::metrics {

/// Accelerator-ticks of the jobs of one origin, by partition (index in Machines::books()); the last entry is that of
/// jobs that no broker sent anywhere.
struct OriginHours {
  bool occurs = false;           ///< some job of the run is from there
  std::vector<Wide> delivered;   ///< in the results period, to jobs of the whole run
  std::vector<Wide> served;      ///< of these, to jobs submitted in the results period
  std::vector<Wide> under_way;   ///< still to be delivered to those of them that run
  std::vector<Wide> not_served;  ///< asked for by them and not delivered, and they do not run
};

/// Adds up all jobs: one entry per origin of the books, and last that of jobs without origin.
[[nodiscard]] std::vector<OriginHours> sum_origins(const Books& books);

}  // namespace gigasim::metrics
