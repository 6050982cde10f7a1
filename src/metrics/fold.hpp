#pragma once

#include <vector>

#include "books.hpp"

namespace gigasim::metrics {

/// Folds the closed and balanced books into results. Takes the job table out of them.
[[nodiscard]] Results fold(Books& books, const std::vector<workload::StreamPlan>& plans,
                           const std::vector<workload::Project>& projects);

}  // namespace gigasim::metrics
