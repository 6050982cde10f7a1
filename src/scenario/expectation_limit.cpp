#include "expectation_limit.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "diagnostics.hpp"
#include "expectation_text.hpp"
#include "gigasim/units/text.hpp"

namespace gigasim::scenario {
namespace {

/// How the limits of one unit's metrics are written.
struct LimitForm {
  std::string what, example;       ///< "a duration", "2 d"
  std::vector<units::Unit> units;  ///< with their size in the metric's unit; empty for a pure number
  bool without_unit = false;       ///< a bare number will do
};

LimitForm form_of(std::string_view unit) {
  if (unit.empty()) return {"a number or a percentage", "80 %", {}, true};
  struct Kind {
    const char *one_unit, *what, *example;
  };
  constexpr std::array<Kind, 4> kKinds{{{"s", "a duration", "2 d"},
                                        {"MWh", "an energy", "5 GWh"},
                                        {"MW", "a power", "80 MW"},
                                        {"jobs/d", "a job rate", "500 jobs/d"}}};
  const std::vector<units::Unit> accepted = units::units_in_terms_of(unit);
  for (const Kind& kind : kKinds) {
    const auto is_of_kind = [&](const units::Unit& one) { return one.name == kind.one_unit; };
    if (std::any_of(accepted.begin(), accepted.end(), is_of_kind)) return {kind.what, kind.example, accepted, false};
  }
  return {fmt::format("a number of {}", unit), fmt::format("1000 {}", unit), {{unit, 1.0}}, unit == "jobs"};
}

/// One limit as read: a value in the metric's unit, or a problem.
struct ReadLimit {
  double value = 0.0;
  bool bare = false;    ///< without unit and sign %
  std::string unit;     ///< as written
  std::string problem;  ///< empty when all is well
};

std::string not_a_limit(const LimitForm& form, std::string_view text) {
  return fmt::format("the limit must be {} such as \"{}\", got {}", form.what, form.example, shown(text));
}

std::string unknown_unit(const LimitForm& form, std::string_view unit) {
  std::vector<std::string> known;
  for (const units::Unit& one : form.units) known.emplace_back(one.name);
  if (known.empty()) known.emplace_back("%");
  // Any letter is one slip away from any other.
  const auto near = unit.size() > 1 ? units::nearest(unit, known) : std::nullopt;
  const std::string hint = near ? fmt::format("did you mean \"{}\"? ", *near) : "";
  return fmt::format("unknown unit \"{}\" for {} ({}known: {})", shown(unit), form.what, hint, fmt::join(known, ", "));
}

ReadLimit read_pure_number(std::string_view text, const LimitForm& form) {
  if (const auto percent = units::parse_percent(text)) return {*percent, false, "%", ""};
  const auto parsed = units::parse_quantity(text, {});
  using Problem = units::ParsedQuantity::Problem;
  if (parsed.problem == Problem::kNoUnit) return {parsed.value, true, "", ""};
  if (parsed.problem == Problem::kUnknownUnit) return {0.0, false, "", unknown_unit(form, parsed.unit)};
  return {0.0, false, "", not_a_limit(form, text)};
}

ReadLimit read_limit(std::string_view text, const LimitForm& form) {
  if (form.units.empty()) return read_pure_number(text, form);
  const auto parsed = units::parse_quantity(text, form.units);
  switch (parsed.problem) {
    case units::ParsedQuantity::Problem::kNone:
      return {parsed.value, false, parsed.unit, ""};
    case units::ParsedQuantity::Problem::kNoUnit:
      if (form.without_unit) return {parsed.value, true, "", ""};
      return {parsed.value, true, "",
              fmt::format("the limit needs a unit, got {} (write for example \"{}\")", shown(text), form.example)};
    case units::ParsedQuantity::Problem::kUnknownUnit:
      return {0.0, false, "", unknown_unit(form, parsed.unit)};
    case units::ParsedQuantity::Problem::kNotANumber:
      break;
  }
  return {0.0, false, "", not_a_limit(form, text)};
}

/// A unit that stands once, at the end, holds for both ends.
ReadLimit read_low(const RangeParts& range, const ReadLimit& high, const LimitForm& form) {
  ReadLimit low = read_limit(range.low, form);
  if (!low.bare || high.bare) return low;
  // In "0.6..95 %" either reading makes sense; in "60..95 %" only one does.
  if (form.units.empty() && low.value != 0.0 && low.value <= high.value) {
    return {0.0, false, "",
            fmt::format("write the unit at both ends, got {}..{}", shown(range.low), shown(range.high))};
  }
  return read_limit(fmt::format("{} {}", range.low, high.unit), form);
}

std::string read_range_limits(std::string_view text, const LimitForm& form, Expectation& expectation) {
  const auto range = split_range(text);
  if (!range) return fmt::format("the limit after \"in\" must be LOW..HIGH, got {}", shown(text));
  const ReadLimit high = read_limit(range->high, form);
  if (!high.problem.empty()) return high.problem;
  const ReadLimit low = read_low(*range, high, form);
  if (!low.problem.empty()) return low.problem;
  if (low.value > high.value) return fmt::format("a range needs LOW <= HIGH, got {}", shown(text));
  expectation.low = low.value;
  expectation.high = high.value;
  expectation.in_percent = high.unit == "%";
  return {};
}

std::string read_one_limit(std::string_view text, const LimitForm& form, Expectation& expectation) {
  if (split_range(text)) return fmt::format("a range needs \"in\" before it, got {}", shown(text));
  const ReadLimit limit = read_limit(text, form);
  if (!limit.problem.empty()) return limit.problem;
  const Comparison comparison = expectation.comparison;
  if (comparison != Comparison::kLess && comparison != Comparison::kAtMost) expectation.low = limit.value;
  if (comparison != Comparison::kMore && comparison != Comparison::kAtLeast) expectation.high = limit.value;
  expectation.in_percent = limit.unit == "%";
  return {};
}

}  // namespace

std::string read_limits(std::string_view text, Expectation& expectation) {
  const LimitForm form = form_of(expectation.unit);
  std::string problem = expectation.comparison == Comparison::kWithin ? read_range_limits(text, form, expectation)
                                                                      : read_one_limit(text, form, expectation);
  if (problem.empty() && expectation.low.value_or(*expectation.high) < 0.0) {
    return fmt::format("the limit must be zero or more, got {}", shown(text));
  }
  return problem;
}

}  // namespace gigasim::scenario
