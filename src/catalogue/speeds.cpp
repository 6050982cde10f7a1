#include "gigasim/catalogue/speeds.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "cells.hpp"
#include "editions.hpp"

namespace gigasim::catalogue {
namespace {

/// A figure with its range.
struct Ranged {
  double low = 0.0, best = 0.0, high = 0.0;
};

struct Ratio {
  std::string speed_class;
  std::vector<std::string> accelerators;
  Ranged ratio;
};

struct Fraction {
  std::string speed_class;
  Ranged fraction;
};

Ratio read_ratio(const Row& row) {
  return {row["speed_class"],
          list(row, "accelerators"),
          {required(row, "ratio_low"), required(row, "ratio_vs_h100"), required(row, "ratio_high")}};
}

Fraction read_fraction(const Row& row) {
  return {row.id(), {required(row, "fraction_low"), required(row, "fraction"), required(row, "fraction_high")}};
}

const Ratio* find_ratio(std::string_view speed_class, std::string_view accelerator) {
  static PerEdition<std::vector<Ratio>> all{[] { return read_rows("speed-ratios", read_ratio); }};
  const auto& ratios = all.get();
  const auto found = std::find_if(ratios.begin(), ratios.end(), [&](const Ratio& one) {
    return one.speed_class == speed_class &&
           std::find(one.accelerators.begin(), one.accelerators.end(), accelerator) != one.accelerators.end();
  });
  return found == ratios.end() ? nullptr : &*found;
}

const Fraction* find_fraction(std::string_view speed_class) {
  static PerEdition<std::vector<Fraction>> all{[] { return read_rows("scalable-fractions", read_fraction); }};
  const auto& fractions = all.get();
  const auto found = std::find_if(fractions.begin(), fractions.end(),
                                  [&](const Fraction& one) { return one.speed_class == speed_class; });
  return found == fractions.end() ? nullptr : &*found;
}

/// What the part that scales takes here, over what it took where it was recorded.
double time_ratio(const Ranged& recorded, const Ranged& here, SpeedRange range) {
  if (range == SpeedRange::kLow) return recorded.high / here.low;
  return range == SpeedRange::kHigh ? recorded.low / here.high : recorded.best / here.best;
}

/// More that scales helps where the accelerator is faster and harms where it is slower.
double fraction_at(const Ranged& fraction, double ratio, SpeedRange range) {
  if (range == SpeedRange::kBest) return fraction.best;
  return (range == SpeedRange::kHigh) == (ratio < 1.0) ? fraction.high : fraction.low;
}

}  // namespace

std::optional<double> speed_on(std::string_view speed_class, std::string_view recorded_on, std::string_view accelerator,
                               SpeedRange range) {
  if (recorded_on == accelerator) return 1.0;
  const Fraction* fraction = find_fraction(speed_class);
  const Ratio* recorded = find_ratio(speed_class, recorded_on);
  const Ratio* here = find_ratio(speed_class, accelerator);
  if (fraction == nullptr || recorded == nullptr || here == nullptr) return std::nullopt;
  if (recorded == here) return 1.0;
  const double ratio = time_ratio(recorded->ratio, here->ratio, range);
  const double f = fraction_at(fraction->fraction, ratio, range);
  return 1.0 / ((1.0 - f) + f * ratio);
}

}  // namespace gigasim::catalogue
