#pragma once

#include <optional>
#include <string>
#include <vector>

#include "arrivals.hpp"
#include "class_law.hpp"
#include "gigasim/scenario/scenario.hpp"
#include "thinned_poisson.hpp"

namespace gigasim::workload {

/// All submissions of a synthetic stream in order of time. Classes that never come in bursts have a Poisson process of
/// their own where the others do, each with its part of the stream's jobs.
class StreamArrivals {
 public:
  /// What the processes have in common. `mix` and `origins` must outlive this.
  struct Setting {
    const scenario::Scenario& scenario;
    const scenario::Stream& stream;
    const Mix& mix;
    const OriginLaw& origins;
    double rate;  ///< jobs per second, before profile and growth
    std::optional<units::Seconds> end;
  };

  explicit StreamArrivals(const Setting& setting);

  [[nodiscard]] std::optional<Arrival> next();

 private:
  struct Process {
    Arrivals arrivals;
    std::optional<Arrival> next;
  };

  void add_process(const Setting& setting, const std::string& prefix, const std::optional<QuantileLaw>& bursts,
                   const std::vector<double>& weights);

  std::vector<Process> processes_;
};

}  // namespace gigasim::workload
