#include "ai_work.hpp"

#include <algorithm>

#include "gigasim/metrics/work.hpp"
#include "job_book.hpp"

namespace gigasim::metrics {
namespace {

constexpr double kMonthHours = 30.0 * 24.0;

const std::optional<scenario::AiWork>& work_of(const JobRecord& job, const scenario::Scenario& scenario) {
  return scenario.workload.streams[static_cast<std::size_t>(job.stream)].work;
}

double seconds(Ticks ticks) {
  return units::from_ticks(ticks).in_base_units();
}

/// The time of a job that counts: what it ran without what it lost.
Ticks useful_ticks(const JobRecord& job, Ticks now) {
  return std::max<Ticks>(0, ran_ticks(job, now) - units::to_ticks(job.lost + job.delayed));
}

std::size_t position_of(Place place, const scenario::Scenario& scenario) {
  std::size_t position = 0;
  for (std::int32_t s = 0; s < place.site; ++s)
    position += scenario.sites[static_cast<std::size_t>(s)].partitions.size();
  return position + static_cast<std::size_t>(place.partition);
}

bool has_work(const scenario::Scenario& scenario) {
  const auto& streams = scenario.workload.streams;
  return std::any_of(streams.begin(), streams.end(), [](const auto& stream) { return stream.work.has_value(); });
}

}  // namespace

double work_kept(const JobRecord& job, const scenario::Scenario& scenario, units::Seconds now) {
  const auto& work = work_of(job, scenario);
  if (!work || !job.start || job.place.site < 0) return 0.0;
  return seconds(useful_ticks(job, units::to_ticks(now))) *
         work->per_second(job.accelerators, position_of(job.place, scenario));
}

WorkReader::WorkReader(const Books& books) : books_(books) {
  if (!has_work(books.scenario)) return;
  std::size_t partitions = 0;
  for (const scenario::Site& site : books.scenario.sites) {
    first_partition_.push_back(partitions);
    partitions += site.partitions.size();
  }
  if (books.jobs.stopped_runs().empty()) return;
  before_.resize(books.jobs.jobs().size());
  has_moved_.resize(books.jobs.jobs().size());
  for (const StoppedRun& run : books.jobs.stopped_runs()) {
    const auto index = static_cast<std::size_t>(run.job);
    const JobRecord& job = books.jobs.jobs()[index];
    const Effort effort = effort_of(job, run.place, {units::to_ticks(run.start), units::to_ticks(run.end)});
    before_[index].inside += effort.inside;
    before_[index].work += effort.work;
    before_[index].peak_seconds += effort.peak_seconds;
    before_[index].h100_seconds += effort.h100_seconds;
    if (run.place != job.place) has_moved_[index] = true;
  }
}

const scenario::WorkRate* WorkReader::rate_of(const JobRecord& job, Place place) const {
  const auto& work = work_of(job, books_.scenario);
  const scenario::SizedWork* size = work ? work->of_size(job.accelerators) : nullptr;
  if (size == nullptr || place.site < 0) return nullptr;
  return &size->partition[first_partition_[static_cast<std::size_t>(place.site)] +
                          static_cast<std::size_t>(place.partition)];
}

WorkReader::Effort WorkReader::effort_of(const JobRecord& job, Place place, const Window& run) const {
  const scenario::WorkRate* rate = rate_of(job, place);
  if (rate == nullptr) return {};
  Effort effort;
  effort.inside = books_.window.overlap(run.begin, run.end);
  effort.work = seconds(effort.inside) * rate->per_second;
  if (rate->peak > 0.0) effort.peak_seconds = effort.work / rate->peak;
  effort.h100_seconds = static_cast<double>(job.accelerators) * seconds(effort.inside) *
                        books_.machines.at(place).machine->h100_equivalent;
  return effort;
}

WorkDone WorkReader::done_by(std::size_t index) const {
  const JobRecord& job = books_.jobs.jobs()[index];
  const scenario::WorkRate* rate = job.start ? rate_of(job, job.place) : nullptr;
  if (rate == nullptr) return {};
  const Window last = last_run(job, books_.now);
  const Effort here = effort_of(job, job.place, last);
  const Effort before = before_.empty() ? Effort{} : before_[index];
  const Ticks inside = here.inside + before.inside;
  const Ticks ran = ran_ticks(job, books_.now);
  WorkDone done;
  done.work = &*work_of(job, books_.scenario);
  // What counts is spread evenly over all that it ran.
  const double share = ran > 0 ? static_cast<double>(inside) / static_cast<double>(ran) : 0.0;
  done.amount = seconds(useful_ticks(job, books_.now)) * rate->per_second * share;
  const auto accelerators = static_cast<double>(job.accelerators);
  done.accelerator_seconds = accelerators * seconds(inside);
  done.h100_seconds = here.h100_seconds + before.h100_seconds;
  const double flop = done.amount * done.work->flop_per_unit;
  const double effort = here.work + before.work;
  if (!before_.empty() && has_moved_[index]) {
    if (effort > 0.0) done.at_peak = flop / effort * accelerators * (here.peak_seconds + before.peak_seconds);
  } else if (rate->peak > 0.0) {
    done.at_peak = flop / (rate->peak / accelerators);
  }
  // What ends with the period was done in it.
  const Ticks end = last.end;
  done.finished = job.outcome == Outcome::kFinished && end > books_.window.begin && end <= books_.window.end;
  return done;
}

WorkDone WorkReader::done_by(const StoppedRun& run) const {
  const auto index = static_cast<std::size_t>(run.job);
  const JobRecord& job = books_.jobs.jobs()[index];
  const WorkDone all = done_by(index);
  if (all.work == nullptr) return {};
  const Effort effort = effort_of(job, run.place, {units::to_ticks(run.start), units::to_ticks(run.end)});
  const double in_all = effort_of(job, job.place, last_run(job, books_.now)).work + before_[index].work;
  const auto accelerators = static_cast<double>(job.accelerators);
  WorkDone done;
  done.work = all.work;
  done.accelerator_seconds = accelerators * seconds(effort.inside);
  done.h100_seconds = effort.h100_seconds;
  if (in_all > 0.0) {
    done.amount = all.amount * (effort.work / in_all);
    done.at_peak = all.amount * all.work->flop_per_unit / in_all * accelerators * effort.peak_seconds;
  }
  return done;
}

void WorkSums::move(const WorkDone& done, WorkSums& to) {
  to.add(done);
  WorkDone taken = done;
  taken.amount = -done.amount;
  taken.accelerator_seconds = -done.accelerator_seconds;
  taken.at_peak = -done.at_peak;
  taken.h100_seconds = -done.h100_seconds;
  add(taken);
}

void WorkSums::add(const WorkDone& done) {
  if (done.work == nullptr) return;
  if (done.work->task) tokens[static_cast<std::size_t>(*done.work->task)] += done.amount;
  flop += done.amount * done.work->flop_per_unit;
  accelerator_seconds += done.accelerator_seconds;
  at_peak += done.at_peak;
  if (!done.work->trains()) return;
  training_h100_seconds += done.h100_seconds;
  training_runs += done.finished ? 1 : 0;
}

AiFigures ai_figures(const Books& books, const Group& group, const WorkSums& sums) {
  AiFigures figures;
  if (group.is_span() || !has_work(books.scenario)) return figures;
  const auto& streams = books.scenario.workload.streams;
  for (std::size_t t = 0; t < models::kAiTaskWords.size(); ++t) {
    const auto task = static_cast<models::AiTask>(t);
    const bool there = std::any_of(streams.begin(), streams.end(),
                                   [&](const auto& stream) { return stream.work && stream.work->task == task; });
    if (!there) continue;
    figures.tokens[t] = sums.tokens[t];
    if (models::trains(task)) figures.tokens_trained = figures.tokens_trained.value_or(0.0) + sums.tokens[t];
  }
  figures.model_flop = sums.flop;
  if (sums.accelerator_seconds > 0.0) figures.mfu = sums.at_peak / sums.accelerator_seconds;
  if (!figures.tokens_trained) return figures;
  figures.training_h100_equivalent_hours = sums.training_h100_seconds / 3600.0;
  const double hours = to_hours(static_cast<double>(books.window.end - books.window.begin));
  if (hours > 0.0) figures.training_runs_per_month = static_cast<double>(sums.training_runs) / hours * kMonthHours;
  return figures;
}

}  // namespace gigasim::metrics
