#include "gigasim/scheduling/broker.hpp"

#include <set>
#include <stdexcept>
#include <unordered_map>
#include <utility>

namespace gigasim::scheduling {
namespace {

// The units of a score: a weight of 1 on each makes them count alike.
constexpr units::Seconds kDayOfWaiting{86400.0};
constexpr double kThousandKm = 1000.0;
constexpr double kHundredGramsPerKwh = 100.0;
constexpr double kHundredEurosPerMwh = 100.0;

/// Keeps the best and the second best of the queues that it is shown; the earlier one wins a tie.
class Best {
 public:
  explicit Best(Reason reason) { best_.reason = reason; }

  void show(int queue, double score, std::optional<units::Seconds> start = std::nullopt) {
    if (best_.queue < 0 || score < *best_.score) {
      best_.next = best_.queue;
      best_.next_score = best_.score;
      best_.queue = queue;
      best_.score = score;
      best_.start = start;
    } else if (best_.next < 0 || score < *best_.next_score) {
      best_.next = queue;
      best_.next_score = score;
    }
  }

  [[nodiscard]] std::optional<Choice> take() const { return best_.queue < 0 ? std::nullopt : std::optional{best_}; }

 private:
  Choice best_;
};

std::optional<Choice> nearest_that_accepts(const BrokeredJob& job, const QueueDirectory& queues) {
  for (const int queue : queues.by_distance(job)) {
    if (queues.accepts(queue, job)) return Choice{queue, Reason::kNearest, {}, -1, {}, {}};
  }
  return std::nullopt;
}

double days_of_waiting(units::Seconds start, const QueueDirectory& queues) {
  return (start - queues.now()) / kDayOfWaiting;
}

class Nearest final : public Broker {
 public:
  std::optional<Choice> choose(const BrokeredJob& job, const QueueDirectory& queues) override {
    return nearest_that_accepts(job, queues);
  }
};

class Home final : public Broker {
 public:
  std::optional<Choice> choose(const BrokeredJob& job, const QueueDirectory& queues) override {
    const auto& order = queues.by_distance(job);
    const std::size_t at_home = queues.num_at_home(job);
    Best best(Reason::kAtHome);
    for (std::size_t i = 0; i < at_home; ++i) {
      if (queues.accepts(order[i], job)) best.show(order[i], queues.load(order[i]));
    }
    const auto found = best.take();
    return found ? found : nearest_that_accepts(job, queues);
  }
};

class RoundRobin final : public Broker {
 public:
  std::optional<Choice> choose(const BrokeredJob& job, const QueueDirectory& queues) override {
    const int n = queues.num_queues();
    for (int step = 0; step < n; ++step) {
      const int queue = (next_ + step) % n;
      if (!queues.accepts(queue, job)) continue;
      next_ = (queue + 1) % n;
      return Choice{queue, Reason::kInTurn, {}, -1, {}, {}};
    }
    return std::nullopt;
  }

 private:
  int next_ = 0;
};

class LeastLoaded final : public Broker {
 public:
  std::optional<Choice> choose(const BrokeredJob& job, const QueueDirectory& queues) override {
    for (const auto& [load, queue] : by_load_) {
      if (queues.accepts(queue, job)) return Choice{queue, Reason::kLeastLoaded, load, -1, {}, {}};
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
  std::optional<Choice> choose(const BrokeredJob& job, const QueueDirectory& queues) override {
    const auto& order = queues.by_distance(job);
    const std::size_t at_home = queues.num_at_home(job);
    Best best(Reason::kEarliest);
    Best at_once(Reason::kAtOnce);  // by load, as `home` chooses: else the nearest would take all jobs of its country
    for (std::size_t i = 0; i < order.size(); ++i) {
      if (i == at_home && at_once.take()) break;
      if (!queues.accepts(order[i], job)) continue;
      const units::Seconds start = queues.estimate_start(order[i], job);
      best.show(order[i], days_of_waiting(start, queues), start);
      if (start > queues.now()) continue;
      at_once.show(order[i], queues.load(order[i]), start);
      if (i >= at_home) break;  // nobody can be earlier, and those before were later
    }
    const auto now = at_once.take();
    return now ? starting_now(*now, best) : best.take();
  }

 private:
  /// The score is the wait, as of all sites.
  static std::optional<Choice> starting_now(Choice least_loaded, const Best& best) {
    auto found = best.take();
    found->reason = Reason::kAtOnce;
    if (least_loaded.next < 0) return found;
    found->queue = least_loaded.queue;
    found->next = least_loaded.next;
    found->next_score = found->score;
    return found;
  }
};

class Weighted final : public Broker {
 public:
  explicit Weighted(const Weights& weights) : weights_(weights) {}

  std::optional<Choice> choose(const BrokeredJob& job, const QueueDirectory& queues) override {
    Best best(Reason::kScore);
    for (const int queue : queues.by_distance(job)) {
      if (!queues.accepts(queue, job)) continue;
      const units::Seconds start = queues.estimate_start(queue, job);
      best.show(queue, weights_.queue * days_of_waiting(start, queues) + place_score(queues.facts(queue, job)), start);
    }
    return best.take();
  }

 private:
  [[nodiscard]] double place_score(const SiteFacts& facts) const {
    return weights_.distance * (facts.distance_km / kThousandKm) +
           weights_.carbon * (facts.carbon_g_per_kwh / kHundredGramsPerKwh) +
           weights_.price * (facts.electricity_eur_per_mwh / kHundredEurosPerMwh);
  }

  Weights weights_;
};

}  // namespace

void Broker::load_changed(int /*queue*/, double /*load*/) {}

const std::vector<std::string>& broker_names() {
  static const std::vector<std::string> names{"home",         "nearest",        "round_robin",
                                              "least_loaded", "earliest_start", "weighted"};
  return names;
}

std::unique_ptr<Broker> make_broker(std::string_view name, const Weights& weights) {
  if (name == "home") return std::make_unique<Home>();
  if (name == "nearest") return std::make_unique<Nearest>();
  if (name == "round_robin") return std::make_unique<RoundRobin>();
  if (name == "least_loaded") return std::make_unique<LeastLoaded>();
  if (name == "earliest_start") return std::make_unique<EarliestStart>();
  if (name == "weighted") return std::make_unique<Weighted>(weights);
  throw std::invalid_argument("no broker is called \"" + std::string{name} + "\"");
}

}  // namespace gigasim::scheduling
