#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gigasim::scenario {

/// What an amount that a tender asks for is of.
enum class AmountKind : std::uint8_t { kNumber, kShare, kH100, kPower, kDuration, kMoney };

/// A number with its unit: the value is in W, s, EUR, H100 equivalents, or a fraction.
struct Amount {
  AmountKind kind = AmountKind::kNumber;
  double value = 0.0;
  bool operator==(const Amount&) const = default;
};

/// Reads "1.10", "85 %", "25000 H100", "120 MW", "48 h", "500 MEUR"; nothing for any other text.
[[nodiscard]] std::optional<Amount> parse_amount(std::string_view text);
/// Writes an amount for people: "25,000 H100", "120 MW", "85 %".
[[nodiscard]] std::string amount_text(const Amount& amount);
/// "a power such as 120 MW"
[[nodiscard]] std::string_view amount_kind_words(AmountKind kind);

}  // namespace gigasim::scenario
