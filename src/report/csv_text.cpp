#include "csv_text.hpp"

#include <array>
#include <charconv>
#include <cmath>

#include "gigasim/units/grid.hpp"

namespace gigasim::report::csv {
namespace {

constexpr double kExactIntegers = 9007199254740992.0;  // 2^53

/// The decimals of k/1024 s (1/1024 is 0.0009765625), without trailing zeros.
struct Fraction {
  std::array<char, 11> text{'.'};
  std::size_t length = 0;
};

constexpr std::array<Fraction, 1024> all_fractions() {
  constexpr std::int64_t kTenDecimals = 9765625;  // of one tick
  std::array<Fraction, 1024> fractions{};
  for (std::int64_t ticks = 1; ticks < 1024; ++ticks) {
    Fraction& fraction = fractions[static_cast<std::size_t>(ticks)];
    std::int64_t digits = ticks * kTenDecimals;
    for (std::size_t i = 10; i >= 1; --i, digits /= 10) fraction.text[i] = static_cast<char>('0' + digits % 10);
    fraction.length = fraction.text.size();
    while (fraction.text[fraction.length - 1] == '0') --fraction.length;
  }
  return fractions;
}

/// A log of 100,000 jobs has half a million times: looking decimals up halves the time to write them.
constexpr std::array<Fraction, 1024> kFractions = all_fractions();

}  // namespace

void append_text(std::string& out, std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

void append_integer(std::string& out, std::int64_t value) {
  std::array<char, 20> text{};
  char* const end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
  out.append(text.data(), static_cast<std::size_t>(end - text.data()));
}

void append_number(std::string& out, double value) {
  if (!std::isfinite(value)) return;
  if (value == std::trunc(value) && std::fabs(value) < kExactIntegers) {
    append_integer(out, static_cast<std::int64_t>(value));
    return;
  }
  std::array<char, 32> text{};
  char* const end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
  out.append(text.data(), static_cast<std::size_t>(end - text.data()));
}

void append_seconds(std::string& out, units::Seconds time) {
  const double ticks_or_not = time.in_base_units() * units::kTicksPerSecond;  // a power of two: exact
  if (ticks_or_not != std::trunc(ticks_or_not) || std::fabs(ticks_or_not) >= kExactIntegers) {
    append_number(out, time.in_base_units());
    return;
  }
  auto ticks = static_cast<std::int64_t>(ticks_or_not);
  if (ticks < 0) {
    out += '-';
    ticks = -ticks;
  }
  append_integer(out, ticks / 1024);
  const Fraction& fraction = kFractions[static_cast<std::size_t>(ticks % 1024)];
  out.append(fraction.text.data(), fraction.length);
}

}  // namespace gigasim::report::csv
