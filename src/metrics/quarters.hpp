#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gigasim/scenario/scenario.hpp"
#include "ledger.hpp"

namespace gigasim::metrics {

/// Accelerator-ticks of a machine.
struct MachineTime {
  Ticks busy = 0, online = 0;
  Ticks idle_held = 0;  ///< occupied without computing
  Ticks eased = 0;      ///< hundredths of accelerators that replicas hold without computing
};

/// What happened in one quarter of the results period: differences of the network's books between its ends.
struct QuarterBook {
  std::string name, year;             ///< "2027-Q1", "2027"
  Window window;                      ///< the part of the quarter that lies in the results period
  std::vector<MachineTime> machines;  ///< by partition
  std::vector<Ticks> reserves;        ///< what nobody used of them, by Reserves::books()
  Ticks waiting = 0;                  ///< jobs x ticks
  std::int64_t peak = 0;              ///< of the facilities, microwatts
};

/// Returns the quarters of a results period of 90 days or more with a fixed end; none for any other period.
[[nodiscard]] std::vector<QuarterBook> quarters_of(const scenario::Period& period, const Window& window);

/// The quarters of a run, closed one after the other.
class Quarters {
 public:
  Quarters(const scenario::Period& period, const Window& window) : books_(quarters_of(period, window)) {}

  [[nodiscard]] const std::vector<QuarterBook>& books() const { return books_; }
  /// When the quarter that is open ends; kForever when none is.
  [[nodiscard]] Ticks next_end() const { return open_ < books_.size() ? books_[open_].window.end : kForever; }
  /// Closes the open quarter with the totals since the begin of the results period.
  void close(Ticks now, const std::vector<MachineTime>& machines, const std::vector<Ticks>& reserves, Ticks waiting);

  /// The power of the network changes.
  void change_power(std::int64_t microwatts, Ticks now) {
    if (open_ < books_.size()) power_.change(microwatts, now, books_[open_].window);
  }

 private:
  std::vector<QuarterBook> books_;
  std::size_t open_ = 0;
  std::vector<MachineTime> machines_before_;
  std::vector<Ticks> reserves_before_;
  Ticks waiting_before_ = 0;
  Peak power_;
};

}  // namespace gigasim::metrics
