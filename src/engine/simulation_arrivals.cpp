#include <algorithm>

#include "phase_terms.hpp"
#include "simulation.hpp"

// Of the simulation: how jobs come, find a queue, and leave it without having run.
namespace gigasim::engine {
bool Simulation::waits(metrics::JobIndex index) const {
  const State state = jobs_.state_of(index);
  return state == State::kQueued || state == State::kHeld;
}

// After the pass: a job that can start at the very instant at which its patience ends does.
void Simulation::leave_queues(units::Seconds now) {
  while (!patience_ends_.empty() &&
         (patience_ends_.top().first <= now.in_base_units() || !waits(patience_ends_.top().second))) {
    const metrics::JobIndex index = patience_ends_.top().second;
    patience_ends_.pop();
    if (!waits(index) || jobs_[index].progress.started) continue;
    LiveJob& live = jobs_[index];
    if (live.state == State::kQueued) {
      queues_[live.queue].policy->remove(index);
      touch(live.queue);
    }
    budgets_.settle(live.job, live.charged, units::Seconds{0});
    jobs_.finish(index);
    observer_.job_left(index, now);
    chains_.ended(live.job, false, now);
  }
}

// After those that leave: a job whose patience is over does not move first.
void Simulation::broker_anew(units::Seconds now) {
  const auto waits_no_more = [this](const Due& entry) {
    return jobs_.state_of(entry.second) != State::kQueued || jobs_[entry.second].progress.started ||
           jobs_[entry.second].rebroker_at.in_base_units() != entry.first;
  };
  while (!rebroker_dates_.empty() &&
         (rebroker_dates_.top().first <= now.in_base_units() || waits_no_more(rebroker_dates_.top()))) {
    const Due entry = rebroker_dates_.top();
    rebroker_dates_.pop();
    if (waits_no_more(entry)) continue;
    LiveJob& live = jobs_[entry.second];
    const auto better = broker_.better_place(entry.second, as_brokered(live.job), live.queue);
    if (better) {
      queues_[live.queue].policy->remove(entry.second);
      touch(live.queue);
      enqueue(entry.second, *better, now);
    } else {
      live.rebroker_at = now + *scenario_.scheduling.rebroker_after;
      rebroker_dates_.push({live.rebroker_at.in_base_units(), entry.second});
    }
  }
}

void Simulation::take_arrivals(units::Seconds now) {
  while (next_job_ && next_job_->submit <= now) {
    const workload::Job job = *next_job_;
    next_job_ = source_.next();
    if (job.after_stream >= 0) {
      chains_.hold(job, now);
    } else {
      submit(job, false, now);
    }
  }
  while (const auto released = chains_.take(now)) submit(released->job, released->doomed, now);
}

void Simulation::submit(const workload::Job& job, bool doomed, units::Seconds now) {
  const auto index = jobs_.count();
  jobs_.add(job);
  observer_.job_submitted(index, job, now);
  chains_.begins(job);
  if (doomed) return refuse(index, metrics::kPredecessorFailed, now);
  const units::Ticks request = least_request(job);
  if (const auto reason = budgets_.charge(job, request); !reason.empty()) return refuse(index, reason, now);
  jobs_[index].charged = request;
  if (job.patience < kForEver) patience_ends_.push({(now + job.patience).in_base_units(), index});
  broker_job(index, now);
}

/// What a project is charged at first: a request where the job is slowest, at the smallest size that it may be given.
units::Ticks Simulation::least_request(const workload::Job& job) const {
  if (!budgets_.limits(job)) return 0;
  const auto& moulding = scenario_.workload.streams[static_cast<std::size_t>(job.stream)].moldable;
  scheduling::BrokeredJob asked = as_brokered(job);
  asked.walltime = job.walltime;
  const double slowest = queues_.slowest(asked);
  if (!moulding) return job.accelerators * units::to_ticks(request_at(asked, slowest));
  const units::Seconds smallest = moulding->scaled(job.walltime, job.accelerators, moulding->min);
  return moulding->min * units::to_ticks(at_speed(smallest, slowest));
}

/// What its user asks for where it waits.
units::Seconds Simulation::request_there(const LiveJob& live) const {
  scheduling::BrokeredJob job = as_brokered(live.job);
  const double speed = queues_.speed(live.queue, job);
  if (job.rounding.estimate == units::Seconds{0}) return at_speed(live.job.walltime, speed);
  return request_at(job, speed);
}

void Simulation::refuse(metrics::JobIndex index, std::string_view reason, units::Seconds now) {
  LiveJob& live = jobs_[index];
  jobs_.finish(index);
  observer_.job_refused(index, reason, now);
  chains_.ended(live.job, false, now);
}

void Simulation::broker_job(metrics::JobIndex index, units::Seconds now) {
  if (services_.is_replica(jobs_[index].job)) return withdraw_replica(index, now);  // its site goes offline
  if (const auto queue = choose_queue(index)) return enqueue(index, *queue, now);
  LiveJob& live = jobs_[index];
  const auto job = as_brokered(live.job);
  if (!queues_.will_be_accepted(job)) {
    budgets_.settle(live.job, live.charged, live.progress.ran);
    return refuse(index, queues_.reason_of_refusal(job), now);
  }
  live.state = State::kHeld;
  held_.push_back(index);
}

/// A moldable job gets its size with its queue.
std::optional<int> Simulation::choose_queue(metrics::JobIndex index) {
  LiveJob& live = jobs_[index];
  const auto& moulding = scenario_.workload.streams[static_cast<std::size_t>(live.job.stream)].moldable;
  if (!moulding || live.progress.started) return broker_.place(index, as_brokered(live.job));
  if (!live.as_asked) live.as_asked = std::make_unique<const workload::Job>(live.job);
  const auto ask_broker = [this](const scheduling::BrokeredJob& job) { return broker_.ask(job); };
  const units::Ticks most = budgets_.left(live.job, live.charged);
  const Mould mould =
      moulder_.choose(*moulding, *live.as_asked, as_brokered(*live.as_asked), ask_broker, queues_, most);
  live.job.accelerators = mould.accelerators;
  live.job.runtime = mould.runtime;
  live.job.walltime = mould.walltime;
  live.job.estimate = units::Seconds{0};
  observer_.job_moulded(index, mould.accelerators, mould.runtime, mould.walltime);
  broker_.tell(index, as_brokered(live.job), mould.choice);
  return mould.choice ? std::optional{mould.choice->queue} : std::nullopt;
}

void Simulation::enqueue(metrics::JobIndex index, int queue, units::Seconds now) {
  LiveJob& live = jobs_[index];
  live.state = State::kQueued;
  // What it has done before any transfer ended, and keeps in being suspended, is where it was as well.
  const bool keeps = live.progress.started && live.phases && live.phases->saved() > units::Seconds{0};
  if (keeps && live.saved_at < 0) live.saved_at = queues_[live.queue].place.site;
  live.queue = queue;
  if (!live.progress.started) {
    if (budgets_.limits(live.job)) {
      const units::Ticks request = live.job.accelerators * units::to_ticks(request_there(live));
      budgets_.recharge(live.job, std::exchange(live.charged, request), request);
    }
    settle_phases(live);
  } else if (live.phases) {
    carry_work(index, live, now);
  }
  queues_[queue].policy->enqueue(as_queued(index, live));
  if (const auto after = scenario_.scheduling.rebroker_after; after && !services_.is_replica(live.job)) {
    live.rebroker_at = now + *after;
    rebroker_dates_.push({live.rebroker_at.in_base_units(), index});
  }
  observer_.job_queued(index, queues_[queue].place, now);
  touch(queue);
}

/// A job that saves its work runs in phases, which depend on where.
void Simulation::settle_phases(LiveJob& live) {
  if (!scenario_.workload.streams[static_cast<std::size_t>(live.job.stream)].checkpoint) return;
  const double speed = queues_.speed(live.queue, as_brokered(live.job));
  const units::Seconds work = at_speed(live.job.runtime, speed);
  if (work == units::Seconds{0}) return;
  const units::Seconds request = request_there(live);
  live.phases = std::make_unique<PhasedRun>(phase_terms(scenario_, queues_[live.queue].place, live.job, work, request));
}

/// A job that was stopped and moves goes on from what it has saved. Its times are told in those of the new place: the
/// part of the work that is kept takes longer or shorter here.
void Simulation::carry_work(metrics::JobIndex index, LiveJob& live, units::Seconds now) {
  const std::unique_ptr<const PhasedRun> before = std::move(live.phases);
  settle_phases(live);
  live.phases = std::make_unique<PhasedRun>(live.phases->terms(), *before);
  observer_.job_set_back(index, before->saved() - live.phases->saved(), now);
}

scheduling::QueuedJob Simulation::as_queued(metrics::JobIndex index, const LiveJob& live) {
  auto job = queues_.queued(live.queue, index, as_brokered(live.job), live.job.submit);
  if (live.phases) job.walltime = live.phases->terms().limit + queues_[live.queue].wipe;
  job.account = accounts_.of(live.job);
  job.kind = live.job.stream;
  return job;
}

scheduling::BrokeredJob Simulation::as_brokered(const workload::Job& job) const {
  const scenario::Stream& stream = scenario_.workload.streams[static_cast<std::size_t>(job.stream)];
  const bool clairvoyant = scenario_.scheduling.queues.estimate == scenario::Estimate::kActual;
  const std::int32_t group = stream.time_holder ? static_cast<std::int32_t>(*stream.time_holder) : -1;
  return {.origin = job.origin,
          .accelerators = job.accelerators,
          .walltime = clairvoyant ? duration_of(job) : job.walltime,
          .privilege = stream.privilege,
          .sensitive = stream.sensitive,
          .needs = queues_.needs_of(job),
          .stream = job.stream,
          .group = group,
          .rounding = {clairvoyant ? units::Seconds{0} : job.estimate, job.runtime, stream.walltime.limit}};
}

}  // namespace gigasim::engine
