#pragma once

#include "diagnostics.hpp"
#include "spec.hpp"

namespace gigasim::scenario {

/// Replaces each stream with `sectors` by one stream per sector of the mix, with the label sector=..., and its part of
/// the demand. Parts of a Poisson process are Poisson processes of their own: the jobs of all parts together are as
/// those of the whole.
void split_by_sector(WorkloadSpec& workload, Context& context);

}  // namespace gigasim::scenario
