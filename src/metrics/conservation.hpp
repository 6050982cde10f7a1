#pragma once

#include "books.hpp"

namespace gigasim::metrics {

/// Checks over the whole run, in exact integers, that no job and no accelerator-tick is lost or made. Raises the fault
/// of the books with the figures that differ.
///
/// - jobs submitted = finished + killed + refused + left + running + queued, by the job table and by the events;
/// - accelerator-ticks by jobs = by pods = by partitions, in each partition, computing and occupied without computing;
/// - sensitive jobs ran on whole nodes of trusted partitions, nobody else on those for them alone;
/// - accelerators busy and jobs waiting at the end are those of the jobs that run and wait;
/// - a run that is said to be drained holds no job.
void check_conservation(Books& books);

}  // namespace gigasim::metrics
