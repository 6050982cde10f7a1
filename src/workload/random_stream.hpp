#pragma once

#include "gigasim/units/draws.hpp"

namespace gigasim::workload {

using units::draw_beta;
using units::draw_exponential;
using units::draw_normal;
using units::RandomStream;

}  // namespace gigasim::workload
