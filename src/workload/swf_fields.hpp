#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace gigasim::workload {

inline constexpr std::size_t kSwfFields = 18;

/// The fields of the Standard Workload Format that a replay uses, from 0.
enum SwfField : std::size_t {
  kJobNumber = 0,
  kSubmitTime = 1,
  kWaitTime = 2,
  kRunTime = 3,
  kAllocatedProcessors = 4,
  kRequestedProcessors = 7,
  kRequestedTime = 8,
  kStatus = 10,
  kUser = 11,
  kGroup = 12,
  kQueue = 14,
};

/// What each field is called in the format's definition.
[[nodiscard]] std::string_view swf_field_name(std::size_t field);

/// One job line cut into numbers; what is not there is -1.
struct SwfFields {
  std::array<double, kSwfFields> value{};
  std::size_t count = 0;  ///< fields on the line, those past the 18th included (they are not read)
  std::string_view bad;   ///< the first field that is no decimal number; empty when all are
  std::size_t bad_field = 0;
};

/// Cuts a line (without its end) at blanks, tabs and carriage returns.
[[nodiscard]] SwfFields scan_swf_fields(std::string_view line);

/// Returns field number `field` of a line as it stands there; empty when the line has fewer.
[[nodiscard]] std::string_view swf_field_text(std::string_view line, std::size_t field);

/// Tells whether `c` separates fields: a blank, tab, carriage return, vertical tab or form feed.
[[nodiscard]] constexpr bool is_swf_blank(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r' && c != '\n');
}

}  // namespace gigasim::workload
