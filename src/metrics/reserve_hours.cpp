#include "reserve_hours.hpp"

#include <algorithm>
#include <string>

namespace gigasim::metrics {
namespace {

/// Whether a reserve is counted in a group: at the machines of the network or the site, or kept for the group's jobs.
bool counts_reserve(const Books& books, const Group& group, const ReserveBook& reserve) {
  const scenario::Privilege& privilege =
      books.scenario.scheduling.privileges[static_cast<std::size_t>(reserve.privilege)];
  const auto named = [&](const std::string& label) {
    return std::find(privilege.labels.begin(), privilege.labels.end(), label) != privilege.labels.end();
  };
  switch (group.kind) {
    case GroupKind::kNetwork:
    case GroupKind::kQuarter:
    case GroupKind::kYear:
      return true;
    case GroupKind::kSite:
      return books.machines.books()[reserve.partition].place.site == group.site;
    case GroupKind::kLabel:
      return named(group.name);
    case GroupKind::kAccessClass:
      return named("access_class=" + group.name);
    case GroupKind::kStream:
      return named("stream=" + group.name);
    case GroupKind::kOrigin:
      break;
  }
  return false;
}

/// Accelerator-ticks in the group's part of the results period.
Ticks unused_of(const Books& books, const Group& group, std::size_t reserve) {
  if (!group.is_span()) return books.reserves.books()[reserve].unused.inside();
  Ticks unused = 0;
  for (std::size_t q = group.first_quarter; q <= group.last_quarter; ++q) {
    unused += books.quarters.books()[q].reserves[reserve];
  }
  return unused;
}

}  // namespace

double reserved_unused_h100_ticks(const Books& books, const Group& group) {
  double ticks = 0.0;
  for (std::size_t r = 0; r < books.reserves.books().size(); ++r) {
    const ReserveBook& reserve = books.reserves.books()[r];
    if (!counts_reserve(books, group, reserve)) continue;
    const double h100 = books.machines.books()[reserve.partition].machine->h100_equivalent;
    ticks += static_cast<double>(unused_of(books, group, r)) * h100;
  }
  return ticks;
}

}  // namespace gigasim::metrics
