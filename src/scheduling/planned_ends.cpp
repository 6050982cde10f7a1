#include "planned_ends.hpp"

#include <algorithm>
#include <limits>

namespace gigasim::scheduling {

void PlannedEnds::insert(std::int64_t id, units::Seconds planned_end, std::int64_t accelerators) {
  ends_.insert({Key{planned_end.in_base_units(), id}, accelerators});
  accelerators_ += accelerators;
  weighted_ends_ += units::to_ticks(planned_end) * accelerators;
}

void PlannedEnds::erase(std::int64_t id, units::Seconds planned_end) {
  const auto it = ends_.find(Key{planned_end.in_base_units(), id});
  accelerators_ -= it->second;
  weighted_ends_ -= units::to_ticks(planned_end) * it->second;
  ends_.erase(it);
}

std::vector<std::int64_t> PlannedEnds::ids() const {
  std::vector<std::int64_t> ids;
  for (const auto& [key, accelerators] : ends_) ids.push_back(key.second);
  std::sort(ids.begin(), ids.end());
  return ids;
}

PlannedEnds::Release PlannedEnds::first_release(std::int64_t wanted) const {
  auto node = ends_.node_begin();
  const auto end = ends_.node_end();
  while (node != end) {
    const auto left = node.get_l_child();
    const std::int64_t before = left == end ? 0 : left.get_metadata();
    if (wanted <= before) {
      node = left;
    } else if (wanted <= before + (*node)->second) {
      const double time = (*node)->first.first;
      return {units::Seconds{time}, released_by(units::Seconds{time}),
              sum_up_to({time, std::numeric_limits<std::int64_t>::min()})};
    } else {
      wanted -= before + (*node)->second;
      node = node.get_r_child();
    }
  }
  return {};
}

std::int64_t PlannedEnds::released_by(units::Seconds time) const {
  return sum_up_to({time.in_base_units(), std::numeric_limits<std::int64_t>::max()});
}

std::int64_t PlannedEnds::sum_up_to(const Key& last) const {
  std::int64_t sum = 0;
  auto node = ends_.node_begin();
  const auto end = ends_.node_end();
  while (node != end) {
    if ((*node)->first <= last) {
      sum += (*node)->second;
      if (node.get_l_child() != end) sum += node.get_l_child().get_metadata();
      node = node.get_r_child();
    } else {
      node = node.get_l_child();
    }
  }
  return sum;
}

units::Ticks PlannedEnds::remaining_work(units::Seconds now) const {
  return weighted_ends_ - units::to_ticks(now) * accelerators_;
}

}  // namespace gigasim::scheduling
