#pragma once

#include <algorithm>

#include "gigasim/units/model_constant.hpp"

namespace gigasim::workload {

inline const units::ModelConstant kSlowdownBound{
    10.0,
    {"workload.slowdown_bound", "s", "bounded slowdown: the shortest runtime that counts",
     "Feitelson, JSSPP 2001; below it a short job's wait would outweigh all others"}};

/// max(1, response / max(run, 10 s)), response being queue time + run; both in seconds.
[[nodiscard]] inline double bounded_slowdown(double response_s, double run_s) {
  return std::max(1.0, response_s / std::max(run_s, kSlowdownBound.value()));
}

}  // namespace gigasim::workload
