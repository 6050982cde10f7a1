#pragma once

#include <map>
#include <tuple>

#include "schedules.hpp"

namespace gigasim::scheduling::test {

enum class PlainOrder { kArrival, kSjf, kSaf, kSqf, kLxf };
enum class PlainKind { kFcfs, kEasy, kSjbf, kConservative };

/// The policies as they are defined, with arrays over whole seconds and plain scans: the independent check of the
/// indexed ones. Knows maintenance windows, and no labels;
/// walltimes are at least 1 s.
class PlainPolicy final : public QueuePolicy {
 public:
  PlainPolicy(PlainOrder order, PlainKind kind, std::vector<Reservation> windows = {})
      : order_(order), kind_(kind), windows_(std::move(windows)) {}

  void set_capacity(std::int64_t n) override { capacity_ = n; }
  void enqueue(const QueuedJob& job) override { queue_.push_back(job); }
  void remove(std::int64_t) override {}
  void job_ended(const QueuedJob& job, units::Seconds) override { running_.erase(job.id); }
  Ids drain() override { return {}; }
  Ids running() const override { return {}; }
  units::Seconds estimate_start(const QueuedJob&, units::Seconds now) const override { return now; }
  double load() const override { return 0; }
  std::int64_t capacity() const override { return capacity_; }
  std::uint64_t nodes_visited() const override { return 0; }

  std::optional<units::Seconds> next_pass(units::Seconds now) const override {
    for (int t = static_cast<int>(std::max(-1.0, now.in_base_units())) + 1; t < 2000; ++t) {
      const auto closes = [&](const Reservation& w) { return is_open(w, t - 1) && !is_open(w, t); };
      if (std::any_of(windows_.begin(), windows_.end(), closes)) return units::Seconds{static_cast<double>(t)};
    }
    return std::nullopt;
  }

  void pass(units::Seconds at, Ids& starts) override {
    now_ = static_cast<int>(at.in_base_units());
    std::stable_sort(queue_.begin(), queue_.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
    if (kind_ == PlainKind::kConservative) return plan_all(starts);
    while (!queue_.empty() && fits(queue_.front(), now_)) start(queue_.front(), starts);
    if (queue_.empty() || kind_ == PlainKind::kFcfs) return;
    const QueuedJob head = queue_.front();
    place(head);
    std::vector<QueuedJob> candidates(queue_.begin() + 1, queue_.end());
    if (kind_ == PlainKind::kSjbf) {
      std::stable_sort(candidates.begin(), candidates.end(),
                       [](const auto& a, const auto& b) { return a.walltime < b.walltime; });
    }
    for (const QueuedJob& job : candidates) {
      if (fits(job, now_)) start(job, starts);
    }
    placed_.clear();
  }

 private:
  using Key = std::pair<double, std::int64_t>;
  static int wall(const QueuedJob& job) { return static_cast<int>(job.walltime.in_base_units()); }

  Key key(const QueuedJob& job) const {
    switch (order_) {
      case PlainOrder::kArrival:
        return {0, job.id};
      case PlainOrder::kSjf:
        return {wall(job), job.id};
      case PlainOrder::kSaf:
        return {static_cast<double>(wall(job) * job.accelerators), job.id};
      case PlainOrder::kSqf:
        return {static_cast<double>(job.accelerators), job.id};
      case PlainOrder::kLxf:
        break;
    }
    if (wall(job) == 0) return {-1e300, job.id};
    return {-(1.0 + (now_ - job.submit.in_base_units()) / wall(job)), job.id};
  }

  static bool is_open(const Reservation& w, int t) {
    const int from = static_cast<int>(w.from.in_base_units());
    const int every = static_cast<int>(w.every.in_base_units());
    const int since = every > 0 && t >= from ? (t - from) % every : t - from;
    return since >= 0 && since < static_cast<int>(w.length.in_base_units());
  }
  std::int64_t held(int t) const {
    std::int64_t held = 0;
    for (const Reservation& w : windows_) held += is_open(w, t) ? w.accelerators : 0;
    return held;
  }
  std::int64_t free(int t) const {
    std::int64_t free = capacity_ - held(t);
    for (const auto& [id, span] : running_) {
      if (t < std::get<1>(span)) free -= std::get<2>(span);
    }
    for (const auto& [from, to, size] : placed_) {
      if (from <= t && t < to) free -= size;
    }
    return free;
  }
  bool fits(const QueuedJob& job, int t) const {
    for (int s = t; s < t + wall(job); ++s) {
      if (free(s) < job.accelerators) return false;
    }
    return true;
  }
  int place(const QueuedJob& job) {
    int t = now_;
    while (!fits(job, t)) ++t;
    placed_.emplace_back(t, t + wall(job), job.accelerators);
    return t;
  }
  void plan_all(Ids& starts) {
    const std::vector<QueuedJob> all = queue_;
    for (const QueuedJob& job : all) {
      if (fits(job, now_)) {
        start(job, starts);
      } else {
        place(job);
      }
    }
    placed_.clear();
  }
  void start(const QueuedJob job, Ids& starts) {
    std::erase_if(queue_, [&](const QueuedJob& other) { return other.id == job.id; });
    running_[job.id] = {now_, now_ + wall(job), job.accelerators};
    starts.push_back(job.id);
  }

  PlainOrder order_;
  PlainKind kind_;
  std::vector<Reservation> windows_;
  std::int64_t capacity_ = 0;
  int now_ = 0;
  std::vector<QueuedJob> queue_;
  std::map<std::int64_t, std::tuple<int, int, std::int64_t>> running_;
  std::vector<std::tuple<int, int, std::int64_t>> placed_;
};

struct PlainName {
  const char* name;
  PlainOrder order;
  PlainKind kind;
};
inline const std::vector<PlainName> kPlainNames{
    {"fcfs", PlainOrder::kArrival, PlainKind::kFcfs},
    {"easy", PlainOrder::kArrival, PlainKind::kEasy},
    {"easy-sjf", PlainOrder::kSjf, PlainKind::kEasy},
    {"easy-saf", PlainOrder::kSaf, PlainKind::kEasy},
    {"easy-sqf", PlainOrder::kSqf, PlainKind::kEasy},
    {"easy-lxf", PlainOrder::kLxf, PlainKind::kEasy},
    {"easy-sjbf", PlainOrder::kArrival, PlainKind::kSjbf},
    {"conservative", PlainOrder::kArrival, PlainKind::kConservative},
};

}  // namespace gigasim::scheduling::test
