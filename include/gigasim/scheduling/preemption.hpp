#pragma once

#include <memory>
#include <string>
#include <vector>

#include "gigasim/scheduling/queue_policy.hpp"

namespace gigasim::scheduling {

/// Whether jobs of kind `by` may stop running jobs of kind `of`: [by][of].
using PreemptionRights = std::vector<std::vector<bool>>;

/// A queue whose jobs of some kinds do not wait for running jobs of others.
class PreemptingQueue : public QueuePolicy {
 public:
  /// A running job that a pass has stopped.
  struct Stop {
    std::int64_t id = 0;
    std::int32_t by = 0;  ///< kind of the job that it made room for
    bool operator==(const Stop&) const = default;
  };
  /// The jobs that the last pass has stopped, in the order of the decisions. They run no more; they wait again when the
  /// caller enqueues them, with what they have still to run.
  [[nodiscard]] virtual const std::vector<Stop>& stopped() const = 0;
};

/// The names of the policies that a preempting queue can be made of.
[[nodiscard]] const std::vector<std::string>& preemptible_policy_names();

/// Returns `inner` with preemption. At the begin of a pass the waiting jobs of kinds with a right, in order of arrival,
/// take what is free; where that is not enough, running jobs that they may stop make room: the latest started first,
/// and of those found in this way none that is not needed. A job for which even all of them would not make room stops
/// nobody and waits its turn in `inner`, as all behind it do. Then comes the pass of `inner`.
///
/// A promise that `inner` gave to another job (a reservation) is worth nothing to a job with a right.
///
/// The estimated start of a job with a right is the earlier of two: that of `inner`, and the first time at which what
/// it may stop, and what is free by the estimated ends of others, is enough for it; behind waiting jobs with a right,
/// the time at which their work and all running work that it may not stop would be done if packed without a gap. What
/// others may stop later is not foreseen: that of a job that may be stopped, or has no right, can be too early. O(k e)
/// for the e ends that pass until then.
///
/// O(k log r) a job that is looked at, and a job stopped, beside what `inner` costs: r running jobs, k kinds.
[[nodiscard]] std::unique_ptr<PreemptingQueue> make_preempting_queue(std::unique_ptr<QueuePolicy> inner,
                                                                     PreemptionRights rights);

}  // namespace gigasim::scheduling
