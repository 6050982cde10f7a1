#include "quarters.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "gigasim/units/calendar.hpp"

namespace gigasim::metrics {
std::vector<QuarterBook> quarters_of(const scenario::Period& period, const Window& window) {
  std::vector<QuarterBook> quarters;
  if (!period.has_quarters()) return quarters;
  for (Ticks begin = window.begin; begin < window.end;) {
    const units::Quarter q = units::quarter_of(period.start + units::from_ticks(begin));
    const Ticks end = std::min(window.end, units::to_ticks(units::end_of(q) - period.start));
    quarters.push_back({units::name_of(q), fmt::format("{}", q.year), {begin, end}, {}, {}, 0, 0});
    begin = end;
  }
  return quarters;
}

void Quarters::close(Ticks now, const std::vector<MachineTime>& machines, const std::vector<Ticks>& reserves,
                     Ticks waiting) {
  QuarterBook& book = books_[open_];
  book.window = {std::min(book.window.begin, now), std::min(book.window.end, now)};  // a run may have been stopped
  power_.settle(now, book.window);
  book.peak = power_.highest();
  power_.restart();
  book.waiting = waiting - waiting_before_;
  machines_before_.resize(machines.size());
  for (std::size_t p = 0; p < machines.size(); ++p) {
    const MachineTime& before = machines_before_[p];
    book.machines.push_back({machines[p].busy - before.busy, machines[p].online - before.online,
                             machines[p].idle_held - before.idle_held, machines[p].eased - before.eased});
  }
  reserves_before_.resize(reserves.size());
  for (std::size_t r = 0; r < reserves.size(); ++r) book.reserves.push_back(reserves[r] - reserves_before_[r]);
  machines_before_ = machines;
  reserves_before_ = reserves;
  waiting_before_ = waiting;
  ++open_;
}

}  // namespace gigasim::metrics
