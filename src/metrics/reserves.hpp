#pragma once

#include <cstdint>
#include <vector>

#include "machines.hpp"

namespace gigasim::metrics {

/// What a privilege keeps for its jobs in one partition, and how much of it nobody uses.
struct ReserveBook {
  std::size_t partition = 0;  ///< position in Machines::books()
  std::int32_t privilege = 0;
  double share = 0.0;
  std::int64_t used = 0;  ///< accelerators that its jobs hold, the reserve or more
  Ledger unused;
};

/// The reserves of all partitions. Unused of a reserve of R accelerators is
///
///     max(0, R - what its jobs hold), and no more than what is free
///
/// (others may have borrowed it); where several reserves share what is free, those that are not lent come first.
class Reserves {
 public:
  Reserves(const scenario::Scenario& scenario, const Machines& machines, const Window& window);

  /// Jobs of a privilege (-1 for none) take or give back accelerators of a partition, or its capacity changes.
  void change(std::size_t partition, std::int32_t privilege, std::int64_t by, Ticks now) {
    if (!of_partition_.empty()) settle(partition, privilege, by, now);
  }
  void settle_all(Ticks now);
  [[nodiscard]] const std::vector<ReserveBook>& books() const { return books_; }

 private:
  void settle(std::size_t partition, std::int32_t privilege, std::int64_t by, Ticks now);

  const Machines& machines_;
  const Window& window_;
  std::vector<ReserveBook> books_;
  std::vector<std::vector<std::size_t>> of_partition_;  ///< positions in books_, in order of use; empty without any
};

}  // namespace gigasim::metrics
