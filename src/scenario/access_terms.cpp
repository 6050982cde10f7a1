#include "gigasim/scenario/access_terms.hpp"

#include <algorithm>

namespace gigasim::scenario {

std::string_view word_of(TimeHolder holder) {
  switch (holder) {
    case TimeHolder::kEu:
      return "eu";
    case TimeHolder::kNational:
      return "national";
    case TimeHolder::kPrivate:
      return "private";
  }
  return "";
}

std::optional<TimeHolder> time_holder_of(std::string_view word) {
  const auto* const found = std::find_if(kTimeHolders.begin(), kTimeHolders.end(),
                                         [&](TimeHolder holder) { return word_of(holder) == word; });
  return found == kTimeHolders.end() ? std::nullopt : std::optional{*found};
}

std::optional<units::UtcTime> next_cut_off(const CutOffs& cut_offs, units::UtcTime from) {
  if (cut_offs.continuous()) return from;
  const auto dated = std::lower_bound(cut_offs.dates.begin(), cut_offs.dates.end(), from);
  if (dated != cut_offs.dates.end()) return *dated;
  const int year = units::quarter_of(from).year;
  for (const int y : {year, year + 1}) {
    for (const MonthDay& day : cut_offs.yearly) {
      const auto moment = units::midnight(y, day.month, day.day);
      if (moment && *moment >= from) return moment;
    }
  }
  return std::nullopt;
}

}  // namespace gigasim::scenario
