#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <optional>
#include <random>
#include <set>

#include "gigasim/units/geo.hpp"
#include "run_script.hpp"

using namespace gigasim::metrics;
using namespace gigasim::metrics::script;
namespace scenario = gigasim::scenario;

// Random legal runs, and every figure of their results once more from the job records and the capacity steps alone, by
// other means: sums over jobs where the recorder integrates, sampling between all breakpoints where it keeps a maximum.

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

struct CapacityStep {
  double at;
  Place place;
  std::int64_t online;
};

/// A machine room with a scheduler that does whatever is allowed.
class RandomRun {
 public:
  explicit RandomRun(unsigned seed);
  Results play();
  [[nodiscard]] const scenario::Scenario& scenario() const { return scenario_; }
  [[nodiscard]] const std::vector<CapacityStep>& steps() const { return steps_; }

 private:
  struct Running {
    JobIndex job;
    Place place;
    std::vector<PodShare> pods;
  };
  int pick(int below) { return std::uniform_int_distribution<int>{0, below - 1}(random_); }
  static scenario::Scenario make_scenario(std::mt19937& random);
  void act();
  void submit();
  void start();
  void stop();
  void change_capacity();
  Place random_place();
  std::int64_t& busy(Place place) { return busy_[static_cast<std::size_t>(place.site * 2 + place.partition)]; }
  std::int64_t& online(Place place) { return online_[static_cast<std::size_t>(place.site * 2 + place.partition)]; }
  std::vector<PodShare> spread(Place place, std::int64_t accelerators);

  std::mt19937 random_;
  scenario::Scenario scenario_;
  Script script_;
  double now_ = 0.0;
  std::vector<std::pair<JobIndex, std::int64_t>> waiting_;  // job, accelerators
  std::vector<Running> running_;
  std::array<std::int64_t, 6> busy_{}, online_{};
  std::array<std::vector<std::int64_t>, 6> pods_;  // busy accelerators per pod
  std::vector<CapacityStep> steps_;
};

scenario::Scenario RandomRun::make_scenario(std::mt19937& random) {
  const auto pick = [&](int below) { return std::uniform_int_distribution<int>{0, below - 1}(random); };
  std::vector<Machine> machines;
  for (int s = 0; s < 3; ++s) machines.push_back({.pue = 1.0 + 0.125 * pick(5)});
  scenario::Scenario scenario = scenario_of(machines, 20000, 2000.0 * pick(2));
  scenario.workload.origin_places = {{"AT", {48.2, 16.4}}, {"BE", {50.85, 4.35}}};
  for (scenario::Site& site : scenario.sites) {
    site.location = {35.0 + pick(25), static_cast<double>(pick(25))};
    site.partitions.resize(2);
    for (scenario::Partition& partition : site.partitions) {
      partition.name = &partition == site.partitions.data() ? "gpu" : "apu";
      partition.count = 1 + pick(40);
      partition.pod = 1 + pick(12);
      partition.h100_equivalent = 0.5 * (1 + pick(5));
      partition.idle_power = gigasim::units::Watts{static_cast<double>(pick(300))};
      partition.full_power = gigasim::units::Watts{500.0 + pick(1000)};
    }
  }
  scenario::Stream other;
  other.name = "other";
  other.access_class = "fast-lane";
  other.labels = {{"k", "v"}};
  scenario.workload.streams.push_back(other);
  if (pick(2) == 0) scenario.scheduling.overrun = scenario::Overrun::kExtend;
  return scenario;
}

RandomRun::RandomRun(unsigned seed)
    : random_(seed), scenario_(make_scenario(random_)), script_(scenario_, {"AT", "BE", "CY"}) {
  for (std::int32_t s = 0; s < 3; ++s) {
    for (std::int32_t p = 0; p < 2; ++p) {
      const scenario::Partition& machine =
          scenario_.sites[static_cast<std::size_t>(s)].partitions[static_cast<std::size_t>(p)];
      online({s, p}) = machine.count;
      pods_[static_cast<std::size_t>(s * 2 + p)].assign(
          static_cast<std::size_t>((machine.count + machine.pod - 1) / machine.pod), 0);
      steps_.push_back({0.0, {s, p}, machine.count});
    }
  }
}

Place RandomRun::random_place() {
  return {pick(3), pick(2)};
}

void RandomRun::submit() {
  const JobSpec spec{.accelerators = 1 + pick(15),
                     .runtime_s = 8.0 * pick(300),
                     .walltime_s = 1.0 + pick(3000),
                     .stream = pick(2),
                     .origin = pick(4) - 1,
                     .ending = static_cast<gigasim::workload::Ending>(pick(3))};
  const JobIndex job = script_.submit(now_, spec);
  if (pick(20) == 0) {
    script_.refuse(now_, job, pick(2) == 0 ? "one" : "two");
    return;
  }
  waiting_.emplace_back(job, spec.accelerators);
  for (int i = 1 + pick(2); i > 0; --i)
    script_.recorder().job_queued(job, random_place(), gigasim::units::Seconds{now_});
}

std::vector<PodShare> RandomRun::spread(Place place, std::int64_t accelerators) {
  const scenario::Partition& machine =
      scenario_.sites[static_cast<std::size_t>(place.site)].partitions[static_cast<std::size_t>(place.partition)];
  std::vector<std::int64_t>& pods = pods_[static_cast<std::size_t>(place.site * 2 + place.partition)];
  std::vector<PodShare> shares;
  for (std::size_t p = 0; p < pods.size() && accelerators > 0; ++p) {
    const std::int64_t size = std::min(machine.pod, machine.count - static_cast<std::int64_t>(p) * machine.pod);
    const std::int64_t take = std::min(accelerators, size - pods[p]);
    if (take <= 0) continue;
    pods[p] += take;
    accelerators -= take;
    shares.push_back({static_cast<std::int32_t>(p), take});
  }
  return shares;
}

void RandomRun::start() {
  if (waiting_.empty()) return;
  const auto chosen = waiting_.begin() + pick(static_cast<int>(waiting_.size()));
  const auto [job, accelerators] = *chosen;
  const Place place = random_place();
  if (online(place) - busy(place) < accelerators) return;
  script_.recorder().job_queued(job, place, gigasim::units::Seconds{now_});
  const std::vector<PodShare> pods = spread(place, accelerators);
  script_.start_in(now_, job, place, pods);
  busy(place) += accelerators;
  running_.push_back({job, place, pods});
  waiting_.erase(chosen);
}

void RandomRun::stop() {
  if (running_.empty()) return;
  const auto chosen = running_.begin() + pick(static_cast<int>(running_.size()));
  if (pick(3) == 0) {
    script_.kill(now_, chosen->job);
  } else {
    script_.finish(now_, chosen->job);
  }
  for (const PodShare share : chosen->pods) {
    busy(chosen->place) -= share.accelerators;
    pods_[static_cast<std::size_t>(chosen->place.site * 2 + chosen->place.partition)]
         [static_cast<std::size_t>(share.pod)] -= share.accelerators;
  }
  running_.erase(chosen);
}

void RandomRun::change_capacity() {
  const Place place = random_place();
  const std::int64_t count =
      scenario_.sites[static_cast<std::size_t>(place.site)].partitions[static_cast<std::size_t>(place.partition)].count;
  const std::int64_t value = busy(place) + pick(static_cast<int>(count - busy(place)) + 1);
  script_.recorder().capacity_changed(place, value, gigasim::units::Seconds{now_});
  online(place) = value;
  steps_.push_back({now_, place, value});
}

void RandomRun::act() {
  switch (pick(8)) {
    case 0:
    case 1:
    case 2:
      submit();
      break;
    case 3:
    case 4:
      start();
      break;
    case 5:
    case 6:
      stop();
      break;
    default:
      change_capacity();
  }
}

Results RandomRun::play() {
  const double end = (scenario_.period.warm_up + scenario_.period.length).in_base_units();
  while (true) {
    if (pick(3) > 0) now_ += pick(40000) / 1024.0;  // often several events at one instant
    if (now_ >= end) return script_.end(end);
    act();
  }
}

// ---- the same once more
// -----------------------------------------------------------------------------------------------

double overlap(double from, double to, double begin, double end) {
  return std::max(0.0, std::min(to, end) - std::max(from, begin));
}

/// What belongs to a block: all jobs for which `mine` holds.
class BruteForce {
 public:
  BruteForce(const Results& results, const std::vector<CapacityStep>& steps)
      : results_(results),
        steps_(steps),
        begin_(results.results_begin.in_base_units()),
        end_(results.results_end.in_base_units()) {}

  template <class Mine>
  void check_jobs(const Block& block, Mine mine) const;
  template <class MyJob, class MyMachine>
  void check_power(const Block& block, bool with_idle, MyJob my_job, MyMachine my_machine) const;

 private:
  [[nodiscard]] double start(const JobRecord& j) const { return j.start ? j.start->in_base_units() : end_; }
  [[nodiscard]] double end(const JobRecord& j) const { return j.end ? j.end->in_base_units() : end_; }
  [[nodiscard]] double planned(const JobRecord& j) const {
    const bool kill = results_.scenario.scheduling.overrun == scenario::Overrun::kKill;
    return kill ? std::min(j.runtime, j.walltime).in_base_units() : j.runtime.in_base_units();
  }
  [[nodiscard]] const scenario::Partition& machine(Place p) const {
    return results_.scenario.sites[static_cast<std::size_t>(p.site)].partitions[static_cast<std::size_t>(p.partition)];
  }
  /// From origin to site, where both have a place.
  [[nodiscard]] std::optional<double> km_of(const JobRecord& j) const {
    if (j.origin < 0 || j.place.site < 0) return std::nullopt;
    const auto& places = results_.scenario.workload.origin_places;
    const auto from = places.find(results_.origins_of_jobs[static_cast<std::size_t>(j.origin)]);
    if (from == places.end()) return std::nullopt;
    return gigasim::units::great_circle_km(from->second,
                                           results_.scenario.sites[static_cast<std::size_t>(j.place.site)].location);
  }
  [[nodiscard]] double pue(Place p) const { return results_.scenario.sites[static_cast<std::size_t>(p.site)].pue; }
  [[nodiscard]] std::vector<double> breakpoints() const;
  [[nodiscard]] std::int64_t online_at(Place place, double t) const;

  const Results& results_;
  const std::vector<CapacityStep>& steps_;
  double begin_, end_;
};

/// The nearest-rank quantile straight from its definition.
double nearest_rank(std::vector<double> values, int percent) {
  if (values.empty()) return 0.0;
  std::sort(values.begin(), values.end());
  const std::size_t rank = (values.size() * static_cast<std::size_t>(percent) + 99) / 100;
  return values[rank - 1];
}

void check_distribution(const Distribution& d, const std::vector<double>& low, const std::vector<double>& high) {
  CHECK(d.count == static_cast<std::int64_t>(low.size()));
  const std::array<std::pair<int, Distribution::Figure>, 3> quantiles{{{50, d.median}, {95, d.p95}, {99, d.p99}}};
  for (const auto& [percent, figure] : quantiles) {
    CHECK(figure.value == nearest_rank(low, percent));
    CHECK(figure.lower_bound == (nearest_rank(low, percent) != nearest_rank(high, percent)));
  }
  double sum = 0.0;
  for (const double value : low) sum += value;
  if (!low.empty()) CHECK(d.mean.value == Approx(sum / static_cast<double>(low.size())).epsilon(1e-12));
  CHECK(d.mean.lower_bound == (std::find(high.begin(), high.end(), kInfinity) != high.end()));
}

template <class Mine>
void BruteForce::check_jobs(const Block& block, Mine mine) const {
  CAPTURE(block.name);
  JobCounts counts;
  std::vector<double> wait_low, wait_high, slow_low, slow_high;
  double left = 0.0, oldest = 0.0, delivered = 0.0, pods = 0.0, km = 0.0, accuracy = 0.0;
  std::int64_t started = 0, placed = 0;
  for (const JobRecord& j : results_.jobs) {
    if (!mine(j)) continue;
    const double submit = j.submit.in_base_units();
    delivered += static_cast<double>(j.accelerators) * overlap(start(j), end(j), begin_, end_);
    const bool queued = j.outcome == Outcome::kQueued, running = j.outcome == Outcome::kRunning;
    if (queued) oldest = std::max(oldest, end_ - submit);
    if (queued || running) left += static_cast<double>(j.accelerators) * std::max(0.0, planned(j) - (end_ - start(j)));
    if (submit < begin_) continue;
    ++counts.submitted;
    counts.queued += queued ? 1 : 0;
    counts.running += running ? 1 : 0;
    counts.finished += j.outcome == Outcome::kFinished ? 1 : 0;
    counts.failed += j.outcome == Outcome::kFinished && j.ending == gigasim::workload::Ending::kFailed ? 1 : 0;
    counts.cancelled += j.outcome == Outcome::kFinished && j.ending == gigasim::workload::Ending::kCancelled ? 1 : 0;
    counts.killed += j.outcome == Outcome::kKilled ? 1 : 0;
    counts.refused += j.outcome == Outcome::kRefused ? 1 : 0;
    if (j.outcome == Outcome::kRefused) continue;
    started += j.start ? 1 : 0;
    pods += j.start ? j.pods : 0;
    if (const auto distance = km_of(j)) {
      ++placed;
      km += *distance;
    }
    accuracy += planned(j) / j.walltime.in_base_units();
    const double wait = start(j) - submit;
    const double run = j.end ? end(j) - start(j) : planned(j);
    wait_low.push_back(wait);
    wait_high.push_back(queued ? kInfinity : wait);
    slow_low.push_back(std::max(1.0, (wait + run) / std::max(run, 10.0)));
    slow_high.push_back(queued ? kInfinity : slow_low.back());
  }
  CHECK(block.jobs == counts);
  check_distribution(block.queue_time_s, wait_low, wait_high);
  check_distribution(block.bounded_slowdown, slow_low, slow_high);
  CHECK(block.accelerator_hours == Approx(delivered / 3600).epsilon(1e-12));
  CHECK(block.unfinished_accelerator_hours == Approx(left / 3600).epsilon(1e-12));
  CHECK(block.oldest_queued_age_s == oldest);
  CHECK(block.pods_per_job.count == started);
  if (started > 0) CHECK(block.pods_per_job.value == Approx(pods / static_cast<double>(started)).epsilon(1e-12));
  const auto asked = static_cast<double>(wait_low.size());
  CHECK(static_cast<double>(block.walltime_accuracy.count) == asked);
  if (asked > 0.0) CHECK(block.walltime_accuracy.value == Approx(accuracy / asked).epsilon(1e-12));
  CHECK(block.distance_km.count == placed);
  if (placed > 0) CHECK(block.distance_km.value == Approx(km / static_cast<double>(placed)).epsilon(1e-12));
}

std::vector<double> BruteForce::breakpoints() const {
  std::set<double> points{begin_, end_};
  for (const CapacityStep& step : steps_) points.insert(step.at);
  for (const JobRecord& j : results_.jobs) {
    points.insert(start(j));
    points.insert(end(j));
  }
  std::vector<double> inside;
  for (const double t : points) {
    if (t >= begin_ && t <= end_) inside.push_back(t);
  }
  return inside;
}

std::int64_t BruteForce::online_at(Place place, double t) const {
  std::int64_t online = 0;
  for (const CapacityStep& step : steps_) {
    if (step.place == place && step.at <= t) online = step.online;
  }
  return online;
}

/// Power between every two breakpoints: its integral is the energy, its maximum the peak.
template <class MyJob, class MyMachine>
void BruteForce::check_power(const Block& block, bool with_idle, MyJob my_job, MyMachine my_machine) const {
  CAPTURE(block.name);
  const std::vector<double> points = breakpoints();
  double energy = 0.0, peak = 0.0, available = 0.0;
  for (std::size_t i = 0; i + 1 < points.size(); ++i) {
    const double t = points[i], length = points[i + 1] - points[i];
    double power = 0.0;
    for (std::int32_t p = 0; p < 6; ++p) {
      const Place place{p / 2, p % 2};
      if (!my_machine(place)) continue;
      const auto online = static_cast<double>(online_at(place, t));
      available += online * length;
      if (with_idle) power += online * machine(place).idle_power.in_base_units() * pue(place);
    }
    for (const JobRecord& j : results_.jobs) {
      if (!my_job(j) || !j.start || start(j) > t || end(j) <= t) continue;
      const double idle = with_idle ? machine(j.place).idle_power.in_base_units() : 0.0;
      power +=
          static_cast<double>(j.accelerators) * (machine(j.place).full_power.in_base_units() - idle) * pue(j.place);
    }
    energy += power * length;
    peak = std::max(peak, power);
  }
  CHECK(block.energy_mwh == Approx(energy / 3.6e9).epsilon(1e-9));
  CHECK(block.peak_power_mw == Approx(peak / 1e6).epsilon(1e-8));  // rounded to microwatts per accelerator
  CHECK(block.accelerator_hours_available == Approx(available / 3600).epsilon(1e-12));
}

}  // namespace

TEST_CASE("random legal runs conserve and equal a recomputation from their job records", "[metrics][random]") {
  for (unsigned seed = 1; seed <= 12; ++seed) {
    CAPTURE(seed);
    RandomRun run(seed);
    const Results results = run.play();  // throws when the books do not balance
    REQUIRE(results.jobs.size() > 100);
    const BruteForce brute(results, run.steps());
    const auto everything = [](const auto&) { return true; };
    brute.check_jobs(results.network, everything);
    brute.check_power(results.network, true, everything, everything);
    for (std::int32_t s = 0; s < 3; ++s) {
      const Block& site = results.sites[static_cast<std::size_t>(s)];
      brute.check_jobs(site, [s](const JobRecord& j) { return j.place.site == s; });
      brute.check_power(
          site, true, [s](const JobRecord& j) { return j.place.site == s; },
          [s](Place place) { return place.site == s; });
    }
    const auto of_other = [](const JobRecord& j) { return j.stream == 1; };
    for (const Block* b : {&block(results.streams, "other"), &block(results.access_classes, "fast-lane"),
                           &block(results.labels, "k=v")}) {
      brute.check_jobs(*b, of_other);
      brute.check_power(*b, false, of_other, everything);
    }
    const auto from_belgium = [](const JobRecord& j) { return j.origin == 1; };
    brute.check_jobs(block(results.origins, "BE"), from_belgium);
    brute.check_power(block(results.origins, "BE"), false, from_belgium, everything);
  }
}
