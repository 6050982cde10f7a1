#pragma once

#include <optional>
#include <span>
#include <string_view>

/// What the cells of a table must be, said once for the built-in rows and for those of users: columns_*.hpp declare
/// every column of every table, cell_checks.hpp and row_checks.hpp hold rows against them.
namespace gigasim::catalogue {

/// What a column holds.
enum class Cells {
  kText,
  kNumber,  ///< from `least` to `most`
  kWhole,   ///< the same, without a fraction
  kByUnit,  ///< a number whose bounds are those of the row's unit, which stands in the column `of`
  kYesNo,
  kWord,  ///< one of the words in `of`: "dense | moe"
  kId,    ///< the id, or an alias, of a row of the table `of`
};

struct Column {
  std::string_view name;
  Cells cells = Cells::kText;
  std::string_view unit{};         ///< of numbers; "1" for counts and ratios
  double least = 0.0, most = 0.0;  ///< of numbers
  bool above_least = false;        ///< `least` itself is refused
  bool may_be_empty = false;       ///< not known, or not applicable
  std::string_view of{};

  [[nodiscard]] constexpr bool is_number() const {
    return cells == Cells::kNumber || cells == Cells::kWhole || cells == Cells::kByUnit;
  }
};

[[nodiscard]] constexpr Column text(std::string_view name) {
  return {.name = name, .may_be_empty = true};
}
[[nodiscard]] constexpr Column yes_no(std::string_view name) {
  return {.name = name, .cells = Cells::kYesNo};
}
[[nodiscard]] constexpr Column word(std::string_view name, std::string_view words) {
  return {.name = name, .cells = Cells::kWord, .of = words};
}
[[nodiscard]] constexpr Column id_of(std::string_view kind, std::string_view name) {
  return {.name = name, .cells = Cells::kId, .of = kind};
}
[[nodiscard]] constexpr Column number(std::string_view name, std::string_view unit, double least, double most) {
  return {.name = name, .cells = Cells::kNumber, .unit = unit, .least = least, .most = most};
}
/// A number above zero.
[[nodiscard]] constexpr Column positive(std::string_view name, std::string_view unit, double most) {
  return {.name = name, .cells = Cells::kNumber, .unit = unit, .most = most, .above_least = true};
}
[[nodiscard]] constexpr Column whole(std::string_view name, std::string_view unit, double least, double most) {
  return {.name = name, .cells = Cells::kWhole, .unit = unit, .least = least, .most = most};
}
[[nodiscard]] constexpr Column by_unit(std::string_view name, std::string_view unit_column) {
  return {.name = name, .cells = Cells::kByUnit, .of = unit_column};
}
[[nodiscard]] constexpr Column maybe(Column column) {
  column.may_be_empty = true;
  return column;
}

/// Rows of the same `group` are the points of a curve: `along` rises from each to the next, `rises` never falls.
struct Curve {
  std::string_view group, along, rises;
};
/// The sum of `columns` is above zero: over the rows of the same `group`, or in each row where there is no group.
struct Share {
  std::string_view group;
  std::string_view columns;  ///< "mon sat sun"
};
/// Each id stands in `column` of the table `kind`.
struct Detail {
  std::string_view kind, column;
};
/// Rows of the same `group` have the same text in `column`.
struct Same {
  std::string_view group, column;
};

/// Everything that a table must be.
struct Schema {
  std::span<const Column> columns;
  std::span<const std::string_view> order{};  ///< in each row: "low <= best <= high", empty cells left out
  std::optional<Curve> curve{};
  std::span<const Share> shares{};
  std::span<const Detail> details{};
  std::optional<Same> same{};
};

/// Bounds that many tables share.
inline constexpr double kMostAccelerators = 1e8;  ///< more than a hundred times of what all of Europe plans
inline constexpr double kMostPerNode = 1024;
inline constexpr double kMostTokens = 1e7;  ///< of one request or sequence: ten times the longest context of today
inline constexpr double kMostMegawatts = 1e6;
inline constexpr double kMostMillionEuro = 1e7;

}  // namespace gigasim::catalogue
