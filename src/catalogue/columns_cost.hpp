#pragma once

#include <array>

#include "columns.hpp"

/// Prices, contracts and who pays.
namespace gigasim::catalogue {

/// Bounds of a parameter by its unit, which stands in the place of a column's name. Fractions are shares of something;
/// what is divided by is above zero.
inline constexpr std::array kCostUnits{
    number("1", "", 0, 1),
    number("1/a", "1/a", -0.9, 1),
    number("factor", "", 1, 100),
    positive("a", "a", 1000),
    number("year", "", 1990, 2100),
    positive("EUR", "EUR", 1e15),
    positive("USD", "USD", 1e15),
    positive("USD/EUR", "USD/EUR", 1e3),
    number("EUR/a", "EUR/a", 0, 1e9),
    number("EUR/MWh", "EUR/MWh", 0, 1e5),
    number("EUR/kW a", "EUR/kW a", 0, 1e6),
    number("EUR/m2", "EUR/m2", 0, 1e6),
    number("EUR/m3", "EUR/m3", 0, 1e6),
    number("MEUR/MW", "MEUR/MW", 0, 1e5),
    number("m3/MWh", "m3/MWh", 0, 1e4),
    number("ha/MW", "ha/MW", 0, 1e4),
    number("FTE", "FTE", 0, 1e6),
    number("FTE/MW", "FTE/MW", 0, 1e4),
    positive("kW", "kW", 1e4),
    positive("TFLOP/s", "TFLOP/s", 1e6),
    whole("GPU/rack", "GPU/rack", 1, 1e4),
};
/// Null for an unknown unit.
[[nodiscard]] constexpr const Column* cost_unit(std::string_view unit) {
  for (const Column& known : kCostUnits) {
    if (known.name == unit) return &known;
  }
  return nullptr;
}

inline constexpr std::array kCostParameterColumns{text("id"),
                                                  text("parameter"),
                                                  text("region"),
                                                  text("description"),
                                                  text("unit"),
                                                  by_unit("best", "unit"),
                                                  by_unit("low", "unit"),
                                                  by_unit("high", "unit"),
                                                  whole("year", "year", 1990, 2100),
                                                  word("in_model", "yes | measured | no"),
                                                  text("accelerators"),
                                                  maybe(whole("per_system", "accelerators", 1, 1e5)),
                                                  text("confidence"),
                                                  text("source")};
inline constexpr std::array<std::string_view, 1> kCostParameterOrder{"low <= best <= high"};

inline constexpr std::array kContractAnchorColumns{text("id"),
                                                   text("name"),
                                                   text("country"),
                                                   text("kind"),
                                                   whole("year", "year", 1990, 2100),
                                                   maybe(id_of("accelerators", "accelerator")),
                                                   text("accelerator_as_stated"),
                                                   maybe(whole("count", "accelerators", 1, kMostAccelerators)),
                                                   text("count_conf"),
                                                   maybe(positive("it_mw", "MW", kMostMegawatts)),
                                                   maybe(positive("amount", "1", 1e9)),
                                                   text("currency"),
                                                   maybe(positive("amount_meur", "MEUR", kMostMillionEuro)),
                                                   text("site"),
                                                   text("covers"),
                                                   maybe(positive("operation_years", "a", 100)),
                                                   maybe(positive("eur_per_accelerator", "EUR", 1e8)),
                                                   maybe(positive("eur_per_h100e", "EUR", 1e8)),
                                                   maybe(positive("meur_per_mw_it", "MEUR/MW", 1e5)),
                                                   maybe(positive("eur_per_accelerator_hour", "EUR/h", 1e5)),
                                                   text("note"),
                                                   text("confidence"),
                                                   text("source")};

/// Shares are fractions, or amounts of the `base` ("EUR bn", "money").
inline constexpr std::array kFundingRuleColumns{text("id"),
                                                text("programme"),
                                                text("payer"),
                                                text("applies_to"),
                                                text("base"),
                                                maybe(yes_no("pays_operation")),
                                                maybe(number("share_default", "1", 0, 1e4)),
                                                maybe(number("share_min", "1", 0, 1e4)),
                                                maybe(number("share_max", "1", 0, 1e4)),
                                                word("effect", "warn | none"),
                                                text("access_rule"),
                                                text("legal_status"),
                                                text("note"),
                                                text("confidence"),
                                                text("source")};
inline constexpr std::array<std::string_view, 1> kFundingRuleOrder{"share_min <= share_default <= share_max"};

}  // namespace gigasim::catalogue
