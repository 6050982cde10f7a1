#include "moulder.hpp"

namespace gigasim::engine {
namespace {

Mould sized(const scenario::Moulding& moulding, const workload::Job& asked, std::int64_t accelerators) {
  return {std::nullopt, accelerators, moulding.scaled(asked.runtime, asked.accelerators, accelerators),
          moulding.scaled(asked.walltime, asked.accelerators, accelerators)};
}

scheduling::BrokeredJob as_seen(scheduling::BrokeredJob job, const Mould& mould) {
  job.accelerators = mould.accelerators;
  job.walltime = mould.walltime;
  return job;
}

}  // namespace

Mould Moulder::choose(const scenario::Moulding& moulding, const workload::Job& asked,
                      const scheduling::BrokeredJob& brokered, const AskBroker& ask_broker,
                      const scheduling::QueueDirectory& queues) const {
  Mould best = sized(moulding, asked, moulding.min);
  units::Seconds best_end{0};
  std::optional<int> chosen;
  for (const std::int64_t accelerators : moulding.candidates()) {
    Mould mould = sized(moulding, asked, accelerators);
    const scheduling::BrokeredJob job = as_seen(brokered, mould);
    if (by_estimates_ || !chosen) {
      chosen = ask_broker(job);
      mould.queue = chosen;
    } else if (queues.accepts(*chosen, job)) {
      mould.queue = chosen;
    }
    if (!mould.queue) continue;
    const units::Seconds end = queues.estimate_start(*mould.queue, job) + mould.walltime;
    if (best.queue && end >= best_end) continue;
    best = mould;
    best_end = end;
  }
  return best;
}

}  // namespace gigasim::engine
