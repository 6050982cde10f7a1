#include "gigasim/workload/failure_limits.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <optional>

#include "gigasim/units/model_constant.hpp"
#include "gigasim/units/portable_math.hpp"
#include "gigasim/units/text.hpp"
#include "gigasim/workload/node_failures.hpp"
#include "gigasim/workload/source.hpp"

namespace gigasim::workload {
namespace {

const units::ModelConstant kMostTries{
    1e6,
    {"workload.most_tries", "", "jobs that failures hardly ever let finish: an error in a run until drained",
     "assumption: a job that begins a million times is not what a scenario is about, and takes minutes to simulate"}};
constexpr units::Seconds kWorthAWarning{365.25 * 86400.0};
constexpr std::int64_t kJobsLookedAt = 1'000'000;  // of all streams, in order of arrival

std::int64_t nodes_of(std::int64_t accelerators, const scenario::Partition& partition) {
  return (accelerators + partition.per_node - 1) / partition.per_node;
}

double lemons_of(const scenario::Failures& rules) {
  return 1.0 + rules.lemon_share * (rules.lemon_factor - 1.0);
}

/// The worst job of a stream at the partition that suits it best.
struct Worst {
  double tries = 0.0;
  units::Seconds wait{0};
  Job of_tries, of_wait;
};

/// Never more than one place is better, and the best decides.
void look_at(const scenario::Scenario& scenario, const Job& job, bool saves, Worst& worst) {
  double tries = std::numeric_limits<double>::infinity();
  units::Seconds wait{std::numeric_limits<double>::infinity()};
  for (const scenario::Site& site : scenario.sites) {
    for (const scenario::Partition& partition : site.partitions) {
      if (job.accelerators > partition.count) continue;
      const double rate = interruption_rate(scenario, partition, job.accelerators);
      tries = std::min(tries, saves ? 1.0 : expected_tries(rate, job.runtime));
      wait = std::min(wait, wait_for_nodes(scenario, partition, job.accelerators));
    }
  }
  if (tries == std::numeric_limits<double>::infinity()) return;  // it fits nowhere, and is refused
  if (tries > worst.tries) worst.of_tries = job;
  if (wait > worst.wait) worst.of_wait = job;
  worst.tries = std::max(worst.tries, tries);
  worst.wait = std::max(worst.wait, wait);
}

void tell(const std::string& stream, const Worst& worst, std::vector<std::string>& warnings) {
  const auto text = [](const Job& job) {
    return fmt::format("job {} ({} accelerators, {})", job.number, units::grouped(job.accelerators),
                       units::humane_duration(job.runtime));
  };
  if (worst.tries > most_tries()) {
    warnings.push_back(
        fmt::format("workload.streams[{}]: failures will not let {} finish: it saves nothing and would "
                    "begin about {:.0e} times in the mean (give the stream a checkpoint)",
                    stream, text(worst.of_tries), worst.tries));
  }
  if (worst.wait >= kWorthAWarning) {
    const std::string time = worst.wait < 1000.0 * kWorthAWarning ? units::humane_duration(worst.wait) : "for ever";
    warnings.push_back(
        fmt::format("workload.streams[{}]: {} may wait {} for enough nodes to be up at one time: it is "
                    "as large as the largest site where nodes fail",
                    stream, text(worst.of_wait), time));
  }
}

}  // namespace

double interruption_rate(const scenario::Scenario& scenario, const scenario::Partition& partition,
                         std::int64_t accelerators) {
  if (!scenario.failures) return 0.0;
  const scenario::Failures& rules = *scenario.failures;
  const std::int64_t pods = (accelerators + partition.pod - 1) / partition.pod;
  return static_cast<double>(nodes_of(accelerators, partition)) * lemons_of(rules) *
             rules.rate_of(partition.accelerator).in_base_units() +
         static_cast<double>(pods) * rules.pods.rate.in_base_units() + rules.sites.rate.in_base_units();
}

double expected_tries(double rate, units::Seconds stretch) {
  return units::portable_exp(std::min(690.0, rate * stretch.in_base_units()));
}

double most_tries() {
  return kMostTries.value();
}

units::Seconds wait_for_nodes(const scenario::Scenario& scenario, const scenario::Partition& partition,
                              std::int64_t accelerators) {
  const scenario::Failures& rules = *scenario.failures;
  const std::int64_t nodes = nodes_of(partition.count, partition);
  const std::int64_t spare = nodes - nodes_of(accelerators, partition);
  const double repair = mean_repair(rules).in_base_units();
  const double mean =
      static_cast<double>(nodes) * lemons_of(rules) * rules.rate_of(partition.accelerator).in_base_units() * repair;
  if (mean == 0.0) return units::Seconds{0};
  // Terms of a Poisson law from the largest one down: none of them is lost to a factor exp(-mean) that is 0.
  const double log_mean = units::portable_log(mean);
  double log_term = -mean;
  double enough_up = units::portable_exp(std::max(-700.0, log_term));
  for (std::int64_t down = 1; down <= spare && enough_up < 0.5; ++down) {
    log_term += log_mean - units::portable_log(static_cast<double>(down));
    enough_up += units::portable_exp(std::max(-700.0, log_term));
  }
  return units::Seconds{repair / enough_up};
}

std::vector<std::string> warnings_of_failures(const scenario::Scenario& scenario) {
  std::vector<std::string> warnings;
  if (!scenario.failures) return warnings;
  const auto source = open_streams(scenario);
  std::vector<Worst> worst(scenario.workload.streams.size());
  for (std::int64_t i = 0; i < kJobsLookedAt; ++i) {
    const auto job = source->next();
    if (!job) break;
    const auto stream = static_cast<std::size_t>(job->stream);
    const bool saves = scenario.workload.streams[stream].checkpoint.has_value();
    look_at(scenario, *job, saves, worst[stream]);
  }
  for (std::size_t i = 0; i < worst.size(); ++i) tell(scenario.workload.streams[i].name, worst[i], warnings);
  return warnings;
}

}  // namespace gigasim::workload
