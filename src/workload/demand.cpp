#include "demand.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "gigasim/scenario/load.hpp"

namespace gigasim::workload {

double base_rate(const scenario::Workload& workload, const scenario::Stream& stream, const Mix& mix) {
  const scenario::SyntheticArrivals& arrivals = stream.arrivals;
  if (arrivals.rate) return arrivals.rate->in_base_units();
  double load = 0.0;
  if (arrivals.load) {
    load = *arrivals.load;
  } else if (workload.load) {
    load = *workload.load * arrivals.demand_share;
  } else {
    throw scenario::ScenarioError{{fmt::format("workload.streams[{}]: neither a rate nor a demand", stream.name)}};
  }
  return load * workload.reference_accelerators / mean_accelerator_seconds(mix);
}

StreamPlan make_plan(const scenario::Stream& stream, const Mix& mix, double rate) {
  StreamPlan plan;
  plan.stream = stream.name;
  plan.accelerator_hours_per_job = mean_accelerator_seconds(mix) / 3600.0;
  plan.jobs_per_hour = rate * 3600.0;
  plan.demand_accelerators = plan.accelerator_hours_per_job * plan.jobs_per_hour;
  for (const ClassLaw& law : mix) plan.bundle = std::max(plan.bundle, law.bundle());
  return plan;
}

}  // namespace gigasim::workload
