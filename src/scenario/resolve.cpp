#include "resolve.hpp"

namespace gigasim::scenario {

Period resolve_period(const PeriodSpec& spec) {
  Period period;
  const Length length = spec.length.value_or({});
  period.start = spec.start.value_or({});
  period.warm_up = spec.warm_up.value_or(units::Seconds{0});
  period.length = length.duration;
  period.until_drained = length.until_drained;
  return period;
}

}  // namespace gigasim::scenario
