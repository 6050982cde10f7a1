#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gigasim/scenario/services.hpp"
#include "type.hpp"

/// Inference services as written.
namespace gigasim::scenario {

struct TokensSpec {
  Origin at;
  Setting<double> input, output;
};

struct RequestTraceSpec {
  Origin at;
  Setting<std::string> file;
  Setting<double> scale;
  Setting<bool> repeat, strict;
};

struct RequestBurstsSpec {
  Origin at;
  Setting<double> sigma;
  Setting<units::Seconds> length;
};

struct ObjectiveSpec {
  Origin at;
  Setting<units::Seconds> ttft_p95, tpot_p95;
};

struct ReplicasSpec {
  Origin at;
  Setting<std::int64_t> count, min, max;
  Setting<ScaleBy> scale_by;
  Setting<double> target_load;
  Setting<units::Seconds> interval, start_up, scale_in_after;
  Setting<std::vector<std::string>> sites;
};

}  // namespace gigasim::scenario
