#include "privileged_queue.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "entitlements.hpp"
#include "gigasim/units/share.hpp"

namespace gigasim::scheduling {
namespace {

using Slot = WaitingQueue::Slot;

/// A waiting job: its class and its place there.
struct Candidate {
  std::size_t lane;
  Slot slot;
};

/// What the blocked first job leaves to others: until when, and how many accelerators even after that. A class whose
/// reserve the first job cannot use may hold the unused part of it on top.
struct FirstJob {
  units::Seconds time;
  std::int64_t spare;
  std::vector<std::int64_t> own;  ///< by class

  [[nodiscard]] std::int64_t spare_of(std::size_t lane) const { return spare + own[lane]; }
  void take(std::size_t lane, std::int64_t accelerators) {
    const std::int64_t from_own = std::min(own[lane], accelerators);
    own[lane] -= from_own;
    spare -= accelerators - from_own;
  }
};

class PrivilegedQueue final : public QueuePolicy {
 public:
  PrivilegedQueue(bool backfill, const std::vector<Privilege>& privileges)
      : backfill_(backfill), lanes_(privileges.size() + 1) {
    for (std::size_t i = 0; i < privileges.size(); ++i) lanes_[i + 1].right = privileges[i];
    for (std::size_t i = 1; i < lanes_.size(); ++i) lenders_.push_back(i);
    std::erase_if(lenders_, [&](std::size_t lane) { return !lanes_[lane].right.lent; });
    std::stable_sort(lenders_.begin(), lenders_.end(), [&](std::size_t a, std::size_t b) {
      return lanes_[a].right.lend_up_to > lanes_[b].right.lend_up_to;
    });
  }

  void set_capacity(std::int64_t accelerators) override {
    capacity_ = accelerators;
    for (Lane& lane : lanes_) lane.reserve = units::whole_share(lane.right.reserve, accelerators);
  }

  void enqueue(const QueuedJob& job) override {
    Lane& lane = lanes_[lane_of(job)];
    lane.waiting.push_back(job);
    lane.queued_accelerators += job.accelerators;
    lane.queued_work += work_of(job);
  }

  void remove(std::int64_t id) override {
    for (Lane& lane : lanes_) {
      const auto slot = lane.waiting.slot_of(id);
      if (!slot) continue;
      take_out(lane, *slot);
      return;
    }
  }

  void job_ended(const QueuedJob& job, units::Seconds started) override {
    lanes_[lane_of(job)].running.erase(job.id, started + job.walltime);
  }

  void pass(units::Seconds now, std::vector<std::int64_t>& starts) override {
    for (std::size_t lane = 1; lane < lanes_.size(); ++lane) {
      while (fits_in_reserve(lane)) start({lane, lanes_[lane].waiting.front()}, now, starts);
    }
    std::optional<std::size_t> first = first_lane();
    while (first && fits(*first)) {
      start({*first, lanes_[*first].waiting.front()}, now, starts);
      first = first_lane();
    }
    if (backfill_ && first && entitled_.free() > 0) backfill(*first, now, starts);
  }

  std::vector<std::int64_t> drain() override {
    std::vector<std::int64_t> ids;
    for (Lane& lane : lanes_) {
      const auto waiting = lane.waiting.ids();
      ids.insert(ids.end(), waiting.begin(), waiting.end());
      lane.waiting.clear();
      lane.queued_accelerators = 0;
      lane.queued_work = 0;
    }
    if (lanes_.size() > 1) std::sort(ids.begin(), ids.end());
    return ids;
  }

  std::vector<std::int64_t> running() const override {
    std::vector<std::int64_t> ids;
    for (const Lane& lane : lanes_) {
      const auto of_lane = lane.running.ids();
      ids.insert(ids.end(), of_lane.begin(), of_lane.end());
    }
    std::sort(ids.begin(), ids.end());
    return ids;
  }

  units::Seconds estimate_start(const QueuedJob& job, units::Seconds now) const override {
    const std::size_t of = lane_of(job);
    if (starts_at_once(job, of, now)) return now;
    const bool has_room = job.accelerators <= entitled_.now(of, job.walltime);
    const units::Seconds room = has_room ? now : entitled_.first_time(job, of).value_or(now);
    units::Ticks ahead = 0;
    bool nobody_waits = true;
    for (const Lane& lane : lanes_) {
      if (lane.waiting.empty() || (lanes_[of].right.priority && !lane.right.priority)) continue;
      ahead += lane.queued_work;
      nobody_waits = false;
    }
    if (nobody_waits) return room;
    // Behind a queue: the time by which everything ahead is done if it were packed without a gap.
    for (const Lane& lane : lanes_) ahead += lane.running.remaining_work(now);
    return std::max(room, now + units::from_ticks(ahead / std::max<std::int64_t>(1, entitled_.at_most(of))));
  }

  double load() const override {
    if (capacity_ == 0) return std::numeric_limits<double>::infinity();
    std::int64_t accelerators = 0;
    for (const Lane& lane : lanes_) accelerators += lane.running.accelerators() + lane.queued_accelerators;
    return static_cast<double>(accelerators) / static_cast<double>(capacity_);
  }

  std::int64_t capacity() const override { return capacity_; }

  std::uint64_t nodes_visited() const override {
    std::uint64_t nodes = 0;
    for (const Lane& lane : lanes_) nodes += lane.waiting.nodes_visited();
    return nodes;
  }

 private:
  static std::size_t lane_of(const QueuedJob& job) { return static_cast<std::size_t>(job.privilege + 1); }
  const QueuedJob& job_at(const Candidate& at) const { return lanes_[at.lane].waiting[at.slot]; }

  /// Queue order: those with priority first, else by arrival.
  bool goes_before(const Candidate& a, const Candidate& b) const {
    const bool priority_of_a = lanes_[a.lane].right.priority;
    if (priority_of_a != lanes_[b.lane].right.priority) return priority_of_a;
    return job_at(a).id < job_at(b).id;
  }

  std::optional<std::size_t> first_lane() const {
    std::optional<Candidate> first;
    for (std::size_t i = 0; i < lanes_.size(); ++i) {
      if (lanes_[i].waiting.empty()) continue;
      const Candidate front{i, lanes_[i].waiting.front()};
      if (!first || goes_before(front, *first)) first = front;
    }
    return first ? std::optional{first->lane} : std::nullopt;
  }

  bool fits_in_reserve(std::size_t lane) const {
    const Lane& of = lanes_[lane];
    if (of.waiting.empty()) return false;
    const std::int64_t wanted = of.waiting[of.waiting.front()].accelerators;
    return wanted <= of.unused() && wanted <= entitled_.free();
  }

  bool fits(std::size_t lane) const {
    const QueuedJob& job = job_at({lane, lanes_[lane].waiting.front()});
    return job.accelerators <= entitled_.now(lane, job.walltime);
  }

  /// Nothing when the job waits for something else than the ends of others.
  std::optional<FirstJob> reserve_for(const QueuedJob& job, std::size_t of) const {
    const auto time = entitled_.first_time(job, of);
    if (!time) return std::nullopt;
    FirstJob first{*time, entitled_.at(*time, of, job.walltime) - job.accelerators, {}};
    for (std::size_t i = 0; i < lanes_.size(); ++i) {
      const Lane& lane = lanes_[i];
      const bool closed = i != of && !lane.open_to(job.walltime);
      const std::int64_t used = lane.running.accelerators() - lane.running.released_by(*time);
      first.own.push_back(closed ? lane.unused(used) : 0);
    }
    return first;
  }

  void backfill(std::size_t of, units::Seconds now, std::vector<std::int64_t>& starts) {
    const Slot head = lanes_[of].waiting.front();
    auto first = reserve_for(lanes_[of].waiting[head], of);
    if (!first) return;
    std::vector<Slot> from;
    for (const Lane& lane : lanes_) from.push_back(lane.waiting.empty() ? 0 : lane.waiting.front());
    from[of] = head + 1;
    while (entitled_.free() > 0) {
      const auto next = next_candidate(from, *first, now);
      if (!next) return;
      const QueuedJob job = job_at(*next);
      if (now + job.walltime > first->time) first->take(next->lane, job.accelerators);
      start(*next, now, starts);
      pass_by(*next, from);
    }
  }

  /// Each job is tried once: nothing that stands before `at` in queue order is looked at again.
  static void pass_by(const Candidate& at, std::vector<Slot>& from) { from[at.lane] = at.slot + 1; }

  /// The first job in queue order, of those at `from` and behind, that may start now without a delay for the first job.
  std::optional<Candidate> next_candidate(const std::vector<Slot>& from, const FirstJob& first,
                                          units::Seconds now) const {
    std::optional<Candidate> best;
    for (std::size_t i = 0; i < lanes_.size(); ++i) {
      const auto slot = find(i, from[i], first.time - now, first.spare_of(i));
      if (slot && (!best || goes_before({i, *slot}, *best))) best = Candidate{i, *slot};
    }
    return best;
  }

  /// The first job of a class that fits in what it may use and ends in time or within what is spare: what it may use
  /// grows in steps as its request falls below what others lend for.
  std::optional<Slot> find(std::size_t of, Slot from, units::Seconds spare_time, std::int64_t spare) const {
    const WaitingQueue& queue = lanes_[of].waiting;
    std::int64_t usable = entitled_.now(of, units::Seconds{std::numeric_limits<double>::infinity()});
    auto found = queue.find(from, {usable, spare_time, spare});
    for (const std::size_t lender : lenders_) {
      const units::Seconds longest = lanes_[lender].right.lend_up_to;
      if (lender == of || !lanes_[lender].open_to(longest)) continue;
      usable += lanes_[lender].unused();
      // Two searches that each know one limit of the request: by then nothing is spare (-1) for a longer one.
      found = earlier(found, queue.find(from, {usable, std::min(longest, spare_time), -1}));
      if (longest > spare_time) found = earlier(found, queue.find(from, {std::min(usable, spare), longest, -1}));
    }
    return found;
  }

  static std::optional<Slot> earlier(std::optional<Slot> a, std::optional<Slot> b) {
    return a && b ? std::min(*a, *b) : (a ? a : b);
  }

  bool starts_at_once(const QueuedJob& job, std::size_t of, units::Seconds now) const {
    const Lane& own = lanes_[of];
    if (own.waiting.empty() && job.accelerators <= own.unused() && job.accelerators <= entitled_.free()) return true;
    if (job.accelerators > entitled_.now(of, job.walltime)) return false;
    const auto first = first_lane();
    if (!first || (own.right.priority && !lanes_[*first].right.priority)) return true;
    if (!backfill_ || fits(*first)) return false;
    const auto head = reserve_for(job_at({*first, lanes_[*first].waiting.front()}), *first);
    return head && (now + job.walltime <= head->time || job.accelerators <= head->spare_of(of));
  }

  static void take_out(Lane& lane, Slot slot) {
    const QueuedJob job = lane.waiting[slot];
    lane.waiting.erase(slot);
    lane.queued_accelerators -= job.accelerators;
    lane.queued_work -= work_of(job);
  }

  void start(const Candidate& at, units::Seconds now, std::vector<std::int64_t>& starts) {
    const QueuedJob job = job_at(at);
    take_out(lanes_[at.lane], at.slot);
    lanes_[at.lane].running.insert(job.id, now + job.walltime, job.accelerators);
    starts.push_back(job.id);
  }

  bool backfill_;
  std::int64_t capacity_ = 0;
  std::vector<Lane> lanes_;           // by privilege + 1; the first holds the jobs without
  std::vector<std::size_t> lenders_;  // lanes that lend, from the longest request that may borrow down
  Entitlements entitled_{lanes_, capacity_};
};

}  // namespace

std::unique_ptr<QueuePolicy> make_privileged_queue(bool backfill, const std::vector<Privilege>& privileges) {
  return std::make_unique<PrivilegedQueue>(backfill, privileges);
}

}  // namespace gigasim::scheduling
