#pragma once

#include <string>

#include "gigasim/metrics/results.hpp"

namespace gigasim::report {

/// sites.csv: a row for the network and one per site; columns as the registry names them, and last the columns that are
/// lower bounds in that row.
[[nodiscard]] std::string sites_csv(const metrics::Results& results);

/// timeseries.csv: hourly means per site.
[[nodiscard]] std::string timeseries_csv(const metrics::Results& results);

}  // namespace gigasim::report
