#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

#include "gigasim/scheduling/preemption.hpp"
#include "gigasim/units/grid.hpp"

namespace gigasim::scheduling {
namespace {

struct RunningJob {
  QueuedJob job;
  units::Seconds started;
};

/// The running jobs of one kind, in order of their start.
struct RunningKind {
  std::set<std::pair<double, std::int64_t>> by_start;  // started, id
  std::set<std::pair<double, std::int64_t>> by_end;    // estimated end, id
  std::int64_t accelerators = 0;
  double ends = 0.0;  // sum of accelerators x estimated end

  void add(const RunningJob& running) {
    by_start.insert({running.started.in_base_units(), running.job.id});
    by_end.insert({end_of(running), running.job.id});
    accelerators += running.job.accelerators;
    ends += static_cast<double>(running.job.accelerators) * end_of(running);
  }
  void remove(const RunningJob& running) {
    by_start.erase({running.started.in_base_units(), running.job.id});
    by_end.erase({end_of(running), running.job.id});
    accelerators -= running.job.accelerators;
    ends -= static_cast<double>(running.job.accelerators) * end_of(running);
  }

 private:
  static double end_of(const RunningJob& running) { return (running.started + running.job.walltime).in_base_units(); }
};

double work_asked(const QueuedJob& job) {
  return static_cast<double>(job.accelerators) * job.walltime.in_base_units();
}

class Preempting final : public PreemptingQueue {
 public:
  Preempting(std::unique_ptr<QueuePolicy> inner, PreemptionRights rights)
      : inner_(std::move(inner)), rights_(std::move(rights)), kinds_(rights_.size()) {}

  void set_capacity(std::int64_t accelerators) override { inner_->set_capacity(accelerators); }

  void enqueue(const QueuedJob& job) override {
    waiting_[job.id] = job;
    if (has_right(job)) await_room(job);
    inner_->enqueue(job);
  }

  void remove(std::int64_t id) override {
    forget(id);
    inner_->remove(id);
  }

  void job_ended(const QueuedJob& job, units::Seconds started) override {
    forget_running(job.id);
    inner_->job_ended(job, started);
  }

  void pass(units::Seconds now, std::vector<std::int64_t>& starts) override {
    stopped_.clear();
    std::vector<std::int64_t> not_begun;
    for (auto next = with_right_.begin(); next != with_right_.end();) {
      const QueuedJob job = waiting_.at(*next++);
      if (job.accelerators > inner_->capacity()) continue;  // nodes are down: others need not wait for them
      if (!make_room(job, starts, not_begun)) break;
      inner_->start_now(job.id, now);
      note_start(job.id, now);
      starts.push_back(job.id);
    }
    for (const std::int64_t id : not_begun) await_room(waiting_.at(id));
    const std::size_t first = starts.size();
    inner_->pass(now, starts);
    for (std::size_t i = first; i < starts.size(); ++i) note_start(starts[i], now);
  }

  void start_now(std::int64_t id, units::Seconds now) override {
    inner_->start_now(id, now);
    note_start(id, now);
  }

  const std::vector<Stop>& stopped() const override { return stopped_; }

  std::vector<std::int64_t> drain() override {
    waiting_.clear();
    with_right_.clear();
    work_with_right_ = 0.0;
    return inner_->drain();
  }

  std::vector<std::int64_t> running() const override { return inner_->running(); }
  units::Seconds estimate_start(const QueuedJob& job, units::Seconds now) const override {
    const units::Seconds in_turn = inner_->estimate_start(job, now);
    return has_right(job) ? std::min(in_turn, estimate_by_right(job, now)) : in_turn;
  }
  double load() const override { return inner_->load(); }
  std::int64_t capacity() const override { return inner_->capacity(); }
  std::optional<units::Seconds> next_pass(units::Seconds now) const override { return inner_->next_pass(now); }
  std::uint64_t nodes_visited() const override { return inner_->nodes_visited() + looked_at_; }

 private:
  static std::size_t kind_of(const QueuedJob& job) { return static_cast<std::size_t>(job.kind); }
  bool has_right(const QueuedJob& job) const {
    const std::vector<bool>& over = rights_[kind_of(job)];
    return std::find(over.begin(), over.end(), true) != over.end();
  }

  /// Behind others with a right: when all work that it may not stop, and theirs, is done if packed without a gap. Else
  /// the first time at which estimated ends, and all that it may stop, leave it enough.
  units::Seconds estimate_by_right(const QueuedJob& job, units::Seconds now) const {
    if (job.accelerators > inner_->capacity()) return units::Seconds{std::numeric_limits<double>::infinity()};
    const std::vector<bool>& over = rights_[kind_of(job)];
    std::int64_t held = 0;
    double work = work_with_right_;
    for (std::size_t of = 0; of < kinds_.size(); ++of) {
      if (over[of]) continue;
      held += kinds_[of].accelerators;
      work += std::max(0.0, kinds_[of].ends - static_cast<double>(kinds_[of].accelerators) * now.in_base_units());
    }
    if (!with_right_.empty())
      return units::ceil_to_grid(now + units::Seconds{work / static_cast<double>(inner_->capacity())});
    return first_room(over, held - (inner_->capacity() - job.accelerators), now);
  }

  /// When estimated ends of the jobs that may not be stopped have freed so many accelerators.
  units::Seconds first_room(const std::vector<bool>& over, std::int64_t missing, units::Seconds now) const {
    using Position = std::set<std::pair<double, std::int64_t>>::const_iterator;
    std::vector<std::pair<Position, Position>> heads;  // of each kind: the next end, the last
    for (std::size_t of = 0; of < kinds_.size(); ++of) {
      if (!over[of]) heads.emplace_back(kinds_[of].by_end.begin(), kinds_[of].by_end.end());
    }
    double at = now.in_base_units();
    while (missing > 0) {
      auto first = heads.end();
      for (auto head = heads.begin(); head != heads.end(); ++head) {
        if (head->first != head->second && (first == heads.end() || *head->first < *first->first)) first = head;
      }
      at = std::max(at, first->first->first);
      missing -= accelerators_of(first->first->second);
      ++first->first;
    }
    return units::Seconds{at};
  }

  void await_room(const QueuedJob& job) {
    if (with_right_.insert(job.id).second) work_with_right_ += work_asked(job);
  }

  void forget(std::int64_t id) {
    const auto found = waiting_.find(id);
    if (found == waiting_.end()) return;
    if (with_right_.erase(id) > 0) work_with_right_ -= work_asked(found->second);
    waiting_.erase(found);
  }

  void note_start(std::int64_t id, units::Seconds now) {
    const QueuedJob job = waiting_.at(id);
    forget(id);
    running_[id] = {job, now};
    kinds_[kind_of(job)].add(running_[id]);
    held_ += job.accelerators;
  }

  void forget_running(std::int64_t id) {
    const auto found = running_.find(id);
    kinds_[kind_of(found->second.job)].remove(found->second);
    held_ -= found->second.job.accelerators;
    running_.erase(found);
  }

  bool make_room(const QueuedJob& job, std::vector<std::int64_t>& starts, std::vector<std::int64_t>& not_begun) {
    const std::int64_t missing = job.accelerators - (inner_->capacity() - held_);
    if (missing <= 0) return true;
    std::int64_t at_most = 0;
    for (std::size_t of = 0; of < kinds_.size(); ++of) {
      if (rights_[kind_of(job)][of]) at_most += kinds_[of].accelerators;
    }
    if (at_most < missing) return false;
    for (const std::int64_t id : chosen(kind_of(job), missing)) {
      if (!take_back(id, starts, not_begun)) stop(id, job.kind);
    }
    return true;
  }

  /// The latest started first until they are enough; then whoever is not needed after all is spared, the longest
  /// running first: it would lose the most.
  std::vector<std::int64_t> chosen(std::size_t by, std::int64_t missing) {
    using Position = std::set<std::pair<double, std::int64_t>>::const_reverse_iterator;
    std::vector<std::pair<Position, Position>> heads;  // of each kind: the next one, the end
    for (std::size_t of = 0; of < kinds_.size(); ++of) {
      if (rights_[by][of]) heads.emplace_back(kinds_[of].by_start.crbegin(), kinds_[of].by_start.crend());
    }
    std::vector<std::int64_t> ids;
    while (missing > 0) {
      auto latest = heads.end();
      for (auto head = heads.begin(); head != heads.end(); ++head) {
        ++looked_at_;
        if (head->first != head->second && (latest == heads.end() || *head->first > *latest->first)) latest = head;
      }
      ids.push_back(latest->first->second);
      missing -= accelerators_of(ids.back());
      ++latest->first;
    }
    std::int64_t spare = -missing;
    for (std::size_t i = ids.size(); i-- > 0;) {
      if (accelerators_of(ids[i]) > spare) continue;
      spare -= accelerators_of(ids[i]);
      ids.erase(ids.begin() + static_cast<std::ptrdiff_t>(i));
    }
    return ids;
  }

  std::int64_t accelerators_of(std::int64_t id) const { return running_.at(id).job.accelerators; }

  /// One that was to start in this very pass, by a right of its own, waits again as if nothing had been.
  bool take_back(std::int64_t id, std::vector<std::int64_t>& starts, std::vector<std::int64_t>& not_begun) {
    const auto begun = std::find(starts.begin(), starts.end(), id);
    if (begun == starts.end()) return false;
    const RunningJob of = running_.at(id);
    starts.erase(begun);
    forget_running(id);
    inner_->job_ended(of.job, of.started);
    inner_->enqueue(of.job);
    waiting_[id] = of.job;
    not_begun.push_back(id);
    return true;
  }

  void stop(std::int64_t id, std::int32_t by) {
    const RunningJob of = running_.at(id);
    forget_running(id);
    inner_->job_ended(of.job, of.started);
    stopped_.push_back({id, by});
  }

  std::unique_ptr<QueuePolicy> inner_;
  PreemptionRights rights_;
  std::vector<RunningKind> kinds_;
  std::unordered_map<std::int64_t, QueuedJob> waiting_;   // looked up only, never iterated
  std::unordered_map<std::int64_t, RunningJob> running_;  // likewise
  std::set<std::int64_t> with_right_;                     // waiting, by arrival
  double work_with_right_ = 0.0;                          // of these: accelerators x walltime
  std::int64_t held_ = 0;                                 // accelerators
  std::vector<Stop> stopped_;
  std::uint64_t looked_at_ = 0;
};

}  // namespace

const std::vector<std::string>& preemptible_policy_names() {
  static const std::vector<std::string> names{"easy",     "fcfs",     "easy-sjf",  "easy-saf",
                                              "easy-sqf", "easy-lxf", "easy-sjbf", "multifactor"};
  return names;
}

std::unique_ptr<PreemptingQueue> make_preempting_queue(std::unique_ptr<QueuePolicy> inner, PreemptionRights rights) {
  return std::make_unique<Preempting>(std::move(inner), std::move(rights));
}

}  // namespace gigasim::scheduling
