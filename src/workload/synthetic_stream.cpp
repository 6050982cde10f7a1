#include "synthetic_stream.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

#include "catalogue_lookup.hpp"
#include "class_law.hpp"
#include "demand.hpp"
#include "gigasim/scenario/load.hpp"
#include "gigasim/units/grid.hpp"
#include "stream_arrivals.hpp"
#include "walltime.hpp"

namespace gigasim::workload {
namespace {

OriginLaw make_origins(const scenario::OriginWeights& weights, const std::vector<std::string>& origins) {
  OriginLaw law;
  std::vector<double> probabilities;
  for (const auto& [code, weight] : weights) {
    const catalogue::Country& row = country(code);
    const auto found = std::find(origins.begin(), origins.end(), code);
    law.index.push_back(static_cast<std::int32_t>(found - origins.begin()));
    law.clocks.push_back({row.utc_offset_hours, row.summer_time});
    probabilities.push_back(weight);
  }
  law.choice = DiscreteLaw{probabilities};
  return law;
}

/// Nothing when the stream ends by its number of jobs alone.
std::optional<units::Seconds> end_of_stream(const scenario::Period& period, const scenario::Stream& stream) {
  if (!period.until_drained || period.length > units::Seconds{0}) return period.warm_up + period.length;
  if (stream.arrivals.max_jobs) return std::nullopt;
  throw scenario::ScenarioError{
      {fmt::format("workload.streams[{}]: would never end: give max_jobs or a period with a length", stream.name)}};
}

/// Mean of the rate over its base value in the results period, over the clocks of all origins.
double rate_in_period(const scenario::Scenario& scenario, const scenario::Stream& stream) {
  const scenario::Period& period = scenario.period;
  const bool constant = stream.arrivals.profile == "constant" && stream.arrivals.growth_per_year == 0.0;
  if (period.until_drained || constant) return 1.0;
  std::map<std::pair<int, bool>, double> clocks;  // most countries share one
  for (const auto& [code, weight] : stream.origin) {
    const catalogue::Country& row = country(code);
    clocks[{row.utc_offset_hours, row.summer_time}] += weight;
  }
  if (clocks.empty()) clocks[{0, false}] = 1.0;
  const double from = period.warm_up.in_base_units();
  const double to = (period.warm_up + period.length).in_base_units();
  ArrivalRate rate{stream.arrivals.profile, stream.arrivals.growth_per_year, period.start,
                   period.warm_up + period.length};
  double sum = 0.0;
  double weights = 0.0;
  for (const auto& [clock, weight] : clocks) {
    sum += weight * rate.mean(from, to, {clock.first, clock.second});
    weights += weight;
  }
  return sum / weights;
}

class DrawnJobs final : public JobStream {
 public:
  DrawnJobs(const scenario::Scenario& scenario, const scenario::Stream& stream, std::size_t index,
            const std::vector<std::string>& origins)
      : index_(static_cast<std::int32_t>(index)),
        mix_(make_mix(stream)),
        origins_(make_origins(stream.origin, origins)),
        rate_(base_rate(scenario.workload, stream, mix_)),
        end_(end_of_stream(scenario.period, stream)),
        jobs_left_(stream.arrivals.max_jobs.value_or(std::numeric_limits<std::int64_t>::max())),
        arrivals_({scenario, stream, mix_, origins_, rate_, end_}),
        walltime_(stream.walltime),
        durations_(scenario.seed, stream.name, "durations"),
        outcomes_(scenario.seed, stream.name, "outcomes"),
        walltimes_(scenario.seed, stream.name, "walltimes") {}

  [[nodiscard]] const Mix& mix() const { return mix_; }
  [[nodiscard]] double rate() const { return rate_; }

  [[nodiscard]] std::optional<Job> next() override {
    if (jobs_left_ <= 0) return std::nullopt;
    const std::optional<Arrival> arrival = arrivals_.next();
    if (!arrival || is_after_end(*arrival)) {
      jobs_left_ = 0;
      return std::nullopt;
    }
    --jobs_left_;
    return draw_job(*arrival);
  }

 private:
  [[nodiscard]] bool is_after_end(const Arrival& arrival) const { return end_ && submit_time(arrival) >= *end_; }

  [[nodiscard]] static units::Seconds submit_time(const Arrival& arrival) {
    return units::ceil_to_grid(units::Seconds{arrival.at});
  }

  [[nodiscard]] Job draw_job(const Arrival& arrival) {
    const ClassLaw& law = mix_[arrival.job_class];
    Job job;
    job.number = ++jobs_drawn_;
    job.stream = index_;
    job.origin = arrival.origin;
    job.accelerators = arrival.accelerators;
    job.submit = submit_time(arrival);
    job.runtime = law.draw_runtime(durations_);
    job.ending = law.draw_ending(outcomes_, job.accelerators, job.runtime);
    const Request request = walltime_.draw_request(walltimes_, job.runtime);
    job.walltime = request.walltime;
    job.estimate = request.estimate;
    job.job_class = static_cast<std::int32_t>(arrival.job_class);
    return job;
  }

  std::int32_t index_;
  Mix mix_;
  OriginLaw origins_;
  double rate_;
  std::optional<units::Seconds> end_;
  std::int64_t jobs_left_;
  std::int64_t jobs_drawn_ = 0;
  StreamArrivals arrivals_;
  WalltimeLaw walltime_;
  RandomStream durations_, outcomes_, walltimes_;
};

}  // namespace

SyntheticStream open_synthetic(const scenario::Scenario& scenario, std::size_t index,
                               const std::vector<std::string>& origins) {
  const scenario::Stream& stream = scenario.workload.streams[index];
  auto jobs = std::make_unique<DrawnJobs>(scenario, stream, index, origins);
  StreamPlan plan = make_plan(stream, jobs->mix(), jobs->rate());
  plan.rate_in_period = rate_in_period(scenario, stream);
  return {std::move(jobs), std::move(plan)};
}

}  // namespace gigasim::workload
