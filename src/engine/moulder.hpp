#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>

#include "gigasim/scenario/moulding.hpp"
#include "gigasim/scheduling/broker.hpp"
#include "gigasim/units/grid.hpp"
#include "gigasim/workload/job.hpp"

namespace gigasim::engine {

/// A queue and a size for a moldable job.
struct Mould {
  std::optional<scheduling::Choice> choice;  ///< nothing: no queue accepts it now, at any size
  std::int64_t accelerators = 0;
  units::Seconds runtime{0}, walltime{0};
};

/// Gives moldable jobs their size when they are brokered (Cirne and Berman 2002): of all candidates the one with the
/// earliest estimated end, start + walltime at that size and at the queue's speed, the smaller one of two that tie; or,
/// where the scenario says so, the largest that is accepted. The
/// estimates are those of the queue's policy. O(c) estimates a job, c candidates; for the broker `earliest_start` c
/// times those of the broker.
class Moulder {
 public:
  /// `by_estimates`: the broker chooses by estimated starts and is asked for each size. Other brokers are asked once,
  /// for the smallest size that some queue accepts, and the size is chosen for the queue that they name.
  explicit Moulder(bool by_estimates) : by_estimates_(by_estimates) {}

  /// Asks the broker for a queue that accepts the job; nothing when none does.
  using AskBroker = std::function<std::optional<scheduling::Choice>(const scheduling::BrokeredJob&)>;

  /// `asked` is the job as it was submitted, `brokered` the same as brokers see it. Without a queue the size is the
  /// smallest one. Sizes whose request is more than `most` accelerator-ticks at the queue are left out.
  [[nodiscard]] Mould choose(const scenario::Moulding& moulding, const workload::Job& asked,
                             const scheduling::BrokeredJob& brokered, const AskBroker& ask_broker,
                             const scheduling::QueueDirectory& queues,
                             units::Ticks most = std::numeric_limits<units::Ticks>::max()) const;

 private:
  bool by_estimates_;
};

}  // namespace gigasim::engine
