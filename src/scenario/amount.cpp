#include "gigasim/scenario/amount.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <span>

#include "gigasim/units/text.hpp"

namespace gigasim::scenario {
namespace {

constexpr std::array kMoneyUnits{units::Unit{"GEUR", 1e9}, units::Unit{"MEUR", 1e6}, units::Unit{"kEUR", 1e3},
                                 units::Unit{"EUR", 1.0}};
constexpr std::array kH100Units{units::Unit{"H100", 1.0}};

std::optional<Amount> of_kind(std::string_view text, AmountKind kind, std::span<const units::Unit> units) {
  const auto parsed = units::parse_quantity(text, units);
  if (parsed.problem != units::ParsedQuantity::Problem::kNone) return std::nullopt;
  return Amount{kind, parsed.value};
}

/// Up to four significant digits, whole from 1,000 on.
std::string rounded(double value) {
  return std::abs(value) >= 1000.0 ? units::grouped(std::llround(value)) : fmt::format("{:.4g}", value);
}

}  // namespace

std::optional<Amount> parse_amount(std::string_view text) {
  if (const auto number = units::parse_number(text)) return Amount{AmountKind::kNumber, *number};
  if (const auto share = units::parse_percent(text)) return Amount{AmountKind::kShare, *share};
  if (const auto h100 = of_kind(text, AmountKind::kH100, kH100Units)) return h100;
  if (const auto power = of_kind(text, AmountKind::kPower, units::power_units())) return power;
  if (const auto duration = of_kind(text, AmountKind::kDuration, units::duration_units())) return duration;
  return of_kind(text, AmountKind::kMoney, kMoneyUnits);
}

std::string amount_text(const Amount& amount) {
  switch (amount.kind) {
    case AmountKind::kNumber:
      return rounded(amount.value);
    case AmountKind::kShare:
      return rounded(amount.value * 100.0) + " %";
    case AmountKind::kH100:
      return rounded(amount.value) + " H100";
    case AmountKind::kPower:
      return rounded(amount.value / 1e6) + " MW";
    case AmountKind::kDuration:
      return rounded(amount.value / 3600.0) + " h";
    case AmountKind::kMoney:
      return rounded(amount.value / 1e6) + " MEUR";
  }
  return {};
}

std::string_view amount_kind_words(AmountKind kind) {
  switch (kind) {
    case AmountKind::kNumber:
      return "a plain number such as 1.10";
    case AmountKind::kShare:
      return "a percentage such as 85 %";
    case AmountKind::kH100:
      return "H100 equivalents such as 25000 H100";
    case AmountKind::kPower:
      return "a power such as 120 MW";
    case AmountKind::kDuration:
      return "a duration such as 48 h";
    case AmountKind::kMoney:
      return "an amount of money such as 500 MEUR";
  }
  return {};
}

}  // namespace gigasim::scenario
