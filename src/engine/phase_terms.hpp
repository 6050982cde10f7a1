#pragma once

#include "gigasim/metrics/observer.hpp"
#include "gigasim/scenario/scenario.hpp"
#include "gigasim/workload/job.hpp"
#include "phased_run.hpp"

namespace gigasim::engine {

/// What the phases of a job are in a partition, for a job that saves its work. `work` and `request` are times there.
///
/// The interval is the stated one, or the best for failures at a constant rate (Daly 2006) with the time that a
/// checkpoint stops the work when nobody else uses the storage; infinite where nothing fails. Who asks for such a run
/// knows what saving and failures cost: the request is longer by 1 / ETTR and the time to load.
[[nodiscard]] PhaseTerms phase_terms(const scenario::Scenario& scenario, metrics::Place place, const workload::Job& job,
                                     units::Seconds work, units::Seconds request);

}  // namespace gigasim::engine
