#include "gigasim/units/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <vector>

namespace gigasim::units {
namespace {

constexpr double kKi = 1024.0;
constexpr std::array kDuration{Unit{"a", 31557600.0}, Unit{"d", 86400.0}, Unit{"h", 3600.0},
                               Unit{"min", 60.0},     Unit{"s", 1.0},     Unit{"ms", 1e-3}};
constexpr std::array kPower{Unit{"GW", 1e9}, Unit{"MW", 1e6}, Unit{"kW", 1e3}, Unit{"W", 1.0}};
constexpr std::array kEnergy{Unit{"TWh", 3.6e15}, Unit{"GWh", 3.6e12}, Unit{"MWh", 3.6e9},
                             Unit{"kWh", 3.6e6},  Unit{"Wh", 3600.0},  Unit{"GJ", 1e9},
                             Unit{"MJ", 1e6},     Unit{"kJ", 1e3},     Unit{"J", 1.0}};
constexpr std::array kData{Unit{"EB", 1e18},
                           Unit{"PB", 1e15},
                           Unit{"TB", 1e12},
                           Unit{"GB", 1e9},
                           Unit{"MB", 1e6},
                           Unit{"kB", 1e3},
                           Unit{"B", 1.0},
                           Unit{"EiB", kKi* kKi* kKi* kKi* kKi* kKi},
                           Unit{"PiB", kKi* kKi* kKi* kKi* kKi},
                           Unit{"TiB", kKi* kKi* kKi* kKi},
                           Unit{"GiB", kKi* kKi* kKi},
                           Unit{"MiB", kKi* kKi},
                           Unit{"KiB", kKi}};
constexpr std::array kBandwidth{Unit{"TB/s", 1e12},        Unit{"GB/s", 1e9},         Unit{"MB/s", 1e6},
                                Unit{"kB/s", 1e3},         Unit{"B/s", 1.0},          Unit{"Tbit/s", 1e12 / 8.0},
                                Unit{"Gbit/s", 1e9 / 8.0}, Unit{"Mbit/s", 1e6 / 8.0}, Unit{"kbit/s", 1e3 / 8.0},
                                Unit{"bit/s", 1.0 / 8.0}};
constexpr std::array kProjectRate{Unit{"projects/d", 1.0 / 86400.0}, Unit{"projects/month", 12.0 / 31557600.0},
                                  Unit{"projects/a", 1.0 / 31557600.0}};
constexpr std::array kNodeFailureRate{Unit{"per 1000 node-d", 1e-3 / 86400.0}, Unit{"per node-d", 1.0 / 86400.0},
                                      Unit{"per node-a", 1.0 / 31557600.0}, Unit{"per node-s", 1.0}};
constexpr std::array kOutageRate{Unit{"per a", 1.0 / 31557600.0}, Unit{"per d", 1.0 / 86400.0}, Unit{"per s", 1.0}};
constexpr std::array kRate{Unit{"jobs/s", 1.0}, Unit{"jobs/min", 1.0 / 60.0}, Unit{"jobs/h", 1.0 / 3600.0},
                           Unit{"jobs/d", 1.0 / 86400.0}};
constexpr std::array kRequestRate{Unit{"requests/s", 1.0}, Unit{"requests/min", 1.0 / 60.0},
                                  Unit{"requests/h", 1.0 / 3600.0}, Unit{"requests/d", 1.0 / 86400.0}};
constexpr std::array kMoney{Unit{"GEUR", 1e9}, Unit{"MEUR", 1e6}, Unit{"kEUR", 1e3}, Unit{"EUR", 1.0}};
constexpr std::array kDollars{Unit{"GUSD", 1e9}, Unit{"MUSD", 1e6}, Unit{"kUSD", 1e3}, Unit{"USD", 1.0}};
constexpr std::array kMoneyRate{Unit{"GEUR/a", 1e9}, Unit{"MEUR/a", 1e6}, Unit{"kEUR/a", 1e3}, Unit{"EUR/a", 1.0}};
constexpr std::array kEnergyPrice{Unit{"EUR/kWh", 1.0 / 3.6e6}, Unit{"ct/kWh", 0.01 / 3.6e6},
                                  Unit{"EUR/MWh", 1.0 / 3.6e9}};
constexpr std::array kPowerPrice{Unit{"EUR/W", 1.0}, Unit{"MEUR/MW", 1.0}, Unit{"EUR/kW", 1e-3}, Unit{"kEUR/MW", 1e-3}};
constexpr std::array kTokens{Unit{"Ttokens", 1e12}, Unit{"Gtokens", 1e9}, Unit{"Mtokens", 1e6}, Unit{"ktokens", 1e3},
                             Unit{"tokens", 1.0}};
constexpr std::array kFlop{Unit{"YFLOP", 1e24}, Unit{"ZFLOP", 1e21}, Unit{"EFLOP", 1e18}, Unit{"PFLOP", 1e15},
                           Unit{"TFLOP", 1e12}, Unit{"GFLOP", 1e9},  Unit{"FLOP", 1.0}};
constexpr std::array kAcceleratorTime{Unit{"accelerator-h", 3600.0}, Unit{"accelerator-s", 1.0}};

/// Length of the decimal number at the start of `text`, 0 for none. from_chars alone would take "inf" and "nan".
std::size_t number_prefix(std::string_view text, double& value) {
  std::size_t sign = !text.empty() && (text[0] == '+' || text[0] == '-') ? 1U : 0U;
  const std::size_t first = sign;
  if (first >= text.size() || !((text[first] >= '0' && text[first] <= '9') || text[first] == '.')) return 0;
  if (text[0] == '-') sign = 0;  // from_chars reads a minus itself, never a plus
  const auto [end, error] = std::from_chars(text.data() + sign, text.data() + text.size(), value);
  if (error != std::errc{} || !std::isfinite(value)) return 0;
  return static_cast<std::size_t>(end - text.data());
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

}  // namespace

std::span<const Unit> duration_units() {
  return kDuration;
}
std::span<const Unit> power_units() {
  return kPower;
}
std::span<const Unit> energy_units() {
  return kEnergy;
}
std::span<const Unit> data_units() {
  return kData;
}
std::span<const Unit> bandwidth_units() {
  return kBandwidth;
}
std::span<const Unit> project_rate_units() {
  return kProjectRate;
}
std::span<const Unit> node_failure_rate_units() {
  return kNodeFailureRate;
}
std::span<const Unit> outage_rate_units() {
  return kOutageRate;
}
std::span<const Unit> rate_units() {
  return kRate;
}
std::span<const Unit> request_rate_units() {
  return kRequestRate;
}
std::span<const Unit> money_units() {
  return kMoney;
}
std::span<const Unit> dollar_units() {
  return kDollars;
}
std::span<const Unit> money_rate_units() {
  return kMoneyRate;
}
std::span<const Unit> energy_price_units() {
  return kEnergyPrice;
}
std::span<const Unit> power_price_units() {
  return kPowerPrice;
}
std::span<const Unit> token_units() {
  return kTokens;
}
std::span<const Unit> flop_units() {
  return kFlop;
}
std::span<const Unit> accelerator_time_units() {
  return kAcceleratorTime;
}

std::vector<Unit> units_in_terms_of(std::string_view own) {
  for (const auto kind :
       {duration_units(), power_units(), energy_units(), data_units(), bandwidth_units(), rate_units(), money_units(),
        dollar_units(), money_rate_units(), energy_price_units(), power_price_units()}) {
    const auto found = std::find_if(kind.begin(), kind.end(), [&](const Unit& unit) { return unit.name == own; });
    if (found == kind.end()) continue;
    std::vector<Unit> scaled(kind.begin(), kind.end());
    for (Unit& unit : scaled) unit.in_base_units /= found->in_base_units;
    return scaled;
  }
  return {};
}

ParsedQuantity parse_quantity(std::string_view text, std::span<const Unit> units) {
  using Problem = ParsedQuantity::Problem;
  text = trimmed(text);
  double number = 0.0;
  const std::size_t length = number_prefix(text, number);
  if (length == 0) return {Problem::kNotANumber, 0.0, {}};
  const std::string_view unit = trimmed(text.substr(length));
  if (unit.empty()) return {Problem::kNoUnit, number, {}};
  const auto found = std::find_if(units.begin(), units.end(), [&](const Unit& u) { return u.name == unit; });
  if (found == units.end()) return {Problem::kUnknownUnit, number, std::string{unit}};
  return {Problem::kNone, number * found->in_base_units, std::string{unit}};
}

std::optional<double> parse_number(std::string_view text) {
  double value = 0.0;
  if (text.empty() || number_prefix(text, value) != text.size()) return std::nullopt;
  return value;
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
  if (!text.empty() && text[0] == '+') text.remove_prefix(1);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<double> parse_percent(std::string_view text) {
  text = trimmed(text);
  if (text.empty() || text.back() != '%') return std::nullopt;
  const std::string_view number = trimmed(text.substr(0, text.size() - 1));
  // Shifting the decimal point rounds once: "17.3 %" is the double nearest to 0.173, which 17.3 / 100.0 is not.
  if (number.find_first_of("eE") == std::string_view::npos) return parse_number(std::string{number} + "e-2");
  const auto value = parse_number(number);
  return value ? std::optional{*value / 100.0} : std::nullopt;
}

std::string format_number(double value) {
  std::array<char, 32> buffer{};
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return error == std::errc{} ? std::string(buffer.data(), end) : fmt::format("{}", value);
}

std::string format_quantity(double in_base_units, std::span<const Unit> units) {
  for (const Unit& unit : units) {
    const double scaled = in_base_units / unit.in_base_units;
    if (std::fabs(scaled) < 1.0 || scaled * unit.in_base_units != in_base_units) continue;
    const std::string text = format_number(scaled);
    if (text.size() <= 8) return text + " " + std::string{unit.name};
  }
  const auto base = std::find_if(units.begin(), units.end(), [](const Unit& u) { return u.in_base_units == 1.0; });
  return format_number(in_base_units) + " " + std::string{base->name};
}

std::string format_percent(double fraction) {
  if (fraction == 0.0) return "0 %";
  // The shortest digits of the fraction, with the decimal point moved by two: exact, where a multiplication by 100 is
  // not.
  std::array<char, 32> buffer{};
  const auto [end, error] =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), fraction, std::chars_format::scientific);
  const std::string_view text(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
  const std::size_t e = text.find('e');
  constexpr std::int64_t kNone = 1000;  // infinities have no exponent
  const std::int64_t exponent = e == std::string_view::npos ? kNone : parse_integer(text.substr(e + 1)).value_or(kNone);
  if (error != std::errc{} || exponent < -9 || exponent > 12) return fmt::format("{:.17g} %", fraction * 100.0);
  const bool negative = text[0] == '-';
  std::string digits;
  for (const char c : text.substr(0, e)) {
    if (c >= '0' && c <= '9') digits += c;
  }
  const std::int64_t whole = exponent + 3;  // digits before the decimal point
  if (whole <= 0) digits.insert(0, static_cast<std::size_t>(1 - whole), '0');
  const auto point = static_cast<std::size_t>(std::max<std::int64_t>(whole, 1));
  if (digits.size() < point) digits.append(point - digits.size(), '0');
  if (digits.size() > point) digits.insert(point, 1, '.');
  return (negative ? "-" : "") + digits + " %";
}

std::string humane_duration(Seconds duration) {
  const double s = duration.in_base_units();
  const double size = std::fabs(s);
  if (size < 90.0) return fmt::format("{:.{}f} s", s, size < 10.0 ? 1 : 0);
  if (size < 90.0 * 60.0) return fmt::format("{:.1f} min", s / 60.0);
  if (size < 48.0 * 3600.0) return fmt::format("{:.1f} h", s / 3600.0);
  return fmt::format("{:.1f} d", s / 86400.0);
}

std::string grouped(std::int64_t count) {
  std::string digits = std::to_string(count);
  const std::size_t first = digits[0] == '-' ? 1 : 0;
  for (std::size_t i = digits.size(); i > first + 3;) {
    i -= 3;
    digits.insert(i, 1, ',');
  }
  return digits;
}

std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates) {
  const auto distance = [&](std::string_view other) {  // Damerau-Levenshtein with adjacent transpositions
    const std::size_t n = word.size();
    const std::size_t m = other.size();
    std::vector<std::vector<std::size_t>> d(n + 1, std::vector<std::size_t>(m + 1));
    for (std::size_t i = 0; i <= n; ++i) d[i][0] = i;
    for (std::size_t j = 0; j <= m; ++j) d[0][j] = j;
    for (std::size_t i = 1; i <= n; ++i) {
      for (std::size_t j = 1; j <= m; ++j) {
        const std::size_t change = word[i - 1] == other[j - 1] ? 0 : 1;
        d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + change});
        if (i > 1 && j > 1 && word[i - 1] == other[j - 2] && word[i - 2] == other[j - 1]) {
          d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[n][m];
  };
  if (word.size() > 64) return std::nullopt;
  std::optional<std::string> best;
  std::size_t best_distance = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (const std::string& candidate : candidates) {
    if (candidate.size() > 64) continue;
    if (const std::size_t d = distance(candidate); d < best_distance) {
      best = candidate;
      best_distance = d;
    }
  }
  return best;
}

}  // namespace gigasim::units
