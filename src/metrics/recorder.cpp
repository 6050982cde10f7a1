#include "gigasim/metrics/recorder.hpp"

#include <algorithm>

#include "books.hpp"
#include "conservation.hpp"
#include "fold.hpp"
#include "replicas.hpp"

namespace gigasim::metrics {
namespace {

/// Where a reason for refusal stands among the few that have occurred; a new one is added.
std::int16_t number_of(std::string_view reason, std::vector<std::string>& reasons) {
  const auto found = std::find(reasons.begin(), reasons.end(), reason);
  const auto number = found - reasons.begin();
  if (found == reasons.end()) reasons.emplace_back(reason);
  return static_cast<std::int16_t>(number);
}

}  // namespace

struct Recorder::Impl {
  Impl(const scenario::Scenario& scenario, std::vector<std::string> origins) : books(scenario, std::move(origins)) {}

  /// Moves the clock. After a fault nothing is recorded any more: the books are broken.
  bool advance(units::Seconds to) {
    const Ticks now = units::to_ticks(to);
    if (now < books.now) {
      books.fault.raise("time ran backwards, from {} s to {} s", units::from_ticks(books.now).in_base_units(),
                        to.in_base_units());
    } else if (books.ended) {
      books.fault.raise("something happened at {} s, after the end of the run", to.in_base_units());
    }
    while (books.quarters.next_end() <= now) close_quarter(books.quarters.next_end());
    books.now = std::max(now, books.now);
    return !books.fault.raised();
  }

  /// Nothing has changed since the last event, so that it does not matter when a quarter is closed.
  void close_quarter(Ticks at) {
    books.machines.settle_all(at);
    books.reserves.settle_all(at);
    Group& network = books.groups.all()[Groups::kNetwork];
    network.waiting.settle(at, books.window);
    std::vector<MachineTime> machines;
    for (const PartitionBook& book : books.machines.books()) {
      machines.push_back({book.busy.inside(), book.online.inside(), book.idle_held.inside(), book.eased.inside()});
    }
    std::vector<Ticks> reserves;
    for (const ReserveBook& book : books.reserves.books()) reserves.push_back(book.unused.inside());
    books.quarters.close(at, machines, reserves, network.waiting.inside());
  }

  bool check_place(JobIndex job, Place place) {
    if (!books.machines.known(place)) {
      books.fault.raise("job {} was sent to partition {} of site {}, which does not exist", job, place.partition,
                        place.site);
    }
    return !books.fault.raised();
  }

  /// A job begins (1) or ceases (-1) to wait, seen from all its groups but its site.
  void change_waiting(const JobRecord& job, int by) {
    if (is_replica(job, books.scenario)) return;
    books.groups.for_each_fixed(job.stream, job.origin, [&](std::size_t group) {
      books.groups.all()[group].waiting.change(by, books.now, books.window);
    });
  }

  void change_site_queue(const JobRecord& job, std::int32_t site, int by) {
    const std::size_t group = books.groups.of_site(site);
    if (group == Groups::kNone || is_replica(job, books.scenario)) return;
    books.groups.all()[group].waiting.change(by, books.now, books.window);
    books.hourly[static_cast<std::size_t>(site)].change({.waiting = by}, books.now);
  }

  void leave_queues(const JobRecord& job) {
    change_waiting(job, -1);
    change_site_queue(job, job.place.site, -1);
  }

  void change_power(std::size_t group, std::int64_t microwatts) {
    if (group == Groups::kNetwork) books.quarters.change_power(microwatts, books.now);
    books.groups.all()[group].facility.change(microwatts, books.now, books.window);
  }

  /// A job takes (1) or gives back (-1) its accelerators. Machines draw idle power all the time that they are online,
  /// so the network and the site see only the difference; to the other groups the whole power is the job's.
  void change_load(const JobRecord& job, int sign) {
    const PartitionBook& book = books.machines.at(job.place);
    const std::int64_t accelerators = sign * job.accelerators;
    const std::size_t site = books.groups.of_site(job.place.site);
    books.groups.for_each(job.stream, job.origin, job.place.site, [&](std::size_t group) {
      const bool machine = group == Groups::kNetwork || group == site;
      change_power(group, accelerators * (machine ? book.facility.full - book.facility.idle : book.facility.full));
    });
    books.hourly[static_cast<std::size_t>(job.place.site)].change(
        {.busy = accelerators, .it_microwatts = accelerators * (book.it.full - book.it.idle)}, books.now);
  }

  /// Replicas that hold accelerators without using them draw less than full power.
  void change_idle_power(std::int32_t stream, Place place, std::int64_t before, std::int64_t after) {
    const PartitionBook& book = books.machines.at(place);
    const auto saved = [&](const MicroWatts& power, std::int64_t hundredths) {
      constexpr std::int64_t kHundred = 100;
      return (power.full - power.idle) * hundredths / kHundred;
    };
    books.groups.for_each(stream, -1, place.site, [&](std::size_t group) {
      change_power(group, saved(book.facility, before) - saved(book.facility, after));
    });
    books.hourly[static_cast<std::size_t>(place.site)].change(
        {.it_microwatts = saved(book.it, before) - saved(book.it, after)}, books.now);
  }

  /// What a job's privilege holds in its partition has changed, or (by 0) what is free there.
  void change_reserves(const JobRecord& job, std::int64_t by) {
    const std::int32_t privilege = books.scenario.workload.streams[static_cast<std::size_t>(job.stream)].privilege;
    books.reserves.change(books.machines.index(job.place), privilege, by, books.now);
  }

  /// A job's accelerators are free again; `idle` of them no longer computed.
  void give_back(JobIndex index, std::int64_t idle) {
    const JobRecord& job = books.jobs[index];
    books.machines.hold(job.place, books.jobs.pods_of(index), -1, books.now, idle);
    books.jobs.give_back_pods(index);
    change_reserves(job, -job.held);
  }

  /// A running job waits again.
  void stop(JobIndex index) {
    const JobRecord& job = books.jobs[index];
    give_back(index, JobBook::idle_part(job));
    change_load(job, -1);
    change_waiting(job, 1);
    change_site_queue(job, job.place.site, 1);
  }

  void settle_all() {
    books.reliability.settle(books.now, books.window);
    books.machines.settle_all(books.now);
    books.reserves.settle_all(books.now);
    for (auto& [key, idle] : books.replicas_idle) idle.settle(books.now, books.window);
    for (Group& group : books.groups.all()) {
      group.waiting.settle(books.now, books.window);
      group.facility.settle(books.now, books.window);
    }
    for (HourlySeries& series : books.hourly) series.finish(books.now);
  }

  Books books;
  bool taken = false;
};

Recorder::Recorder(const scenario::Scenario& scenario, std::vector<std::string> origins)
    : impl_(std::make_unique<Impl>(scenario, std::move(origins))) {}
Recorder::~Recorder() = default;

void Recorder::job_submitted(JobIndex job, const workload::Job& as_submitted, units::Seconds now) {
  if (!impl_->advance(now)) return;
  Books& books = impl_->books;
  if (!books.jobs.submit(job, as_submitted, now)) return;
  if (books.window.begin == kForever) books.window.begin = books.now;
  JobRecord& record = books.jobs[job];
  record.in_results_period = books.window.contains(books.now);
  impl_->change_waiting(record, 1);
}

void Recorder::exclusions_known(std::int32_t number, std::span<const Exclusion> by_partition) {
  Books& books = impl_->books;
  if (number != static_cast<std::int32_t>(books.exclusions.size())) {
    books.fault.raise("exclusions number {} were told, but {} are known", number, books.exclusions.size());
    return;
  }
  books.exclusions.emplace_back(by_partition.begin(), by_partition.end());
}

void Recorder::job_brokered(JobIndex job, const Decision& decision, units::Seconds now) {
  if (!impl_->advance(now)) return;
  Books& books = impl_->books;
  if (!books.jobs.decide(job, decision)) return;
}

void Recorder::job_moulded(JobIndex job, std::int64_t accelerators, units::Seconds runtime, units::Seconds walltime) {
  static_cast<void>(impl_->books.jobs.mould(job, accelerators, runtime, walltime));
}

void Recorder::job_queued(JobIndex job, Place place, units::Seconds now) {
  if (!impl_->advance(now) || !impl_->check_place(job, place)) return;
  Books& books = impl_->books;
  const std::int32_t before = books.jobs.site_of(job);
  if (!books.jobs.queue(job, place) || before == place.site) return;
  impl_->change_site_queue(books.jobs[job], before, -1);
  impl_->change_site_queue(books.jobs[job], place.site, 1);
}

void Recorder::job_started(JobIndex job, Place place, std::span<const PodShare> pods, units::Seconds now) {
  if (!impl_->advance(now) || !impl_->check_place(job, place)) return;
  Books& books = impl_->books;
  // A start without a broker's word implies it.
  if (books.jobs.waits_unplaced(job)) job_queued(job, place, now);
  if (!books.jobs.start(job, place, pods, now)) return;
  const JobRecord& record = books.jobs[job];
  books.machines.hold(place, pods, 1, books.now, JobBook::idle_part(record));
  impl_->change_reserves(record, record.held);
  impl_->leave_queues(record);
  impl_->change_load(books.jobs[job], 1);
}

void Recorder::job_ended(JobIndex job, Outcome outcome, units::Seconds now) {
  if (!impl_->advance(now)) return;
  Books& books = impl_->books;
  if (!books.jobs.end(job, outcome, now)) return;
  const JobRecord& record = books.jobs[job];
  if (books.machines.at(record.place).machine->wipe > units::Seconds{0}) {
    books.machines.fall_idle(record.place, record.accelerators, books.now);
  } else {
    impl_->give_back(job, JobBook::idle_part(record));
  }
  impl_->change_load(record, -1);
}

void Recorder::wipe_ended(JobIndex job, units::Seconds now) {
  if (!impl_->advance(now)) return;
  Books& books = impl_->books;
  if (books.jobs.wipe(job, now)) impl_->give_back(job, books.jobs[job].held);
}

void Recorder::job_preempted(JobIndex job, units::Seconds lost, units::Seconds now) {
  if (!impl_->advance(now)) return;
  Books& books = impl_->books;
  if (!books.jobs.preempt(job, lost, now)) return;
  impl_->stop(job);
  if (!books.window.contains(books.now)) return;
  const JobRecord& record = books.jobs[job];
  const bool is_replica = books.scenario.workload.streams[static_cast<std::size_t>(record.stream)].service >= 0;
  if (is_replica) return;  // what it has answered stays answered
  // Of what it did last, so much is undone; the rest of the loss is the cost of its restart, which it holds then.
  const units::Seconds undone = std::min(lost, now - record.resumed);
  const Wide ticks =
      static_cast<Wide>(record.accelerators) *
      (books.window.overlap(units::to_ticks(now - undone), units::to_ticks(now)) + units::to_ticks(lost - undone));
  books.groups.for_each(record.stream, record.origin, record.place.site,
                        [&](std::size_t group) { books.reliability.preempt(group, ticks); });
}

void Recorder::job_interrupted(JobIndex job, workload::FailureCause cause, units::Seconds lost, units::Seconds now) {
  if (!impl_->advance(now)) return;
  Books& books = impl_->books;
  if (!books.jobs.interrupt(job, lost, now)) return;
  impl_->stop(job);
  if (!books.window.contains(books.now)) return;
  const JobRecord& record = books.jobs[job];
  // What was done last is what is lost; of what was done in the warm-up nothing belongs to the period.
  const Wide ticks =
      static_cast<Wide>(record.accelerators) * books.window.overlap(units::to_ticks(now - lost), units::to_ticks(now));
  books.groups.for_each(record.stream, record.origin, record.place.site,
                        [&](std::size_t group) { books.reliability.interrupt(group, cause, ticks); });
}

void Recorder::job_set_back(JobIndex job, units::Seconds lost, units::Seconds now) {
  if (!impl_->advance(now)) return;
  static_cast<void>(impl_->books.jobs.set_back(job, lost));
}

void Recorder::job_spent(JobIndex job, Spent on, units::Seconds since, units::Seconds until, units::Seconds now) {
  if (!impl_->advance(now)) return;
  Books& books = impl_->books;
  if (!books.jobs.delay(job, until - since)) return;
  const JobRecord& record = books.jobs[job];
  const Wide ticks =
      static_cast<Wide>(record.accelerators) * books.window.overlap(units::to_ticks(since), units::to_ticks(until));
  books.groups.for_each(record.stream, record.origin, record.place.site,
                        [&](std::size_t group) { books.reliability.spend(group, on, ticks); });
}

void Recorder::nodes_down(Place place, std::int64_t accelerators, units::Seconds now) {
  if (!impl_->advance(now) || !impl_->check_place(0, place)) return;
  Books& books = impl_->books;
  books.reliability.set_down(books.machines.index(place), accelerators, books.now, books.window);
}

void Recorder::job_left(JobIndex job, units::Seconds now) {
  if (!impl_->advance(now)) return;
  Books& books = impl_->books;
  if (books.jobs.leave(job, now)) impl_->leave_queues(books.jobs[job]);
}

void Recorder::job_refused(JobIndex job, std::string_view reason, units::Seconds now) {
  if (!impl_->advance(now)) return;
  Books& books = impl_->books;
  const std::int32_t site = books.jobs.site_of(job);
  if (!books.jobs.refuse(job)) return;
  ++books.refused[std::string{reason}];
  books.jobs[job].refusal = number_of(reason, books.refusal_reasons);
  books.jobs[job].out_of_budget = reason == kOverBudget || reason == kAllocationOver;
  impl_->change_waiting(books.jobs[job], -1);
  impl_->change_site_queue(books.jobs[job], site, -1);
}

void Recorder::capacity_changed(Place place, std::int64_t accelerators_online, units::Seconds now) {
  if (!impl_->advance(now)) return;
  Books& books = impl_->books;
  if (!books.machines.known(place)) {
    books.fault.raise("the capacity of partition {} of site {} changed, which does not exist", place.partition,
                      place.site);
    return;
  }
  const PartitionBook& book = books.machines.at(place);
  const std::int64_t by = accelerators_online - book.online.value();
  books.machines.set_online(place, accelerators_online, books.now);
  books.reserves.change(books.machines.index(place), -1, 0, books.now);
  impl_->change_power(Groups::kNetwork, by * book.facility.idle);
  impl_->change_power(books.groups.of_site(place.site), by * book.facility.idle);
  books.hourly[static_cast<std::size_t>(place.site)].change({.online = by, .it_microwatts = by * book.it.idle},
                                                            books.now);
}

void Recorder::requests_answered(const ServiceStretch& stretch) {
  if (impl_->advance(stretch.to)) impl_->books.services.add(stretch, impl_->books.window);
}

void Recorder::replicas_idle(std::int32_t stream, Place place, std::int64_t hundredths, units::Seconds now) {
  if (!impl_->advance(now)) return;
  Books& books = impl_->books;
  Ledger& idle = books.replicas_idle[{stream, books.machines.index(place)}];
  const std::int64_t before = idle.value();
  idle.change(hundredths - before, books.now, books.window);
  books.machines.ease(place, hundredths - before, books.now);
  impl_->change_idle_power(stream, place, before, hundredths);
}

void Recorder::run_ended(units::Seconds now, bool interrupted) {
  if (!impl_->advance(now)) return;
  Books& books = impl_->books;
  books.interrupted = interrupted;
  while (books.quarters.next_end() != kForever) impl_->close_quarter(books.now);  // of a run that was stopped
  impl_->settle_all();
  books.window.end = std::min(books.window.end, books.now);
  books.window.begin = std::min(books.window.begin, books.now);
  books.ended = true;
}

Results Recorder::results(const std::vector<workload::ImportReport>& imports,
                          const std::vector<workload::StreamPlan>& plans,
                          const std::vector<workload::Project>& projects) {
  Books& books = impl_->books;
  if (impl_->taken) throw std::logic_error("the results of a run can be taken once");
  if (!books.ended) books.fault.raise("the end of the run was not told");
  if (!books.fault.raised()) check_conservation(books);
  if (books.fault.raised()) throw ConservationError(books.fault.message());
  impl_->taken = true;
  Results results = fold(books, plans, projects);
  results.imports = imports;
  return results;
}

}  // namespace gigasim::metrics
