#include "moulder.hpp"

#include "network_queues.hpp"

namespace gigasim::engine {
namespace {

Mould sized(const scenario::Moulding& moulding, const workload::Job& asked, std::int64_t accelerators) {
  return {std::nullopt, accelerators, moulding.scaled(asked.runtime, asked.accelerators, accelerators),
          moulding.scaled(asked.walltime, asked.accelerators, accelerators)};
}

scheduling::BrokeredJob as_seen(scheduling::BrokeredJob job, const Mould& mould) {
  job.accelerators = mould.accelerators;
  job.walltime = mould.walltime;
  job.rounding = {};
  return job;
}

}  // namespace

Mould Moulder::choose(const scenario::Moulding& moulding, const workload::Job& asked,
                      const scheduling::BrokeredJob& brokered, const AskBroker& ask_broker,
                      const scheduling::QueueDirectory& queues, units::Ticks most) const {
  Mould best = sized(moulding, asked, moulding.min);
  units::Seconds best_end{0};
  std::optional<scheduling::Choice> chosen;
  for (const std::int64_t accelerators : moulding.candidates()) {
    Mould mould = sized(moulding, asked, accelerators);
    const scheduling::BrokeredJob job = as_seen(brokered, mould);
    if (by_estimates_ || !chosen) {
      chosen = ask_broker(job);
      mould.choice = chosen;
    } else if (queues.accepts(chosen->queue, job)) {
      mould.choice = chosen;
      mould.choice->start.reset();  // that was for another size
    }
    if (!mould.choice) continue;
    const int queue = mould.choice->queue;
    const units::Seconds request = at_speed(mould.walltime, queues.speed(queue, job));
    if (accelerators * units::to_ticks(request) > most) continue;
    if (!mould.choice->start) mould.choice->start = queues.estimate_start(queue, job);
    const units::Seconds end = *mould.choice->start + request;
    const bool takes_largest = moulding.pick == scenario::SizePick::kLargest;
    if (best.choice && end >= best_end && !takes_largest) continue;
    best = mould;
    best_end = end;
  }
  return best;
}

}  // namespace gigasim::engine
