#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>

#include "gigasim/units/grid.hpp"

namespace gigasim::metrics {

using units::Ticks;
/// For sums over many ledgers, where 64 bits might not hold an accelerator-tick count.
__extension__ typedef __int128 Wide;  // NOLINT(modernize-use-using): only a typedef takes __extension__

inline constexpr Ticks kForever = std::numeric_limits<Ticks>::max();

/// The results period. It begins at `kForever` as long as its begin is not known.
struct Window {
  Ticks begin = 0;
  Ticks end = kForever;
  [[nodiscard]] Ticks overlap(Ticks from, Ticks to) const {
    return std::max<Ticks>(0, std::min(to, end) - std::max(from, begin));
  }
  [[nodiscard]] bool contains(Ticks t) const { return t >= begin && t < end; }
};

/// An integer that is constant between changes, and its exact time integral over the run and over the results period.
class Ledger {
 public:
  void settle(Ticks now, const Window& window) {
    whole_ += value_ * (now - last_change_);
    inside_ += value_ * window.overlap(last_change_, now);
    last_change_ = now;
  }
  void change(std::int64_t delta, Ticks now, const Window& window) {
    settle(now, window);
    value_ += delta;
  }
  [[nodiscard]] std::int64_t value() const { return value_; }
  [[nodiscard]] std::int64_t whole() const { return whole_; }
  [[nodiscard]] std::int64_t inside() const { return inside_; }

 private:
  std::int64_t value_ = 0, whole_ = 0, inside_ = 0;
  Ticks last_change_ = 0;
};

/// The highest value that an integer has for longer than an instant within the results period. A state that is passed
/// through between two events of one instant does not count.
class Peak {
 public:
  void settle(Ticks now, const Window& window) {
    if (window.overlap(last_change_, now) > 0) highest_ = std::max(highest_, value_);
    last_change_ = now;
  }
  void change(std::int64_t delta, Ticks now, const Window& window) {
    settle(now, window);
    value_ += delta;
  }
  [[nodiscard]] std::int64_t highest() const { return highest_; }
  /// Forgets what was the highest.
  void restart() { highest_ = 0; }

 private:
  std::int64_t value_ = 0, highest_ = 0;
  Ticks last_change_ = 0;
};

[[nodiscard]] inline double to_hours(double ticks) {
  return ticks / units::kTicksPerSecond / 3600.0;
}

}  // namespace gigasim::metrics
