#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gigasim/units/quantity.hpp"

namespace gigasim::units {

/// One unit of a quantity and its size in base units.
struct Unit {
  std::string_view name;
  double in_base_units;
};

/// The units in which each kind of quantity may be written, largest first. 1 GB = 1e9 B, 1 GiB = 2^30 B; bits are never
/// taken for bytes. A year is 365.25 d (31,557,600 s).
[[nodiscard]] std::span<const Unit> duration_units();      ///< a d h min s ms
[[nodiscard]] std::span<const Unit> power_units();         ///< GW MW kW W
[[nodiscard]] std::span<const Unit> energy_units();        ///< TWh GWh MWh kWh Wh GJ MJ kJ J
[[nodiscard]] std::span<const Unit> data_units();          ///< EB PB TB GB MB kB B EiB PiB TiB GiB MiB KiB
[[nodiscard]] std::span<const Unit> bandwidth_units();     ///< TB/s .. B/s, Tbit/s Gbit/s Mbit/s kbit/s bit/s
[[nodiscard]] std::span<const Unit> rate_units();          ///< jobs/s jobs/min jobs/h jobs/d
[[nodiscard]] std::span<const Unit> request_rate_units();  ///< requests/s requests/min requests/h requests/d
[[nodiscard]] std::span<const Unit> money_units();         ///< GEUR MEUR kEUR EUR
[[nodiscard]] std::span<const Unit> dollar_units();      ///< GUSD MUSD kUSD USD, in dollars: no exchange rate is fixed
[[nodiscard]] std::span<const Unit> money_rate_units();  ///< GEUR/a MEUR/a kEUR/a EUR/a, in euro per year
[[nodiscard]] std::span<const Unit> energy_price_units();  ///< EUR/kWh ct/kWh EUR/MWh
[[nodiscard]] std::span<const Unit> power_price_units();   ///< EUR/W MEUR/MW EUR/kW kEUR/MW

[[nodiscard]] std::span<const Unit> token_units();             ///< Ttokens Gtokens Mtokens ktokens tokens
[[nodiscard]] std::span<const Unit> flop_units();              ///< YFLOP ZFLOP EFLOP PFLOP TFLOP GFLOP FLOP
[[nodiscard]] std::span<const Unit> accelerator_time_units();  ///< accelerator-h accelerator-s

/// projects/d projects/month projects/a; a month is a twelfth of a year
[[nodiscard]] std::span<const Unit> project_rate_units();
[[nodiscard]] std::span<const Unit> node_failure_rate_units();  ///< of one node, in 1/s
[[nodiscard]] std::span<const Unit> outage_rate_units();        ///< in 1/s

/// Returns all units of the kind that `own` is one of, each with its size in terms of `own` instead of base units: a
/// number in `own` then keeps its every digit. Empty for a unit of no kind.
[[nodiscard]] std::vector<Unit> units_in_terms_of(std::string_view own);

/// What became of a text that should be a number with one of some units.
struct ParsedQuantity {
  enum class Problem { kNone, kNotANumber, kNoUnit, kUnknownUnit } problem = Problem::kNone;
  double value = 0.0;  ///< in base units, when there is no problem
  std::string unit;    ///< the unit as written
};

/// Reads "2 MW", "3d", "400 Gbit/s": a finite decimal number, optional spaces, one unit of `units`.
[[nodiscard]] ParsedQuantity parse_quantity(std::string_view text, std::span<const Unit> units);

/// Reads a whole text as one finite decimal number; no spaces, no hexadecimal, no "inf" or "nan".
[[nodiscard]] std::optional<double> parse_number(std::string_view text);
/// Reads a whole text as one decimal integer with optional sign.
[[nodiscard]] std::optional<std::int64_t> parse_integer(std::string_view text);
/// Reads "80 %" as 0.8. The sign % is required.
[[nodiscard]] std::optional<double> parse_percent(std::string_view text);

/// Writes the shortest decimal that reads back as the same double ("0.1", "1e+20").
[[nodiscard]] std::string format_number(double value);
/// Writes a quantity in the largest unit that gives at least 1 and reads back as the same double ("1.5 MW"), falling
/// back to the base unit.
[[nodiscard]] std::string format_quantity(double in_base_units, std::span<const Unit> units);
/// Writes 0.8 as "80 %".
[[nodiscard]] std::string format_percent(double fraction);
/// Writes a duration for people: "41 s", "12.3 min", "5.2 h", "3.4 d".
[[nodiscard]] std::string humane_duration(Seconds duration);
/// Writes a count with thousands separators: 1,234,567.
[[nodiscard]] std::string grouped(std::int64_t count);

/// Returns the candidate nearest to `word` by edit distance, when near enough to be a likely slip.
[[nodiscard]] std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates);

}  // namespace gigasim::units
