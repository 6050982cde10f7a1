#include "hourly.hpp"

namespace gigasim::metrics {

void HourlySeries::change(const Change& by, Ticks now) {
  settle(now);
  state_[0] += by.waiting;
  state_[1] += by.busy;
  state_[2] += by.online;
  state_[3] += by.it_microwatts;
}

void HourlySeries::finish(Ticks now) {
  settle(now);
  const Ticks rest = now - static_cast<Ticks>(rows_.size()) * step();
  if (rest > 0) close_hour(rest);
}

void HourlySeries::settle(Ticks now) {
  for (Ticks end = (static_cast<Ticks>(rows_.size()) + 1) * step(); end <= now; end += step()) {
    add(end);
    close_hour(step());
  }
  add(now);
}

void HourlySeries::add(Ticks until) {
  for (std::size_t i = 0; i < state_.size(); ++i) sums_[i] += static_cast<Wide>(state_[i]) * (until - last_change_);
  last_change_ = until;
}

void HourlySeries::close_hour(Ticks length) {
  const auto mean = [&](std::size_t i) { return static_cast<double>(sums_[i]) / static_cast<double>(length); };
  SeriesRow row;
  row.hour = static_cast<std::int64_t>(rows_.size()) * hours_;
  row.site = site_;
  row.queue_length = mean(0);
  row.busy_accelerators = mean(1);
  row.online_accelerators = mean(2);
  row.it_power_mw = mean(3) / 1e12;
  rows_.push_back(row);
  sums_ = {};
}

}  // namespace gigasim::metrics
