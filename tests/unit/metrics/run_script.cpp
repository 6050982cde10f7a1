#include "run_script.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

namespace gigasim::metrics::script {

using units::Seconds;

scenario::Scenario scenario_of(const std::vector<Machine>& machines, double length_s, double warm_up_s) {
  scenario::Scenario scenario;
  scenario.period.length = Seconds{length_s};
  scenario.period.warm_up = Seconds{warm_up_s};
  for (const Machine& machine : machines) {
    scenario::Partition partition;
    partition.name = "booster";
    partition.count = machine.count;
    partition.pod = machine.pod;
    partition.idle_power = units::Watts{machine.idle_w};
    partition.full_power = units::Watts{machine.full_w};
    partition.h100_equivalent = machine.h100_equivalent;
    scenario::Site site;
    site.name = "s";
    site.name += std::to_string(scenario.sites.size());
    site.pue = machine.pue;
    site.partitions.push_back(partition);
    scenario.sites.push_back(site);
  }
  scenario::Stream stream;
  stream.name = "all";
  scenario.workload.streams.push_back(stream);
  return scenario;
}

Script::Script(scenario::Scenario scenario, std::vector<std::string> origins)
    : recorder_(scenario, std::move(origins)) {
  for (std::size_t s = 0; s < scenario.sites.size(); ++s) {
    for (std::size_t p = 0; p < scenario.sites[s].partitions.size(); ++p) {
      recorder_.capacity_changed({static_cast<std::int32_t>(s), static_cast<std::int32_t>(p)},
                                 scenario.sites[s].partitions[p].count, Seconds{0.0});
    }
  }
}

JobIndex Script::submit(double at, const JobSpec& spec) {
  tell_planned_until(at);
  workload::Job job;
  job.number = static_cast<std::int64_t>(accelerators_.size()) + 1;
  job.stream = spec.stream;
  job.origin = spec.origin;
  job.ending = spec.ending;
  job.project = spec.project;
  job.accelerators = spec.accelerators;
  job.submit = Seconds{at};
  job.runtime = Seconds{spec.runtime_s};
  job.walltime = Seconds{spec.walltime_s};
  const auto index = static_cast<JobIndex>(accelerators_.size());
  accelerators_.push_back(spec.accelerators);
  recorder_.job_submitted(index, job, Seconds{at});
  return index;
}

void Script::queue(double at, JobIndex job, std::int32_t site) {
  tell_planned_until(at);
  recorder_.job_queued(job, {site, 0}, Seconds{at});
}

void Script::start(double at, JobIndex job, std::int32_t site) {
  start_in(at, job, {site, 0}, {{0, accelerators_.at(static_cast<std::size_t>(job))}});
}

void Script::start_in(double at, JobIndex job, Place place, const std::vector<PodShare>& pods) {
  tell_planned_until(at);
  recorder_.job_started(job, place, pods, Seconds{at});
}

void Script::finish(double at, JobIndex job) {
  tell_planned_until(at);
  recorder_.job_ended(job, Outcome::kFinished, Seconds{at});
}

void Script::kill(double at, JobIndex job) {
  tell_planned_until(at);
  recorder_.job_ended(job, Outcome::kKilled, Seconds{at});
}

void Script::refuse(double at, JobIndex job, const std::string& reason) {
  tell_planned_until(at);
  recorder_.job_refused(job, reason, Seconds{at});
}

void Script::leave(double at, JobIndex job) {
  tell_planned_until(at);
  recorder_.job_left(job, Seconds{at});
}

void Script::wipe(double at, JobIndex job) {
  tell_planned_until(at);
  recorder_.wipe_ended(job, Seconds{at});
}

void Script::online(double at, std::int64_t accelerators, std::int32_t site) {
  tell_planned_until(at);
  recorder_.capacity_changed({site, 0}, accelerators, Seconds{at});
}

JobIndex Script::run(double submit_at, double start_at, double end_at, const JobSpec& spec, std::int32_t site) {
  const JobIndex job = submit(submit_at, spec);
  queue(submit_at, job, site);
  planned_.push_back({start_at, true, job, site});
  planned_.push_back({end_at, false, job, site});
  std::stable_sort(planned_.begin(), planned_.end(), [](const Planned& a, const Planned& b) { return a.at < b.at; });
  return job;
}

void Script::tell_planned_until(double at) {
  while (!planned_.empty() && planned_.front().at <= at) {
    const Planned next = planned_.front();
    planned_.erase(planned_.begin());  // first: telling it looks for what is planned before it
    if (next.is_start) {
      start(next.at, next.job, next.site);
    } else {
      finish(next.at, next.job);
    }
  }
}

Results Script::end(double at, bool interrupted, const std::vector<workload::StreamPlan>& plans,
                    const std::vector<workload::Project>& projects) {
  tell_planned_until(at);
  recorder_.run_ended(Seconds{at}, interrupted);
  return recorder_.results({}, plans, projects);
}

const Block& block(const std::vector<Block>& blocks, const std::string& name) {
  const auto found = std::find_if(blocks.begin(), blocks.end(), [&](const Block& b) { return b.name == name; });
  if (found == blocks.end()) FAIL("no block " << name);
  return *found;
}

}  // namespace gigasim::metrics::script
