#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace gigasim::report::html {

/// Means of one stretch of time, summed over all sites.
struct NetworkHour {
  double queue_length = 0.0;
  double busy = 0.0, online = 0.0;  ///< accelerators
};

/// timeseries.csv, summed over the sites.
struct NetworkSeries {
  double begin = 0.0;           ///< of the first entry, in seconds since 1970
  double step = 3600.0;         ///< seconds from one entry to the next
  std::vector<NetworkHour> at;  ///< one per step
};

/// Reads timeseries.csv within [begin, end), in seconds since 1970. Rows that are none of ours are passed over; without
/// a file there are no entries.
[[nodiscard]] NetworkSeries read_series(const std::filesystem::path& file, double begin, double end);

/// Returns means over longer steps (whole hours that people count in: 1, 2, 3, 6, 12 h, days, weeks), so that at most
/// `most` entries are left. A rest at the end that does not fill a step is its own mean.
[[nodiscard]] NetworkSeries coarser(const NetworkSeries& series, std::size_t most);

}  // namespace gigasim::report::html
