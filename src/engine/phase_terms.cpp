#include "phase_terms.hpp"

#include <algorithm>
#include <limits>

#include "gigasim/models/goodput.hpp"
#include "gigasim/units/grid.hpp"
#include "gigasim/units/model_constant.hpp"
#include "gigasim/workload/failure_limits.hpp"

namespace gigasim::engine {
namespace {

const units::ModelConstant kLeastInterval{
    60.0,
    {"engine.least_checkpoint_interval", "s", "`checkpoint.interval: optimal`: no shorter than this",
     "assumption: where saving costs nothing, the best interval would be 0"}};

constexpr double kLongestRequest = 200 * 31557600.0;  // as of any duration in a scenario

}  // namespace

PhaseTerms phase_terms(const scenario::Scenario& scenario, metrics::Place place, const workload::Job& job,
                       units::Seconds work, units::Seconds request) {
  const scenario::Site& site = scenario.sites[static_cast<std::size_t>(place.site)];
  const scenario::Partition& partition = site.partitions[static_cast<std::size_t>(place.partition)];
  const auto& rules = *scenario.workload.streams[static_cast<std::size_t>(job.stream)].checkpoint;
  const double bandwidth = std::min(site.storage_bandwidth, site.spine_bandwidth).in_base_units();
  const double write = rules.size.in_base_units() / bandwidth;
  const double blocking = rules.asynchronous ? rules.staging.in_base_units() : write;
  const double rate = workload::interruption_rate(scenario, partition, job.accelerators);

  PhaseTerms terms;
  terms.work = work;
  terms.checkpoint = rules.size;
  terms.asynchronous = rules.asynchronous;
  terms.staging = units::ceil_to_grid(rules.staging);
  terms.load = rules.load;
  terms.interval = units::Seconds{std::numeric_limits<double>::infinity()};
  if (rules.interval) {
    terms.interval = units::ceil_to_grid(*rules.interval);
  } else if (rate > 0.0) {
    const double best = std::max({models::daly_interval(blocking, rate), write, kLeastInterval.value()});
    terms.interval = units::ceil_to_grid(units::Seconds{best});
  }
  // No longer than its work: what is never saved is lost whole.
  const double interval = std::min(terms.interval, std::max(work, units::from_ticks(1))).in_base_units();
  const double restart = scenario.failures ? scenario.failures->restart.in_base_units() + write : 0.0;
  const double ettr = models::effective_training_time_ratio(rate, interval, blocking, restart);
  const double load = rules.load.in_base_units() / bandwidth;
  const double limit = std::min(request.in_base_units() / ettr + load, kLongestRequest);
  terms.limit = units::ceil_to_grid(units::Seconds{limit});
  return terms;
}

}  // namespace gigasim::engine
