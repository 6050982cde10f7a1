#include "reserves.hpp"

#include <algorithm>

#include "gigasim/units/share.hpp"

namespace gigasim::metrics {

Reserves::Reserves(const scenario::Scenario& scenario, const Machines& machines, const Window& window)
    : machines_(machines), window_(window) {
  const std::vector<scenario::Privilege>& privileges = scenario.scheduling.privileges;
  if (privileges.empty()) return;
  of_partition_.resize(machines.books().size());
  for (const bool lent : {false, true}) {
    for (std::size_t p = 0; p < privileges.size(); ++p) {
      const scenario::Privilege& privilege = privileges[p];
      if (privilege.reserve == 0.0 || (privilege.unused == scenario::UnusedReserve::kLent) != lent) continue;
      for (std::size_t m = 0; m < machines.books().size(); ++m) {
        const std::string& site = scenario.sites[static_cast<std::size_t>(machines.books()[m].place.site)].name;
        if (std::find(privilege.sites.begin(), privilege.sites.end(), site) == privilege.sites.end()) continue;
        of_partition_[m].push_back(books_.size());
        books_.push_back(
            {.partition = m, .privilege = static_cast<std::int32_t>(p), .share = privilege.reserve, .unused = {}});
      }
    }
  }
}

void Reserves::settle(std::size_t partition, std::int32_t privilege, std::int64_t by, Ticks now) {
  const PartitionBook& machine = machines_.books()[partition];
  const std::int64_t online = machine.online.value();
  std::int64_t free = std::max<std::int64_t>(0, online - machine.held());
  for (const std::size_t b : of_partition_[partition]) {
    ReserveBook& book = books_[b];
    if (book.privilege == privilege) book.used += by;
    const std::int64_t own = std::max<std::int64_t>(0, units::whole_share(book.share, online) - book.used);
    const std::int64_t unused = std::min(own, free);
    free -= unused;
    book.unused.change(unused - book.unused.value(), now, window_);
  }
}

void Reserves::settle_all(Ticks now) {
  for (ReserveBook& book : books_) book.unused.settle(now, window_);
}

}  // namespace gigasim::metrics
