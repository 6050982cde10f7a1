#include "gigasim/scheduling/queue_policy.hpp"

#include <algorithm>
#include <stdexcept>

#include "backfill_queue.hpp"
#include "conservative_queue.hpp"
#include "expansion_queue.hpp"
#include "gigasim/scheduling/priority.hpp"
#include "privileged_queue.hpp"
#include "shortest_candidates.hpp"
#include "sorted_queue.hpp"

namespace gigasim::scheduling {
namespace {

/// Without reservations what is free is counted, else planned.
template <class Order>
std::unique_ptr<QueuePolicy> in_order_of(Order order, bool backfill, const QueueOptions& options) {
  if (options.reservations.empty()) {
    return std::make_unique<BackfillQueue<Order, CountedRoom>>(backfill, std::move(order), CountedRoom{});
  }
  return std::make_unique<BackfillQueue<LanedQueue<Order>, PlannedRoom>>(
      backfill, LanedQueue<Order>{order, options.reservations.size()}, PlannedRoom{options.reservations});
}

using Maker = std::unique_ptr<QueuePolicy> (*)(const QueueOptions&);

const std::vector<std::pair<std::string, Maker>>& makers() {
  static const std::vector<std::pair<std::string, Maker>> all{
      {"easy", [](const QueueOptions& o) { return in_order_of(WaitingQueue{}, true, o); }},
      {"fcfs", [](const QueueOptions& o) { return in_order_of(WaitingQueue{}, false, o); }},
      {"easy-sjf", [](const QueueOptions& o) { return in_order_of(SortedQueue{SortKey::kWalltime}, true, o); }},
      {"easy-saf", [](const QueueOptions& o) { return in_order_of(SortedQueue{SortKey::kWork}, true, o); }},
      {"easy-sqf", [](const QueueOptions& o) { return in_order_of(SortedQueue{SortKey::kAccelerators}, true, o); }},
      {"easy-lxf", [](const QueueOptions& o) { return in_order_of(ExpansionQueue{}, true, o); }},
      {"easy-sjbf", [](const QueueOptions& o) { return in_order_of(ShortestCandidates{}, true, o); }},
      {"conservative",
       [](const QueueOptions& o) -> std::unique_ptr<QueuePolicy> {
         return std::make_unique<ConservativeQueue>(o.reservations, o.backfill);
       }},
      {"conservative-compress",
       [](const QueueOptions& o) -> std::unique_ptr<QueuePolicy> {
         return std::make_unique<GuaranteedQueue>(o.reservations, o.backfill);
       }},
      {"multifactor", [](const QueueOptions& o) { return make_multifactor_queue({}, o); }},
  };
  return all;
}

}  // namespace

void QueuePolicy::start_now(std::int64_t /*id*/, units::Seconds /*now*/) {
  throw std::logic_error("this queue policy starts no job out of turn");
}

std::optional<units::Seconds> QueuePolicy::next_pass(units::Seconds /*now*/) const {
  return std::nullopt;
}

const std::vector<std::string>& queue_policy_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const auto& [name, make] : makers()) all.push_back(name);
    return all;
  }();
  return names;
}

std::unique_ptr<QueuePolicy> make_queue_policy(std::string_view name, const QueueOptions& options) {
  const auto maker = std::find_if(makers().begin(), makers().end(), [&](const auto& one) { return one.first == name; });
  if (maker == makers().end()) throw std::invalid_argument("no queue policy is called \"" + std::string{name} + "\"");
  if (options.privileges.empty()) return maker->second(options);
  if (!options.reservations.empty()) throw std::invalid_argument("privileges and reservations exclude each other");
  if (name != "easy" && name != "fcfs") throw std::invalid_argument("privileges need the policy easy or fcfs");
  return make_privileged_queue(name == "easy", options.privileges);
}

}  // namespace gigasim::scheduling
