#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "gigasim/units/quantity.hpp"

/// Pieces of CSV (RFC 4180, but lines end in a line feed alone), appended to one string.
namespace gigasim::report::csv {

/// Appends a field, quoted when it holds a comma, a quote or a line break.
void append_text(std::string& out, std::string_view text);
void append_integer(std::string& out, std::int64_t value);
/// Appends the shortest decimal that reads back as the same double; whole numbers without exponent; nothing if not
/// finite.
void append_number(std::string& out, double value);
/// Appends seconds. A grid time (a multiple of 1/1024 s) is written exactly, however large.
void append_seconds(std::string& out, units::Seconds time);

}  // namespace gigasim::report::csv
