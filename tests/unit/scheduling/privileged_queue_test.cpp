#include "privileged_queue.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <queue>
#include <random>

using namespace gigasim;
using scheduling::make_queue_policy;
using scheduling::Privilege;
using scheduling::QueuedJob;
using units::Seconds;

namespace {

using Ids = std::vector<std::int64_t>;

constexpr int kNobody = -1;

struct AskedJob {
  double submit, runtime, walltime;
  int size;
  int privilege = kNobody;
};

QueuedJob as_queued(std::size_t i, const AskedJob& job) {
  return {static_cast<std::int64_t>(i), job.size, Seconds{job.walltime}, job.privilege};
}

/// Runs jobs (sorted by submit time) through a policy: at one instant all ends, then all arrivals, then one pass.
template <class Policy>
std::vector<double> starts_under(Policy& policy, const std::vector<AskedJob>& jobs) {
  std::vector<double> start(jobs.size(), -1);
  using End = std::pair<double, std::size_t>;
  std::priority_queue<End, std::vector<End>, std::greater<>> ends;
  std::size_t next = 0;
  while (next < jobs.size() || !ends.empty()) {
    double now = next < jobs.size() ? jobs[next].submit : 1e300;
    if (!ends.empty()) now = std::min(now, ends.top().first);
    for (; !ends.empty() && ends.top().first == now; ends.pop()) {
      const auto i = ends.top().second;
      policy.job_ended(as_queued(i, jobs[i]), Seconds{start[i]});
    }
    for (; next < jobs.size() && jobs[next].submit == now; ++next) policy.enqueue(as_queued(next, jobs[next]));
    Ids starts;
    policy.pass(Seconds{now}, starts);
    for (const auto id : starts) {
      const auto i = static_cast<std::size_t>(id);
      start[i] = now;
      ends.push({now + jobs[i].runtime, i});
    }
  }
  return start;
}

std::vector<double> starts_under(const char* policy, const std::vector<Privilege>& privileges, int machine,
                                 const std::vector<AskedJob>& jobs) {
  const auto made = make_queue_policy(policy, {privileges, {}, {}});
  made->set_capacity(machine);
  return starts_under(*made, jobs);
}

/// The definition in the header of make_queue_policy(), with plain lists and scans, and with the first job's time found
/// by trying every end: the independent check of the indexed one.
class PlainPrivileged {
 public:
  PlainPrivileged(bool backfill, std::vector<Privilege> rights, std::int64_t capacity)
      : backfill_(backfill), rights_(std::move(rights)), capacity_(capacity) {}

  void enqueue(const QueuedJob& job) { queue_.push_back(job); }
  void job_ended(const QueuedJob& job, Seconds) { running_.erase(job.id); }

  void pass(Seconds now, Ids& starts) {
    for (int p = 0; p < static_cast<int>(rights_.size()); ++p) {
      for (auto i = first_of(p); i < queue_.size(); i = first_of(p)) {
        if (queue_[i].accelerators > unused(p, 1e300) || queue_[i].accelerators > free()) break;
        start(i, now, starts);
      }
    }
    std::stable_sort(queue_.begin(), queue_.end(), [&](const QueuedJob& a, const QueuedJob& b) {
      return priority(a) != priority(b) ? priority(a) : a.id < b.id;
    });
    while (!queue_.empty() && queue_[0].accelerators <= may_use(queue_[0])) start(0, now, starts);
    if (!backfill_ || queue_.empty()) return;
    const QueuedJob first = queue_[0];
    for (int p = 0; p < static_cast<int>(rights_.size()); ++p) waits_[p] = first_of(p) < queue_.size();
    const auto time = first_time(first);
    if (time < 0) return;
    for (std::size_t i = 1; i < queue_.size();) {
      const QueuedJob job = queue_[i];
      bool starts_now = job.accelerators <= may_use(job);
      if (starts_now && now.in_base_units() + job.walltime.in_base_units() > time) {
        running_[job.id] = {(now + job.walltime).in_base_units(), job};  // as if
        starts_now = may_use_at(first, time, waits_) >= first.accelerators;
        running_.erase(job.id);
      }
      if (starts_now) {
        start(i, now, starts);
      } else {
        ++i;
      }
    }
  }

 private:
  struct Running {
    double end;
    QueuedJob job;
  };

  bool priority(const QueuedJob& job) const {
    return job.privilege >= 0 && rights_[static_cast<std::size_t>(job.privilege)].priority;
  }
  std::size_t first_of(int privilege) const {
    std::size_t i = 0;
    while (i < queue_.size() && queue_[i].privilege != privilege) ++i;
    return i;
  }
  /// What is held by jobs of a privilege that do not end by `time`; 1e300 stands for now.
  std::int64_t held(int privilege, double time) const {
    std::int64_t sum = 0;
    for (const auto& [id, r] : running_) {
      if (r.job.privilege == privilege && (time == 1e300 || r.end > time)) sum += r.job.accelerators;
    }
    return sum;
  }
  std::int64_t free() const {
    std::int64_t free = capacity_;
    for (const auto& [id, r] : running_) free -= r.job.accelerators;
    return free;
  }
  std::int64_t unused(int privilege, double time) const {
    const auto share = rights_[static_cast<std::size_t>(privilege)].reserve;
    const auto reserve = static_cast<std::int64_t>(share * static_cast<double>(capacity_) + 1e-6);
    return std::max<std::int64_t>(0, reserve - held(privilege, time));
  }
  using Waits = std::map<int, bool>;  // of which privileges jobs wait
  std::int64_t may_use_at(const QueuedJob& job, double time, const Waits& waits) const {
    std::int64_t usable = capacity_;
    for (int p = kNobody; p < static_cast<int>(rights_.size()); ++p) usable -= held(p, time);
    for (int p = 0; p < static_cast<int>(rights_.size()); ++p) {
      const Privilege& right = rights_[static_cast<std::size_t>(p)];
      const bool open = right.lent && !waits.at(p) && job.walltime <= right.lend_up_to;
      if (p != job.privilege && !open) usable -= unused(p, time);
    }
    return usable;
  }
  std::int64_t may_use(const QueuedJob& job) const {
    Waits waits;
    for (int p = 0; p < static_cast<int>(rights_.size()); ++p) waits[p] = first_of(p) < queue_.size();
    return may_use_at(job, 1e300, waits);
  }

  double first_time(const QueuedJob& job) const {
    std::vector<double> ends;
    for (const auto& [id, r] : running_) ends.push_back(r.end);
    std::sort(ends.begin(), ends.end());
    for (const double end : ends) {
      if (may_use_at(job, end, waits_) >= job.accelerators) return end;
    }
    return -1;
  }

  void start(std::size_t i, Seconds now, Ids& starts) {
    const QueuedJob job = queue_[i];
    queue_.erase(queue_.begin() + static_cast<long>(i));
    running_[job.id] = {(now + job.walltime).in_base_units(), job};
    starts.push_back(job.id);
  }

  bool backfill_;
  std::vector<Privilege> rights_;
  std::int64_t capacity_;
  std::vector<QueuedJob> queue_;
  Waits waits_;  // when the first job was reserved its time
  std::map<std::int64_t, Running> running_;
};

std::vector<AskedJob> random_asked(unsigned seed, int machine, int count, int num_privileges) {
  std::mt19937 random(seed);
  const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  std::vector<AskedJob> jobs;
  double t = 0;
  for (int i = 0; i < count; ++i) {
    t += below(4);
    const double walltime = 1 + below(20);
    jobs.push_back({t, std::max(0.0, walltime - below(8)), walltime, 1 + below(machine),
                    num_privileges == 0 ? kNobody : below(num_privileges + 2) - 1});
    if (jobs.back().privilege == num_privileges) jobs.back().privilege = kNobody;
  }
  return jobs;
}

/// Jobs that no reserve keeps from ever running.
std::vector<AskedJob> that_may_run(std::vector<AskedJob> jobs, const std::vector<Privilege>& rights, int machine) {
  std::erase_if(jobs, [&](const AskedJob& job) {
    std::int64_t room = machine;
    for (std::size_t p = 0; p < rights.size(); ++p) {
      const auto reserve = static_cast<std::int64_t>(rights[p].reserve * machine + 1e-6);
      if (static_cast<int>(p) != job.privilege) room -= reserve;
    }
    return job.size > room;
  });
  return jobs;
}

std::vector<Privilege> random_rights(unsigned seed) {
  std::mt19937 random(seed);
  const auto below = [&](unsigned n) { return random() % n; };
  std::vector<Privilege> rights(1 + below(3));
  for (Privilege& right : rights) {
    right.reserve = 0.1 * static_cast<double>(below(4));
    right.lent = below(2) == 0;
    right.lend_up_to = Seconds{static_cast<double>(1 + below(12))};
    right.priority = below(3) == 0;
  }
  return rights;
}

/// Accelerators held by the jobs that `mine` picks, just after `time`.
template <class Mine>
std::int64_t held_at(double time, const std::vector<AskedJob>& jobs, const std::vector<double>& start, Mine mine) {
  std::int64_t held = 0;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    if (start[i] >= 0 && start[i] <= time && time < start[i] + jobs[i].runtime && mine(jobs[i])) held += jobs[i].size;
  }
  return held;
}

Privilege reserved(double share) {
  return {share, false, Seconds{0}, false};
}
Privilege lent(double share, double up_to_s) {
  return {share, true, Seconds{up_to_s}, false};
}
Privilege first_in_queue() {
  return {0.0, false, Seconds{0}, true};
}

/// Ten accelerators. Others: A takes 8 until 100, B wants 4 for 50. The privileged: P wants 3, Q wants 2, 60 each.
const std::vector<AskedJob> kFew{{0, 100, 100, 8}, {1, 50, 50, 4}, {2, 60, 60, 3, 0}, {3, 60, 60, 2, 0}};

}  // namespace

TEST_CASE("start times of four jobs without a privilege are the twin that the others are compared with",
          "[scheduling][privilege]") {
  // fcfs: A at 0; B waits for A's end; P behind it finds 6 free at 100, Q then 3: all at 100.
  CHECK(starts_under("fcfs", {}, 10, kFew) == std::vector<double>{0, 100, 100, 100});
  // easy: Q fits in the 2 free accelerators and ends at 63, before B's reservation at 100.
  CHECK(starts_under("easy", {}, 10, kFew) == std::vector<double>{0, 100, 100, 3});
}

TEST_CASE("an idle reserve of 30 % starts the privileged at once and costs the others what they may not use",
          "[scheduling][privilege]") {
  // Others may hold 7, which A takes at 0. P takes the 3 of the reserve at 2, Q waits for them until P ends at 62. At
  // 100 A ends; Q holds 2 of the reserve, so that others may hold 10 - 3 = 7: B's 4 start.
  std::vector<AskedJob> jobs = kFew;
  jobs[0].size = 7;
  CHECK(starts_under("fcfs", {reserved(0.3)}, 10, jobs) == std::vector<double>{0, 100, 2, 62});
  CHECK(starts_under("easy", {reserved(0.3)}, 10, jobs) == std::vector<double>{0, 100, 2, 62});
  // The twin: A at 0, B and P wait behind it (fcfs) until 100, when 10 are free: B 4, P 3, Q 2.
  CHECK(starts_under("fcfs", {}, 10, jobs) == std::vector<double>{0, 100, 100, 100});
}

TEST_CASE("a lent reserve takes short jobs of others while none of the privileged waits", "[scheduling][privilege]") {
  // Ten accelerators, 4 reserved, lent for requests of at most 10. A (6, 100 s) starts at 0. B (4, 10 s) borrows the
  // reserve at 1. C (4, 11 s) is too long to borrow: it waits for A's end at 100. The privileged P (4) comes at 5 and
  // waits for B alone: 11. D (1, 5 s, submitted at 6) must not borrow while P waits, and there is nothing free anyway.
  const std::vector<AskedJob> jobs{{0, 100, 100, 6}, {1, 10, 10, 4}, {2, 11, 11, 4}, {5, 20, 20, 4, 0}, {6, 5, 5, 1}};
  // fcfs: D stands behind C. At 31 P ends and nobody privileged waits, but C, the first in the queue, cannot borrow.
  CHECK(starts_under("fcfs", {lent(0.4, 10)}, 10, jobs) == std::vector<double>{0, 1, 100, 11, 100});
  // easy: at 31 D borrows and ends long before C's time.
  CHECK(starts_under("easy", {lent(0.4, 10)}, 10, jobs) == std::vector<double>{0, 1, 100, 11, 31});
}

TEST_CASE("priority puts the privileged ahead and reserves nothing", "[scheduling][privilege]") {
  // P stands first from 2 on and does not fit in 2. fcfs: all wait for A, and 3 + 2 + 4 fit at 100. easy: Q is
  // backfilled.
  CHECK(starts_under("fcfs", {first_in_queue()}, 10, kFew) == std::vector<double>{0, 100, 100, 100});
  CHECK(starts_under("easy", {first_in_queue()}, 10, kFew) == std::vector<double>{0, 100, 100, 3});
  // With B first: B wants 7, so that at 100 only one side fits. Twin: B at 100, P beside it (7 + 3), Q at 150.
  std::vector<AskedJob> jobs = kFew;
  jobs[1].size = 7;
  jobs[3].size = 3;
  CHECK(starts_under("fcfs", {}, 10, jobs) == std::vector<double>{0, 100, 100, 150});
  // Priority: P and Q (3 + 3) at 100 leave 4: B waits for their end at 160.
  CHECK(starts_under("fcfs", {first_in_queue()}, 10, jobs) == std::vector<double>{0, 160, 100, 100});
}

TEST_CASE("without a privilege the policy with privileges decides as the plain one",
          "[scheduling][privilege][property]") {
  for (unsigned seed = 0; seed < 200; ++seed) {
    const int machine = 4 + static_cast<int>(seed % 13);
    const auto jobs = random_asked(seed, machine, 120, 0);
    for (const bool backfill : {false, true}) {
      const auto policy = scheduling::make_privileged_queue(backfill, {});
      policy->set_capacity(machine);
      REQUIRE(starts_under(*policy, jobs) == starts_under(backfill ? "easy" : "fcfs", {}, machine, jobs));
    }
  }
}

TEST_CASE("a privilege that reserves nothing and gives no priority changes no start",
          "[scheduling][privilege][property]") {
  for (unsigned seed = 0; seed < 100; ++seed) {
    const auto jobs = random_asked(seed, 9, 120, 1);
    for (const char* policy : {"fcfs", "easy"}) {
      REQUIRE(starts_under(policy, {reserved(0.0)}, 9, jobs) == starts_under(policy, {}, 9, jobs));
    }
  }
}

TEST_CASE("privileges equal their plain definition on random workloads", "[scheduling][privilege][property]") {
  for (unsigned seed = 0; seed < 600; ++seed) {
    CAPTURE(seed);
    const int machine = 5 + static_cast<int>(seed % 11);
    const auto rights = random_rights(seed);
    const auto jobs =
        that_may_run(random_asked(7000 + seed, machine, 120, static_cast<int>(rights.size())), rights, machine);
    for (const bool backfill : {false, true}) {
      PlainPrivileged plain(backfill, rights, machine);
      const auto policy = make_queue_policy(backfill ? "easy" : "fcfs", {rights, {}, {}});
      policy->set_capacity(machine);
      const auto start = starts_under(*policy, jobs);
      REQUIRE(start == starts_under(plain, jobs));
      REQUIRE(std::none_of(start.begin(), start.end(), [](double s) { return s < 0; }));  // all get their turn
    }
  }
}

TEST_CASE("others never hold more than they may, whatever comes", "[scheduling][privilege][property]") {
  const int machine = 20;
  for (unsigned seed = 0; seed < 100; ++seed) {
    for (const bool lends : {false, true}) {
      const std::vector<Privilege> rights{lends ? lent(0.3, 6) : reserved(0.3)};  // 6 of 20
      const auto jobs = that_may_run(random_asked(9000 + seed, machine, 150, 1), rights, machine);
      const auto start = starts_under("easy", rights, machine, jobs);
      for (const double t : start) {
        const auto others = held_at(t, jobs, start, [](const AskedJob& j) { return j.privilege == kNobody; });
        const auto long_ones =
            held_at(t, jobs, start, [](const AskedJob& j) { return j.privilege == kNobody && j.walltime > 6; });
        const auto all = held_at(t, jobs, start, [](const AskedJob&) { return true; });
        REQUIRE(all <= machine);
        REQUIRE((lends ? long_ones : others) <= machine - 6);
      }
    }
  }
}

TEST_CASE("a privileged job that fits in its reserve waits no longer than borrowers may last",
          "[scheduling][privilege][property]") {
  // All privileged jobs need one accelerator and run briefly, so that few hold the reserve of 6 at a time: each waits
  // for borrowers alone, of at most 5 s.
  for (unsigned seed = 0; seed < 100; ++seed) {
    auto jobs = random_asked(11000 + seed, 20, 200, 1);
    double last = -100;
    std::erase_if(jobs, [&](const AskedJob& job) {
      if (job.privilege == kNobody) return job.size > 14;
      const bool too_soon = job.submit - last < 4;  // at most 3 of them hold or want the reserve at once
      if (!too_soon) last = job.submit;
      return too_soon;
    });
    for (AskedJob& job : jobs) {
      if (job.privilege != kNobody) job = {job.submit, 3, 3, 2, 0};
    }
    const auto start = starts_under("easy", {lent(0.3, 5)}, 20, jobs);
    for (std::size_t i = 0; i < jobs.size(); ++i) {
      if (jobs[i].privilege != kNobody) REQUIRE(start[i] - jobs[i].submit <= 5);
    }
  }
}

TEST_CASE("the privileged job at the head of the queue is never delayed by a backfilled one",
          "[scheduling][privilege][property]") {
  // Priority, and nobody privileged ahead: what runs at its submit decides when it can start at the latest, by
  // walltime.
  for (unsigned seed = 0; seed < 200; ++seed) {
    const int machine = 12;
    const auto jobs = random_asked(13000 + seed, machine, 120, 1);
    const auto start = starts_under("easy", {first_in_queue()}, machine, jobs);
    for (std::size_t i = 0; i < jobs.size(); ++i) {
      const auto alone = [&](std::size_t j) {
        return j == i || jobs[j].privilege == kNobody || jobs[j].submit > jobs[i].submit || start[j] < jobs[i].submit;
      };
      bool heads = jobs[i].privilege != kNobody;
      for (std::size_t j = 0; j < jobs.size(); ++j) heads = heads && (alone(j) || j > i);
      if (!heads) continue;
      // First time by which the planned ends of what had started before its submit leave it enough.
      std::vector<std::pair<double, int>> ends;
      int free = machine;
      for (std::size_t j = 0; j < jobs.size(); ++j) {
        if (start[j] >= jobs[i].submit || start[j] + jobs[j].runtime <= jobs[i].submit) continue;
        ends.emplace_back(start[j] + jobs[j].walltime, jobs[j].size);
        free -= jobs[j].size;
      }
      std::sort(ends.begin(), ends.end());
      double latest = jobs[i].submit;
      for (const auto& [end, size] : ends) {
        if (free >= jobs[i].size) break;
        free += size;
        latest = end;
      }
      REQUIRE(start[i] <= latest);
    }
  }
}

TEST_CASE("a pass with privileges over a long blocked queue looks at a few index nodes",
          "[scheduling][privilege][complexity]") {
  const auto policy = make_queue_policy("easy", {{lent(0.1, 10), reserved(0.1)}, {}, {}});
  policy->set_capacity(100);
  policy->enqueue({0, 80, Seconds{1000}, kNobody});
  Ids starts;
  policy->pass(Seconds{0}, starts);
  REQUIRE(starts == Ids{0});
  for (std::int64_t id = 1; id <= 50'000; ++id) policy->enqueue({id, 30 + id % 50, Seconds{2000}, kNobody});
  const auto before = policy->nodes_visited();
  for (int i = 0; i < 1000; ++i) policy->pass(Seconds{1.0 + i / 2.0}, starts);
  CHECK(starts.size() == 1);
  // Two searches a pass among the 50,000, each answered at the root: too few are free for the least of them.
  CHECK(policy->nodes_visited() - before <= 1000 * 3);
}

TEST_CASE("estimates with privileges are now for the reserve and the release time for others",
          "[scheduling][privilege]") {
  const auto policy = make_queue_policy("easy", {{reserved(0.4)}, {}, {}});
  policy->set_capacity(10);
  policy->enqueue({1, 6, Seconds{100}, kNobody});
  Ids starts;
  policy->pass(Seconds{0}, starts);
  REQUIRE(starts == Ids{1});
  CHECK(policy->estimate_start({2, 4, Seconds{50}, 0}, Seconds{1}) == Seconds{1});
  CHECK(policy->estimate_start({2, 1, Seconds{50}, kNobody}, Seconds{1}) == Seconds{100});
  CHECK(policy->estimate_start({2, 5, Seconds{50}, 0}, Seconds{1}) == Seconds{100});
  CHECK(policy->load() == 0.6);
}
