#include "arrivals.hpp"

#include <tuple>
#include <utility>

#include "gigasim/units/model_constant.hpp"

namespace gigasim::workload {
namespace {

const units::ModelConstant kMeanGapInBurst{
    10.0,
    {"workload.mean_gap_in_burst", "s", "bursts: exponential gaps between the jobs of one",
     "assumption: bursts were cut at gaps of 60 s"}};

}  // namespace

bool Arrivals::Later::operator()(const Burst& a, const Burst& b) const {
  return std::tie(a.next_job.at, a.serial) > std::tie(b.next_job.at, b.serial);
}

Arrivals::Arrivals(ThinnedPoisson starts, std::optional<QuantileLaw> bursts, const Mix& mix,
                   const std::vector<double>& weights, Randoms randoms)
    : starts_(starts),
      sizes_of_bursts_(std::move(bursts)),
      mix_(&mix),
      class_choice_(weights),
      randoms_(randoms),
      next_start_(starts_.next()) {}

std::optional<Arrival> Arrivals::next() {
  const bool burst_goes_on = !running_.empty() && (!next_start_ || running_.top().next_job.at <= next_start_->at);
  if (burst_goes_on) return continue_burst();
  if (next_start_) return start_burst();
  return std::nullopt;
}

Arrival Arrivals::start_burst() {
  const std::size_t job_class = class_choice_.draw(randoms_.classes);
  const Arrival first{next_start_->at, next_start_->origin, job_class,
                      (*mix_)[job_class].draw_accelerators(randoms_.sizes)};
  const std::int64_t jobs = sizes_of_bursts_ ? sizes_of_bursts_->at(randoms_.bursts.uniform()) : 1;
  schedule({first, jobs - 1, bursts_started_++});
  next_start_ = starts_.next();
  return first;
}

Arrival Arrivals::continue_burst() {
  Burst burst = running_.top();
  running_.pop();
  const Arrival job = burst.next_job;
  --burst.jobs_left;
  schedule(burst);
  return job;
}

void Arrivals::schedule(Burst burst) {
  if (burst.jobs_left <= 0) return;
  burst.next_job.at += draw_exponential(randoms_.bursts, kMeanGapInBurst.value());
  running_.push(burst);
}

}  // namespace gigasim::workload
