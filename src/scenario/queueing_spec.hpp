#pragma once

#include <string>
#include <vector>

#include "gigasim/scenario/queueing.hpp"
#include "gigasim/scenario/scenario.hpp"
#include "gigasim/units/calendar.hpp"
#include "type.hpp"

namespace gigasim::scenario {

/// So many accelerators, or such a share of what there is.
struct ReservedAmount {
  std::int64_t accelerators = 0;
  double share = 0.0;
};

struct ReservationSpec {
  Origin at;
  Setting<std::string> name, partition;
  Setting<std::vector<std::string>> label, at_sites;
  Setting<std::vector<SiteKind>> at_kinds;
  Setting<ReservedAmount> accelerators;
  Setting<units::UtcTime> from;
  Setting<units::Seconds> length, every;
  Setting<bool> remove;
};

struct BackfillSpec {
  Origin at;
  Setting<std::int64_t> depth;
  Setting<units::Seconds> window;
};

}  // namespace gigasim::scenario
