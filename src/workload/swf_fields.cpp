#include "swf_fields.hpp"

#include <cstddef>
#include <cstdint>

#include "gigasim/units/text.hpp"

namespace gigasim::workload {
namespace {

constexpr std::array<std::string_view, kSwfFields> kNames{"job number",
                                                          "submit time",
                                                          "wait time",
                                                          "run time",
                                                          "allocated processors",
                                                          "mean CPU time",
                                                          "used memory",
                                                          "requested processors",
                                                          "requested time",
                                                          "requested memory",
                                                          "status",
                                                          "user",
                                                          "group",
                                                          "executable",
                                                          "queue",
                                                          "partition",
                                                          "preceding job",
                                                          "think time"};

/// Reads a whole number of up to 15 digits, which is nearly every field of every log. Returns where it ends, null for
/// anything else.
const char* read_whole_number(const char* at, const char* end, double& number) {
  constexpr std::ptrdiff_t kMostDigits = 15;  // below 2^53: exact in a double
  const bool negative = *at == '-';
  if (negative) ++at;
  const char* const first = at;
  std::int64_t value = 0;
  for (; at != end && *at >= '0' && *at <= '9' && at - first < kMostDigits; ++at) value = value * 10 + (*at - '0');
  if (at == first || (at != end && !is_swf_blank(*at))) return nullptr;
  number = static_cast<double>(negative ? -value : value);
  return at;
}

const char* skip_blanks(const char* at, const char* end) {
  while (at != end && is_swf_blank(*at)) ++at;
  return at;
}

const char* skip_field(const char* at, const char* end) {
  while (at != end && !is_swf_blank(*at)) ++at;
  return at;
}

}  // namespace

std::string_view swf_field_name(std::size_t field) {
  return kNames.at(field);
}

SwfFields scan_swf_fields(std::string_view line) {
  SwfFields fields;
  fields.value.fill(-1.0);
  const char* const end = line.data() + line.size();
  for (const char* at = skip_blanks(line.data(), end); at != end; at = skip_blanks(at, end), ++fields.count) {
    double number = 0.0;
    const char* after = read_whole_number(at, end, number);
    if (after == nullptr) {
      after = skip_field(at, end);
      const std::string_view field{at, static_cast<std::size_t>(after - at)};
      const auto decimal = units::parse_number(field);
      if (!decimal && fields.count < kSwfFields) {
        fields.bad_field = fields.count;
        fields.bad = field;
        return fields;
      }
      number = decimal.value_or(-1.0);
    }
    if (fields.count < kSwfFields) fields.value[fields.count] = number;
    at = after;
  }
  return fields;
}

std::string_view swf_field_text(std::string_view line, std::size_t field) {
  const char* const end = line.data() + line.size();
  const char* at = skip_blanks(line.data(), end);
  for (std::size_t i = 0; i < field; ++i) at = skip_blanks(skip_field(at, end), end);
  return {at, static_cast<std::size_t>(skip_field(at, end) - at)};
}

}  // namespace gigasim::workload
