#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "gigasim/scenario/scenario.hpp"
#include "job_stream.hpp"

namespace gigasim::workload {

/// Gives each job of a stream a patience, drawn from random numbers of its own: all else stays as it is. `name` is the
/// stream's.
[[nodiscard]] std::unique_ptr<JobStream> with_patience(std::unique_ptr<JobStream> jobs,
                                                       const scenario::PatienceLaw& law, std::uint64_t seed,
                                                       std::string_view name);

}  // namespace gigasim::workload
