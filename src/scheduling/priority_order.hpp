#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "fair_share.hpp"
#include "gigasim/scheduling/priority.hpp"

namespace gigasim::scheduling {

/// The waiting jobs of a partition by multifactor priority, which time and use change without anything being moved: see
/// make_multifactor_queue().
class PriorityOrder {
 private:
  struct Key {
    double priority;  ///< without what is the same for all in one order
    double submit_s;
    std::int64_t id;
    std::uint64_t* comparisons;
    /// Before: the higher priority, then the earlier submission, then the lower id.
    friend bool operator<(const Key& a, const Key& b) {
      ++*a.comparisons;
      return std::tie(b.priority, a.submit_s, a.id) < std::tie(a.priority, b.submit_s, b.id);
    }
  };
  using Order = std::set<Key>;

 public:
  explicit PriorityOrder(PriorityRules rules);
  PriorityOrder(const PriorityOrder&) = delete;  // keys point to the count of comparisons
  PriorityOrder& operator=(const PriorityOrder&) = delete;
  ~PriorityOrder() = default;

  /// The capacity that sizes are measured against. O(q log q) when it changes.
  void set_capacity(std::int64_t accelerators);
  void insert(const QueuedJob& job);
  /// Takes a waiting job out and returns it; nothing when it does not wait.
  std::optional<QueuedJob> erase(std::int64_t id);
  /// From `now` on the job's account holds its accelerators (1), or no more (-1).
  void charge(const QueuedJob& job, int sign, units::Seconds now);

  [[nodiscard]] bool empty() const { return jobs_.empty(); }
  [[nodiscard]] std::int64_t smallest() const { return sizes_.begin()->first; }  ///< accelerators; only when not empty
  [[nodiscard]] std::vector<std::int64_t> ids() const;                           ///< rising
  [[nodiscard]] double priority_of(const QueuedJob& job, units::Seconds now) const;

  /// Goes through the waiting jobs from the highest priority down. What it has returned may be erased, nothing be
  /// inserted.
  class Walk {
   public:
    Walk(PriorityOrder& order, units::Seconds now);
    /// The next job; null at the end.
    [[nodiscard]] const QueuedJob* next();

   private:
    struct Head {
      Key key;  ///< with the whole priority
      Order::const_iterator at;
      const Order* order;
      double fair_share;  ///< weighted
      friend bool operator<(const Head& a, const Head& b) {
        return b.key < a.key;
      }  // the top of a heap is the greatest
    };
    void push(const Order& order, Order::const_iterator at, double fair_share);

    PriorityOrder& order_;
    units::Seconds now_;
    std::vector<Head> heads_;  // a heap
  };

  /// Comparisons of jobs, and accounts looked at: the measure of complexity in tests.
  [[nodiscard]] std::uint64_t operations() const { return operations_; }

 private:
  struct AccountQueue {
    FairShare::Account account = FairShare::kRoot;  ///< kRoot: it has not come up yet
    Order young, old;                               ///< before and from the age limit on
  };
  struct Waiting {
    QueuedJob job;
    double constant = 0.0;  ///< the part of its priority that neither time nor use changes
    bool is_old = false;
  };

  [[nodiscard]] static std::size_t account_index(const QueuedJob& job) {
    return static_cast<std::size_t>(job.account + 1);
  }
  AccountQueue& account_of(const QueuedJob& job);
  [[nodiscard]] double constant_of(const QueuedJob& job) const;
  [[nodiscard]] double aged(const QueuedJob& job, units::Seconds now) const;
  [[nodiscard]] Key key_of(const Waiting& waiting) const;
  void put(Waiting& waiting, bool old);
  void take_out(const Waiting& waiting);
  void grow_old(units::Seconds now);

  PriorityRules rules_;
  FairShare fair_share_;
  std::int64_t capacity_ = 0;
  std::vector<AccountQueue> accounts_;                   // by account + 1; the first holds the jobs without
  std::map<std::size_t, std::int64_t> active_;           // accounts with waiting jobs: how many
  std::unordered_map<std::int64_t, Waiting> jobs_;       // looked up only, except to be sorted
  std::set<std::pair<double, std::int64_t>> by_submit_;  // those before the age limit
  std::map<std::int64_t, std::int64_t> sizes_;           // accelerators: how many jobs want so many
  mutable std::uint64_t operations_ = 0;
};

}  // namespace gigasim::scheduling
