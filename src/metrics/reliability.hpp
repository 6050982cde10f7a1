#pragma once

#include <array>
#include <vector>

#include "gigasim/metrics/results.hpp"
#include "groups.hpp"
#include "ledger.hpp"
#include "machines.hpp"

namespace gigasim::metrics {

/// What failures, checkpoints and preemptions cost, counted as it happens: by group of jobs, and by partition. Times
/// are cut to the results period; what is lost counts where it is lost.
class ReliabilityBook {
 public:
  ReliabilityBook(const scenario::Scenario& scenario, std::size_t groups, std::size_t partitions);

  /// Whether anything fails or is saved in the scenario: else there is nothing to report.
  [[nodiscard]] bool matters() const { return matters_; }
  void interrupt(std::size_t group, workload::FailureCause cause, Wide lost);
  void spend(std::size_t group, Spent on, Wide ticks);
  void preempt(std::size_t group, Wide undone);
  /// Accelerator-hours that preemptions undid.
  [[nodiscard]] double preempted_hours(std::size_t group) const;
  void set_down(std::size_t partition, std::int64_t accelerators, Ticks now, const Window& window);
  void settle(Ticks now, const Window& window);
  /// `delivered`: accelerator-hours of the group; repairs are those of the partitions stated.
  [[nodiscard]] std::optional<ReliabilityFigures> figures(std::size_t group, double delivered,
                                                          std::size_t first_partition, std::size_t end_partition) const;

 private:
  struct Sums {
    std::array<std::int64_t, workload::kNumFailureCauses> interruptions{};
    std::array<Wide, workload::kNumFailureCauses> lost{};  // accelerator-ticks
    std::array<Wide, kNumSpent> spent{};                   // likewise
    Wide preempted = 0;                                    // likewise
  };
  bool matters_;
  bool preempts_;
  std::vector<Sums> sums_;    // by group
  std::vector<Ledger> down_;  // by partition: accelerators
};

}  // namespace gigasim::metrics
