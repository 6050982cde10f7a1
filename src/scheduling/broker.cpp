#include "gigasim/scheduling/broker.hpp"

#include <set>
#include <stdexcept>
#include <unordered_map>
#include <utility>

namespace gigasim::scheduling {
namespace {

std::optional<int> nearest_that_accepts(const BrokeredJob& job, const QueueDirectory& queues) {
  for (const int queue : queues.by_distance(job.origin)) {
    if (queues.accepts(queue, job)) return queue;
  }
  return std::nullopt;
}

class Nearest final : public Broker {
 public:
  std::optional<int> choose(const BrokeredJob& job, const QueueDirectory& queues) override {
    return nearest_that_accepts(job, queues);
  }
};

class Home final : public Broker {
 public:
  std::optional<int> choose(const BrokeredJob& job, const QueueDirectory& queues) override {
    const auto& order = queues.by_distance(job.origin);
    std::optional<int> best;
    for (std::size_t i = 0; i < queues.num_at_home(job.origin); ++i) {
      if (!queues.accepts(order[i], job)) continue;
      if (!best || queues.load(order[i]) < queues.load(*best)) best = order[i];
    }
    return best ? best : nearest_that_accepts(job, queues);
  }
};

class RoundRobin final : public Broker {
 public:
  std::optional<int> choose(const BrokeredJob& job, const QueueDirectory& queues) override {
    const int n = queues.num_queues();
    for (int step = 0; step < n; ++step) {
      const int queue = (next_ + step) % n;
      if (!queues.accepts(queue, job)) continue;
      next_ = (queue + 1) % n;
      return queue;
    }
    return std::nullopt;
  }

 private:
  int next_ = 0;
};

class LeastLoaded final : public Broker {
 public:
  std::optional<int> choose(const BrokeredJob& job, const QueueDirectory& queues) override {
    for (const auto& [load, queue] : by_load_) {
      if (queues.accepts(queue, job)) return queue;
    }
    return std::nullopt;
  }

  void load_changed(int queue, double load) override {
    const auto [known, is_new] = load_of_.try_emplace(queue, load);
    if (!is_new) by_load_.erase({known->second, queue});
    known->second = load;
    by_load_.insert({load, queue});
  }

 private:
  std::set<std::pair<double, int>> by_load_;
  std::unordered_map<int, double> load_of_;  // looked up only, never iterated
};

class EarliestStart final : public Broker {
 public:
  std::optional<int> choose(const BrokeredJob& job, const QueueDirectory& queues) override {
    std::optional<int> best;
    units::Seconds best_start{0};
    for (const int queue : queues.by_distance(job.origin)) {
      if (!queues.accepts(queue, job)) continue;
      const units::Seconds start = queues.estimate_start(queue, job);
      if (best && start >= best_start) continue;
      best = queue;
      best_start = start;
      if (start <= queues.now()) break;  // nobody can be earlier
    }
    return best;
  }
};

}  // namespace

void Broker::load_changed(int /*queue*/, double /*load*/) {}

const std::vector<std::string>& broker_names() {
  static const std::vector<std::string> names{"home", "nearest", "round_robin", "least_loaded", "earliest_start"};
  return names;
}

std::unique_ptr<Broker> make_broker(std::string_view name) {
  if (name == "home") return std::make_unique<Home>();
  if (name == "nearest") return std::make_unique<Nearest>();
  if (name == "round_robin") return std::make_unique<RoundRobin>();
  if (name == "least_loaded") return std::make_unique<LeastLoaded>();
  if (name == "earliest_start") return std::make_unique<EarliestStart>();
  throw std::invalid_argument("no broker is called \"" + std::string{name} + "\"");
}

}  // namespace gigasim::scheduling
