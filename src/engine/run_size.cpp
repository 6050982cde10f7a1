#include "gigasim/engine/run_size.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "gigasim/units/text.hpp"
#include "memory_ahead.hpp"

namespace gigasim::engine {
namespace {

constexpr double kBytesToBegin = 80e6;
constexpr double kBytesPerJob = 800.0;  // its records, and its share of results
constexpr double kBytesPerNode = 40.0;  // where nodes fail
constexpr double kEventsPerJob = 3.0;   // it arrives, starts and ends
constexpr double kSecondsPerYear = 31557600.0;

double seconds_of(const scenario::Period& period) {
  return period.until_drained ? 0.0 : (period.warm_up + period.length).in_base_units();
}

/// Mean of (1 + growth)^t over the period, and its value at the end.
struct Growth {
  double mean = 1.0, last = 1.0;
};
Growth growth_over(double per_year, double seconds) {
  if (per_year == 0.0 || seconds <= 0.0) return {};
  const double last = std::pow(1.0 + per_year, seconds / kSecondsPerYear);
  const bool too_little_to_tell = std::abs(last - 1.0) < 1e-9;
  return {too_little_to_tell ? 1.0 : (last - 1.0) / std::log(last), last};
}

double mean_size(const scenario::Stream& stream) {
  double size = 0.0;
  double share = 0.0;
  for (const scenario::JobClass& job_class : stream.classes) {
    for (const auto& [accelerators, probability] : job_class.sizes) {
      size += job_class.share * probability * static_cast<double>(accelerators);
      share += job_class.share * probability;
    }
  }
  return share > 0.0 ? std::max(1.0, size / share) : 1.0;
}

class Estimate {
 public:
  Estimate(const scenario::Scenario& scenario, const workload::JobSource& jobs)
      : scenario_(scenario), source_(jobs), seconds_(seconds_of(scenario.period)) {}

  [[nodiscard]] RunSize size() {
    for (const scenario::Site& site : scenario_.sites) {
      for (const scenario::Partition& partition : site.partitions) add(partition);
    }
    for (const workload::ImportReport& log : source_.imports()) size_.jobs += static_cast<double>(log.kept);
    for (const scenario::Stream& stream : scenario_.workload.streams) {
      if (!stream.trace && stream.service < 0) add(stream);
    }
    size_.events += kEventsPerJob * size_.jobs;
    add_calendar();
    size_.bytes += kBytesToBegin + kBytesPerJob * size_.jobs + static_cast<double>(kBytesPerPod) * size_.pods;
    return size_;
  }

 private:
  void add(const scenario::Partition& partition) {
    const auto count = static_cast<double>(partition.count);
    accelerators_ += count;
    size_.pods += std::ceil(count / static_cast<double>(std::max<std::int64_t>(1, partition.pod)));
    if (!scenario_.failures) return;
    const double nodes = count / static_cast<double>(std::max<std::int64_t>(1, partition.per_node));
    const double rate = scenario_.failures->rate_of(partition.accelerator).in_base_units();
    size_.events += 2.0 * nodes * rate * seconds_;  // it fails and comes back
    size_.bytes += kBytesPerNode * nodes;
  }

  [[nodiscard]] const workload::StreamPlan* plan_of(const scenario::Stream& stream) const {
    const auto& plans = source_.plans();
    const auto found = std::find_if(plans.begin(), plans.end(), [&](const auto& p) { return p.stream == stream.name; });
    return found == plans.end() ? nullptr : &*found;
  }

  /// A stream that follows another has as many jobs as that one at most.
  [[nodiscard]] double jobs_of(const scenario::Stream& stream) const {
    const scenario::Stream* root = &stream;
    while (root->after) root = &scenario_.workload.streams[static_cast<std::size_t>(root->after->stream)];
    const workload::StreamPlan* plan = plan_of(*root);
    const auto most = root->arrivals.max_jobs;
    if (plan == nullptr) return 0.0;
    if (scenario_.period.until_drained) return most ? static_cast<double>(*most) : 0.0;
    const double jobs =
        plan->jobs_per_hour / 3600.0 * seconds_ * growth_over(root->arrivals.growth_per_year, seconds_).mean;
    return most ? std::min(jobs, static_cast<double>(*most)) : jobs;
  }

  void add(const scenario::Stream& stream) {
    const workload::StreamPlan* plan = plan_of(stream);
    if (plan == nullptr) return;
    const double jobs = jobs_of(stream);
    const double size = mean_size(stream);
    const double demand = plan->demand_accelerators * growth_over(stream.arrivals.growth_per_year, seconds_).last;
    const double running = std::min({jobs, demand / size, accelerators_ / size});
    const double pod = accelerators_ / std::max(1.0, size_.pods);
    size_.jobs += jobs;
    size_.running += running;
    if (stream.checkpoint && stream.checkpoint->interval) {
      size_.events += 2.0 * running * seconds_ / stream.checkpoint->interval->in_base_units();  // it begins and ends
    }
    size_.bytes += static_cast<double>(kBytesPerExecution) * running * (1.0 + size / pod);
  }

  /// What happens by the clock.
  void add_calendar() {
    for (const scenario::Service& service : scenario_.workload.services) {
      const double interval = service.replicas.interval.in_base_units();
      if (interval > 0.0) size_.events += seconds_ / interval;
      if (service.demand.burst_length > units::Seconds{0}) {
        size_.events += seconds_ / service.demand.burst_length.in_base_units();
      }
      if (service.fidelity == scenario::Fidelity::kRequests) {
        size_.events += service.demand.rate.in_base_units() * seconds_;
      }
    }
    for (const scenario::Reservation& window : scenario_.scheduling.queues.reservations) {
      if (window.every) size_.events += 2.0 * seconds_ / window.every->in_base_units();
    }
  }

  const scenario::Scenario& scenario_;
  const workload::JobSource& source_;
  double seconds_, accelerators_ = 0.0;
  RunSize size_;
};

std::string many(double count) {
  if (count >= 1e12) return fmt::format("{:.1e}", count);
  if (count >= 1e9) return fmt::format("{:.3g} billion", count / 1e9);
  return count >= 1e6 ? fmt::format("{:.3g} million", count / 1e6) : units::grouped(std::llround(count));
}

/// Two significant digits.
std::string gigabytes(double bytes) {
  const double gb = bytes / 1e9;
  if (gb < 10.0) return fmt::format("{:.2g}", gb);
  const double ten = std::pow(10.0, std::floor(std::log10(gb)) - 1.0);
  return gb < 1e12 ? units::grouped(std::llround(gb / ten) * std::llround(ten)) : fmt::format("{:.1e}", gb);
}

}  // namespace

RunSize estimate_size(const scenario::Scenario& scenario, const workload::JobSource& jobs) {
  return Estimate{scenario, jobs}.size();
}

std::string in_words(const RunSize& size) {
  return fmt::format("about {} GB of memory and {} events for {} jobs, {} of them at a time, on {} pods",
                     gigabytes(size.bytes), many(size.events), many(size.jobs), many(size.running), many(size.pods));
}

}  // namespace gigasim::engine
