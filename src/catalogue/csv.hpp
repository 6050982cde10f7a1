#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gigasim::catalogue {

/// One record of a CSV text and the line on which it starts, counted from 1.
struct CsvRecord {
  std::vector<std::string> cells;
  int line = 0;
  bool operator==(const CsvRecord&) const = default;
};

/// Reads comma separated values by RFC 4180: cells with commas, quotes or line ends stand in double quotes, a quote
/// inside is doubled; lines end in LF or CR LF; empty lines are left out. Throws std::logic_error for a quote that is
/// not closed or stands inside an unquoted cell.
[[nodiscard]] std::vector<CsvRecord> parse_csv(std::string_view text);

}  // namespace gigasim::catalogue
