#include "cut_off_type.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "gigasim/units/calendar.hpp"
#include "gigasim/units/text.hpp"
#include "scalar_types.hpp"

namespace gigasim::scenario {
namespace {

constexpr int kMonths = 12;
constexpr int kMidMonth = 15;
constexpr int kNoLeapYear = 2027;  // its days are those of every year

/// The same days of every `step`-th month.
CutOffs every(int first, int step, const std::vector<int>& days) {
  CutOffs result;
  for (int month = first; month <= kMonths; month += step) {
    for (const int day : days) result.yearly.push_back({month, day});
  }
  return result;
}

const std::vector<std::pair<std::string, CutOffs>>& cut_off_words() {
  static const std::vector<std::pair<std::string, CutOffs>> words{{"continuous", {}},
                                                                  {"monthly", every(1, 1, {1})},
                                                                  {"twice_a_month", every(1, 1, {1, kMidMonth})},
                                                                  {"every_two_months", every(2, 2, {1})}};
  return words;
}

/// "03-28"
std::optional<MonthDay> month_day(std::string_view text) {
  if (text.size() != 5 || text[2] != '-') return std::nullopt;
  const auto month = units::parse_integer(text.substr(0, 2));
  const auto day = units::parse_integer(text.substr(3));
  if (!month || !day) return std::nullopt;
  const MonthDay result{static_cast<int>(*month), static_cast<int>(*day)};
  return units::midnight(kNoLeapYear, result.month, result.day) ? std::optional{result} : std::nullopt;
}

/// Adds one day; false when it is none.
bool add_day(std::string_view text, CutOffs& days) {
  if (const auto yearly = month_day(text)) {
    days.yearly.push_back(*yearly);
    return true;
  }
  const auto date = units::parse_date(text);
  if (!date || date->low != date->high) return false;
  days.dates.push_back(date->best);
  return true;
}

std::string trouble_of(const CutOffs& days) {
  const auto rises = [](const auto& list) {
    return std::adjacent_find(list.begin(), list.end(), [](const auto& a, const auto& b) { return a >= b; }) ==
           list.end();
  };
  if (!days.yearly.empty() && !days.dates.empty()) return "must be days of each year or dates, not both";
  return rises(days.yearly) && rises(days.dates) ? "" : "each must be later than the one before";
}

std::vector<std::string> cut_off_names() {
  std::vector<std::string> names;
  for (const auto& [word, days] : cut_off_words()) names.push_back(word);
  return names;
}

std::optional<CutOffs> of_word(std::string_view text) {
  for (const auto& [word, days] : cut_off_words()) {
    if (word == text) return days;
  }
  return std::nullopt;
}

Setting<CutOffs> read_cut_offs(const YamlNode& node, Context& context) {
  if (node.is_scalar()) {
    if (const auto known = of_word(node.text)) return given(*known, node);
  }
  CutOffs days;
  const auto add = [&](const YamlNode& one) {
    if (one.is_scalar() && add_day(one.text, days)) return true;
    expected(fmt::format("{}, a day of each year such as 03-28, a date such as 2027-03-28, or a list of days",
                         fmt::join(cut_off_names(), ", ")),
             one, context);
    return false;
  };
  if (node.is_list() && node.items.empty()) {
    context.error(node.origin, "needs at least one day");
    return {};
  }
  const bool good = node.is_list() ? std::all_of(node.items.begin(), node.items.end(), add) : add(node);
  if (!good) return {};
  if (const std::string trouble = trouble_of(days); !trouble.empty()) {
    context.error(node.origin, trouble);
    return {};
  }
  return given(std::move(days), node);
}

std::string print_cut_offs(const CutOffs& cut_offs) {
  for (const auto& [word, days] : cut_off_words()) {
    if (days == cut_offs) return word;
  }
  std::vector<std::string> parts;
  for (const MonthDay& day : cut_offs.yearly) parts.push_back(fmt::format("{:02}-{:02}", day.month, day.day));
  for (const units::UtcTime date : cut_offs.dates) parts.push_back(units::format_utc(date));
  return fmt::format("[{}]", fmt::join(parts, ", "));
}

}  // namespace

Type<CutOffs> cut_offs() {
  Type<CutOffs> type;
  type.written =
      words_in_prose(cut_off_names()) +
      " (on the 1st; the 1st and 15th; the 1st of even months), days of each year such as `[03-28, 09-05]`, or "
      "dates";
  const Json day = {{"type", "string"}, {"pattern", R"(^([0-9]{4}-)?[0-9]{2}-[0-9]{2}([T ][0-9:]+Z?)?$)"}};
  type.schema = any_of({{{"enum", cut_off_names()}}, day, {{"type", "array"}, {"minItems", 1}, {"items", day}}});
  type.read = read_cut_offs;
  type.print = print_cut_offs;
  return type;
}

std::optional<CutOffs> parse_cut_offs(std::string_view cell) {
  if (auto known = of_word(cell)) return known;
  CutOffs days;
  while (!cell.empty()) {
    const auto end = cell.find(';');
    if (!add_day(cell.substr(0, end), days)) return std::nullopt;
    cell.remove_prefix(end == std::string_view::npos ? cell.size() : end + 1);
    cell.remove_prefix(std::min(cell.find_first_not_of(' '), cell.size()));
  }
  return days.continuous() || !trouble_of(days).empty() ? std::nullopt : std::optional{days};
}

}  // namespace gigasim::scenario
