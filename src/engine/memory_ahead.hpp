#pragma once

#include <cstddef>

namespace gigasim::engine {

/// SimGrid aborts where it finds no memory. So memory is asked for ahead of what it is about to take: where there is
/// none, that is an exception of ours, thrown where it can be caught.
class MemoryAhead {
 public:
  /// Told of `bytes` that SimGrid will soon take. Throws std::bad_alloc unless there is room for them, and for more.
  void will_take(std::size_t bytes) {
    taken_ += bytes;
    if (taken_ < kLookEvery) return;
    look(taken_ + kReserve);
    taken_ = 0;
  }

 private:
  static void look(std::size_t bytes);

  static constexpr std::size_t kLookEvery = std::size_t{8} << 20U;
  static constexpr std::size_t kReserve = std::size_t{64} << 20U;  // what is needed to end in order comes from it, too
  std::size_t taken_ = kLookEvery;                                 // the first call looks
};

/// What SimGrid and the simulation take, measured with SimGrid 3.32: per execution with its share of a maker actor and
/// the records of its job, and per host with its routes.
inline constexpr std::size_t kBytesPerExecution = 7000;
inline constexpr std::size_t kBytesPerPod = 5500;

}  // namespace gigasim::engine
