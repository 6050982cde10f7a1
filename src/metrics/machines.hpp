#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "fault.hpp"
#include "gigasim/metrics/observer.hpp"
#include "gigasim/scenario/scenario.hpp"
#include "ledger.hpp"

namespace gigasim::metrics {

/// Power of one accelerator in microwatts, rounded once, so that sums over a machine are exact integers.
struct MicroWatts {
  std::int64_t idle = 0, full = 0;
};

/// What a pod has delivered: the second of the three books that must agree.
struct PodBook {
  std::int64_t capacity = 0, busy = 0, whole = 0;
  Ticks last_change = 0;
};

/// What a partition has offered and delivered: the third book.
struct PartitionBook {
  Place place;
  std::string label;  ///< "partition booster of site jaif"
  const scenario::Partition* machine = nullptr;
  double pue = 1.0;
  MicroWatts it, facility;
  Ledger busy, online;
  Ledger idle_held;  ///< occupied without computing: the rest of whole nodes, and what is wiped
  Ledger eased;      ///< hundredths of accelerators that replicas hold without using them
  Ticks last_change = 0;
  std::vector<PodBook> pods;

  [[nodiscard]] std::int64_t held() const { return busy.value() + idle_held.value(); }
};

/// The books of all pods and partitions. A breach of capacity raises the fault.
class Machines {
 public:
  Machines(const std::vector<scenario::Site>& sites, const Window& window, Fault& fault);

  [[nodiscard]] bool known_site(std::int32_t site) const;
  [[nodiscard]] bool known(Place place) const;
  [[nodiscard]] const PartitionBook& at(Place place) const { return books_[index(place)]; }
  /// Position of a partition in `books()`.
  [[nodiscard]] std::size_t index(Place place) const;
  [[nodiscard]] std::span<const PartitionBook> books() const { return books_; }
  [[nodiscard]] std::span<const PartitionBook> of_site(std::int32_t site) const;

  /// Adds (`sign` 1) or takes away (-1) what a job holds; `idle` of these accelerators do not compute.
  void hold(Place place, std::span<const PodShare> pods, int sign, Ticks now, std::int64_t idle = 0);
  /// Of what is held in a partition, so many accelerators cease to compute.
  void fall_idle(Place place, std::int64_t accelerators, Ticks now);
  /// The use of what replicas hold changes: so many hundredths of an accelerator more are idle.
  void ease(Place place, std::int64_t hundredths, Ticks now);
  void set_online(Place place, std::int64_t accelerators, Ticks now);
  void settle_all(Ticks now);

 private:
  void settle(PartitionBook& book, Ticks now);
  void change_pod(PartitionBook& book, PodShare share, int sign, Ticks now);

  const Window& window_;
  Fault& fault_;
  std::vector<PartitionBook> books_;
  std::vector<std::size_t> first_of_site_;  ///< one more than there are sites
};

}  // namespace gigasim::metrics
