#include "phased_run.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "gigasim/units/grid.hpp"

namespace gigasim::engine {

using Next = PhasedRun::Next;

PhasedRun::PhasedRun(const PhaseTerms& terms, const PhasedRun& before) : terms_(terms), resumes_(before.resumes_) {
  const units::Seconds kept = before.saved_;
  const double ratio = terms.work / before.terms_.work;
  // Rounded down: what is kept must not be more than what was done.
  const auto ticks = std::floor(static_cast<double>(units::to_ticks(kept)) * ratio);
  saved_ = ratio == 1.0 ? kept : std::min(terms.work, units::from_ticks(static_cast<units::Ticks>(ticks)));
  done_ = saved_;
}

std::optional<metrics::Spent> PhasedRun::spent_in(Phase phase) {
  switch (phase) {
    case Phase::kRestarting:
      return metrics::Spent::kRestart;
    case Phase::kLoading:
      return metrics::Spent::kLoad;
    case Phase::kSaving:
    case Phase::kStalled:
    case Phase::kStaging:
      return metrics::Spent::kCheckpoint;
    case Phase::kStopped:
    case Phase::kWorking:
    case Phase::kOver:
      break;
  }
  return std::nullopt;
}

Next PhasedRun::leaving(Phase phase, units::Seconds since, Next next) {
  next.spent = spent_in(phase);
  next.since = since;
  return next;
}

void PhasedRun::enter(Phase phase, units::Seconds since, std::optional<units::Seconds> until) {
  phase_ = phase;
  phase_began_ = since;
  until_ = until;
}

units::Seconds PhasedRun::done_at(units::Seconds now) const {
  return phase_ == Phase::kWorking ? done_ + (std::min(now, pause_) - phase_began_) : done_;
}

Next PhasedRun::begin(units::Seconds now, units::Seconds restart) {
  done_ = saved_;
  in_flight_.reset();
  if (!std::exchange(resumes_, true) || restart == units::Seconds{0}) return load(now);
  enter(Phase::kRestarting, now, now + restart);
  return {.until = until_, .transfer = {}};
}

Next PhasedRun::load(units::Seconds now) {
  const units::Bytes bytes = terms_.load + (saved_ > units::Seconds{0} ? terms_.checkpoint : units::Bytes{0});
  if (bytes == units::Bytes{0}) return work(now);
  enter(Phase::kLoading, now, std::nullopt);
  return {.until = {}, .transfer = bytes};
}

Next PhasedRun::work(units::Seconds now) {
  const units::Seconds left = terms_.work - done_;
  const bool stages = terms_.asynchronous && terms_.interval < left;
  pause_ = now + std::min(terms_.interval, left);
  enter(Phase::kWorking, now, stages ? pause_ + terms_.staging : pause_);
  return {.until = until_, .transfer = {}};
}

Next PhasedRun::save(units::Seconds now) {
  if (terms_.asynchronous) return stage(now);
  enter(Phase::kSaving, now, std::nullopt);
  return {.until = {}, .transfer = terms_.checkpoint};
}

Next PhasedRun::stage(units::Seconds now) {
  if (in_flight_) {  // the one before is not written yet
    enter(Phase::kStalled, pause_, std::nullopt);
    return {};
  }
  const units::Seconds staged = std::max(pause_, written_at_) + terms_.staging;
  if (staged > now) {
    enter(Phase::kStaging, pause_, staged);
    return {.until = until_, .transfer = {}};
  }
  const units::Seconds since = pause_;
  in_flight_ = done_;
  Next next = work(now);
  next.transfer = terms_.checkpoint;
  return leaving(Phase::kStaging, since, next);
}

Next PhasedRun::timer(units::Seconds now) {
  const Phase before = phase_;
  const units::Seconds since = phase_began_;
  done_ = done_at(now);
  switch (before) {
    case Phase::kRestarting:
      return leaving(before, since, load(now));
    case Phase::kWorking: {
      if (done_ < terms_.work) return save(now);
      enter(Phase::kOver, now, std::nullopt);
      Next next;
      next.over = true;
      return next;
    }
    case Phase::kStaging:
      return stage(now);
    case Phase::kStopped:
    case Phase::kLoading:
    case Phase::kSaving:
    case Phase::kStalled:
    case Phase::kOver:
      break;
  }
  return {};
}

Next PhasedRun::transfer_ended(units::Seconds now) {
  const Phase before = phase_;
  const units::Seconds since = phase_began_;
  if (before == Phase::kLoading) return leaving(before, since, work(now));
  if (before == Phase::kSaving) {
    saved_ = done_;
    return leaving(before, since, work(now));
  }
  if (before != Phase::kStalled) return {};
  written(now);
  return stage(now);
}

void PhasedRun::written(units::Seconds date) {
  saved_ = std::exchange(in_flight_, std::nullopt).value_or(saved_);
  written_at_ = date;
}

PhasedRun::Stopped PhasedRun::stop(units::Seconds now, Keep keep) {
  Stopped stopped;
  const bool is_staging = phase_ == Phase::kWorking && now > pause_;
  stopped.spent = spent_in(is_staging ? Phase::kStaging : phase_);
  stopped.since = is_staging ? pause_ : phase_began_;
  const units::Seconds done = done_at(now);
  if (keep == Keep::kAll) saved_ = done;
  stopped.lost = done - saved_;
  enter(Phase::kStopped, now, std::nullopt);
  in_flight_.reset();
  done_ = saved_;
  return stopped;
}

}  // namespace gigasim::engine
