#include "reliability.hpp"

#include <algorithm>

namespace gigasim::metrics {

ReliabilityBook::ReliabilityBook(const scenario::Scenario& scenario, std::size_t groups, std::size_t partitions)
    : matters_(scenario.failures || std::any_of(scenario.workload.streams.begin(), scenario.workload.streams.end(),
                                                [](const auto& stream) { return stream.checkpoint.has_value(); })),
      preempts_(!scenario.scheduling.preemption.empty()),
      sums_(matters_ || preempts_ ? groups : 0),
      down_(matters_ ? partitions : 0) {}

void ReliabilityBook::interrupt(std::size_t group, workload::FailureCause cause, Wide lost) {
  ++sums_[group].interruptions[static_cast<std::size_t>(cause)];
  sums_[group].lost[static_cast<std::size_t>(cause)] += lost;
}

void ReliabilityBook::spend(std::size_t group, Spent on, Wide ticks) {
  sums_[group].spent[static_cast<std::size_t>(on)] += ticks;
}

void ReliabilityBook::preempt(std::size_t group, Wide undone) {
  sums_[group].preempted += undone;
}

double ReliabilityBook::preempted_hours(std::size_t group) const {
  return preempts_ ? to_hours(static_cast<double>(sums_[group].preempted)) : 0.0;
}

void ReliabilityBook::set_down(std::size_t partition, std::int64_t accelerators, Ticks now, const Window& window) {
  down_[partition].change(accelerators - down_[partition].value(), now, window);
}

void ReliabilityBook::settle(Ticks now, const Window& window) {
  for (Ledger& ledger : down_) ledger.settle(now, window);
}

std::optional<ReliabilityFigures> ReliabilityBook::figures(std::size_t group, double delivered,
                                                           std::size_t first_partition,
                                                           std::size_t end_partition) const {
  if (!matters_) return std::nullopt;
  const auto hours = [](Wide ticks) { return to_hours(static_cast<double>(ticks)); };
  const Sums& sums = sums_[group];
  ReliabilityFigures figures;
  for (std::size_t cause = 0; cause < workload::kNumFailureCauses; ++cause) {
    figures.interruptions += sums.interruptions[cause];
    figures.lost_by_cause[cause] = hours(sums.lost[cause]);
    figures.interruptions_by_cause[cause] = sums.interruptions[cause];
    figures.lost_accelerator_hours += figures.lost_by_cause[cause];
  }
  figures.restart_accelerator_hours = hours(sums.spent[static_cast<std::size_t>(Spent::kRestart)]);
  figures.load_accelerator_hours = hours(sums.spent[static_cast<std::size_t>(Spent::kLoad)]);
  figures.checkpoint_accelerator_hours = hours(sums.spent[static_cast<std::size_t>(Spent::kCheckpoint)]);
  Wide down = 0;
  for (std::size_t p = first_partition; p < end_partition; ++p) down += down_[p].inside();
  figures.repair_accelerator_hours = hours(down);
  const double wasted = figures.lost_accelerator_hours + figures.restart_accelerator_hours +
                        figures.load_accelerator_hours + figures.checkpoint_accelerator_hours + preempted_hours(group);
  if (delivered > 0.0) figures.goodput = 1.0 - wasted / delivered;
  return figures;
}

}  // namespace gigasim::metrics
