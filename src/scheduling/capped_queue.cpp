#include "gigasim/scheduling/capped_queue.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <unordered_map>
#include <utility>

#include "gigasim/units/share.hpp"

namespace gigasim::scheduling {
namespace {

class CappedQueue final : public QueuePolicy {
 public:
  CappedQueue(const std::vector<double>& shares, const std::function<std::unique_ptr<QueuePolicy>()>& make_policy) {
    for (const double share : shares) groups_.push_back({share, make_policy()});
  }

  void set_capacity(std::int64_t accelerators) override {
    capacity_ = accelerators;
    for (Group& group : groups_) group.policy->set_capacity(units::whole_share(group.share, accelerators));
  }

  void enqueue(const QueuedJob& job) override {
    group_of_waiting_[job.id] = index_of(job);
    policy_of(job).enqueue(job);
  }

  void remove(std::int64_t id) override {
    const auto waiting = group_of_waiting_.find(id);
    if (waiting == group_of_waiting_.end()) return;
    groups_[waiting->second].policy->remove(id);
    group_of_waiting_.erase(waiting);
  }

  void job_ended(const QueuedJob& job, units::Seconds started) override { policy_of(job).job_ended(job, started); }

  void pass(units::Seconds now, std::vector<std::int64_t>& starts) override {
    const std::size_t before = starts.size();
    for (Group& group : groups_) group.policy->pass(now, starts);
    for (std::size_t i = before; i < starts.size(); ++i) group_of_waiting_.erase(starts[i]);
  }

  std::vector<std::int64_t> drain() override {
    group_of_waiting_.clear();
    return merged([](QueuePolicy& policy) { return policy.drain(); });
  }

  std::vector<std::int64_t> running() const override {
    return merged([](const QueuePolicy& policy) { return policy.running(); });
  }

  units::Seconds estimate_start(const QueuedJob& job, units::Seconds now) const override {
    return policy_of(job).estimate_start(job, now);
  }

  std::optional<units::Seconds> estimate_waiting(std::int64_t id, units::Seconds now) override {
    const auto waiting = group_of_waiting_.find(id);
    if (waiting == group_of_waiting_.end()) return std::nullopt;
    return groups_[waiting->second].policy->estimate_waiting(id, now);
  }

  double load() const override {
    if (capacity_ == 0) return std::numeric_limits<double>::infinity();
    double accelerators = 0.0;
    for (const Group& group : groups_) {
      const std::int64_t cap = group.policy->capacity();
      // A whole number, up to the rounding of the policy's own division.
      if (cap > 0) accelerators += std::round(group.policy->load() * static_cast<double>(cap));
    }
    return accelerators / static_cast<double>(capacity_);
  }

  std::int64_t capacity() const override { return capacity_; }

  std::optional<units::Seconds> next_pass(units::Seconds now) const override {
    std::optional<units::Seconds> first;
    for (const Group& group : groups_) {
      const auto next = group.policy->next_pass(now);
      if (next && (!first || *next < *first)) first = next;
    }
    return first;
  }

  std::uint64_t nodes_visited() const override {
    std::uint64_t nodes = 0;
    for (const Group& group : groups_) nodes += group.policy->nodes_visited();
    return nodes;
  }

 private:
  struct Group {
    double share;
    std::unique_ptr<QueuePolicy> policy;
  };

  static std::size_t index_of(const QueuedJob& job) { return static_cast<std::size_t>(job.group); }
  QueuePolicy& policy_of(const QueuedJob& job) { return *groups_[index_of(job)].policy; }
  const QueuePolicy& policy_of(const QueuedJob& job) const { return *groups_[index_of(job)].policy; }

  /// The ids of all groups in order of arrival: ids rise with it. Those of one group alone keep its order.
  template <class List>
  std::vector<std::int64_t> merged(const List& list) const {
    std::vector<std::int64_t> ids;
    std::size_t groups_with_some = 0;
    for (const Group& group : groups_) {
      const auto of_group = list(*group.policy);
      groups_with_some += of_group.empty() ? 0 : 1;
      ids.insert(ids.end(), of_group.begin(), of_group.end());
    }
    if (groups_with_some > 1) std::sort(ids.begin(), ids.end());
    return ids;
  }

  std::int64_t capacity_ = 0;
  std::vector<Group> groups_;
  std::unordered_map<std::int64_t, std::size_t> group_of_waiting_;  // looked up only, never iterated
};

}  // namespace

std::unique_ptr<QueuePolicy> make_capped_queue(const std::vector<double>& shares,
                                               const std::function<std::unique_ptr<QueuePolicy>()>& make_policy) {
  return std::make_unique<CappedQueue>(shares, make_policy);
}

}  // namespace gigasim::scheduling
