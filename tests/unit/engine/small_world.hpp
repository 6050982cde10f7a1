#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "gigasim/engine/run.hpp"

/// Hand-made scenarios, jobs and a recorder of what the engine tells, for tests.
namespace gigasim::test {

inline scenario::Partition partition(std::int64_t count, std::int64_t pod) {
  scenario::Partition p;
  p.name = "p";
  p.accelerator = "H100-SXM-80";
  p.count = count;
  p.pod = pod;
  p.idle_power = units::Watts{100};
  p.full_power = units::Watts{900};
  return p;
}

inline scenario::Site site(const std::string& name, const std::vector<scenario::Partition>& partitions,
                           const std::string& country = "FR") {
  scenario::Site s;
  s.name = s.title = name;
  s.country = country;
  s.location = {48.6, 2.2};
  s.partitions = partitions;
  for (std::size_t i = 0; i < partitions.size(); ++i)
    s.partitions[i].name.push_back(static_cast<char>(static_cast<int>('0') + static_cast<int>(i)));
  s.spine_bandwidth = units::BytesPerSecond{1e12};
  s.storage_bandwidth = units::BytesPerSecond{1e12};
  s.storage_capacity = units::Bytes{1e15};
  s.wan_access = units::BytesPerSecond{5e10};
  s.wan_attach = "nren_fr";
  return s;
}

inline scenario::Scenario world(const std::vector<scenario::Site>& sites) {
  scenario::Scenario s;
  s.name = "test";
  s.period.start = {1'800'000'000};
  s.period.until_drained = true;
  s.sites = sites;
  s.workload.streams.resize(1);
  s.workload.streams[0].name = "jobs";
  s.workload.origin_places = {{"DE", {50.1167, 8.6833}}, {"FR", {48.8534, 2.3488}}};  // of the origins of ListedJobs
  return s;
}

/// Jobs from a list, which must be in order of submit time.
class ListedJobs final : public workload::JobSource {
 public:
  explicit ListedJobs(std::vector<workload::Job> jobs) : jobs_(std::move(jobs)) {}
  std::optional<workload::Job> next() override {
    return next_ < jobs_.size() ? std::optional{jobs_[next_++]} : std::nullopt;
  }
  const std::vector<std::string>& origins() const override { return origins_; }
  const std::vector<workload::ImportReport>& imports() const override { return imports_; }
  const std::vector<workload::StreamPlan>& plans() const override { return plans_; }

 private:
  std::vector<workload::Job> jobs_;
  std::size_t next_ = 0;
  std::vector<std::string> origins_{"FR", "DE"};
  std::vector<workload::ImportReport> imports_;
  std::vector<workload::StreamPlan> plans_;
};

inline workload::Job job(double submit, std::int64_t accelerators, double runtime, double walltime) {
  workload::Job j;
  j.accelerators = accelerators;
  j.submit = units::Seconds{submit};
  j.runtime = units::Seconds{runtime};
  j.walltime = units::Seconds{walltime};
  return j;
}

inline workload::Job in_stream(std::int32_t stream, workload::Job j) {
  j.stream = stream;
  return j;
}

/// What became of each job.
struct Fate {
  double start = -1, end = -1;
  int site = -1;
  std::vector<metrics::PodShare> pods;
  std::string outcome = "waiting";
};

class Witness final : public metrics::Observer {
 public:
  std::map<metrics::JobIndex, Fate> fate;
  std::vector<std::string> story;                  ///< "start 3 @ 10"
  std::vector<metrics::AnsweredRequest> answered;  ///< of services whose requests are looked at one by one
  double ended_at = -1;

  void job_submitted(metrics::JobIndex job, const workload::Job&, units::Seconds now) override {
    tell("submit", job, now);
  }
  void job_queued(metrics::JobIndex job, metrics::Place place, units::Seconds) override { fate[job].site = place.site; }
  void job_started(metrics::JobIndex job, metrics::Place place, std::span<const metrics::PodShare> pods,
                   units::Seconds now) override {
    fate[job].start = now.in_base_units();
    fate[job].site = place.site;
    fate[job].pods.assign(pods.begin(), pods.end());
    fate[job].outcome = "running";
    tell("start", job, now);
  }
  void job_ended(metrics::JobIndex job, metrics::Outcome outcome, units::Seconds now) override {
    fate[job].end = now.in_base_units();
    fate[job].outcome = outcome == metrics::Outcome::kKilled ? "killed" : "finished";
    tell("end", job, now);
  }
  void job_preempted(metrics::JobIndex job, units::Seconds, units::Seconds now) override {
    fate[job].outcome = "preempted";
    tell("preempt", job, now);
  }
  void job_left(metrics::JobIndex job, units::Seconds now) override {
    fate[job].end = now.in_base_units();
    fate[job].outcome = "left";
    tell("leave", job, now);
  }
  void wipe_ended(metrics::JobIndex job, units::Seconds now) override { tell("wiped", job, now); }
  void job_refused(metrics::JobIndex job, std::string_view reason, units::Seconds) override {
    fate[job].outcome = reason;
  }
  void capacity_changed(metrics::Place, std::int64_t, units::Seconds) override {}
  void requests_answered(const metrics::ServiceStretch& stretch) override {
    answered.insert(answered.end(), stretch.one_by_one.begin(), stretch.one_by_one.end());
  }
  void run_ended(units::Seconds now, bool) override { ended_at = now.in_base_units(); }

 private:
  void tell(const std::string& what, metrics::JobIndex job, units::Seconds now) {
    story.push_back(what + " " + std::to_string(job) + " @ " + std::to_string(static_cast<long>(now.in_base_units())));
  }
};

inline Witness simulate(const scenario::Scenario& scenario, std::vector<workload::Job> jobs,
                        const engine::RunOptions& options = {}) {
  ListedJobs source(std::move(jobs));
  Witness witness;
  engine::run(scenario, source, witness, options);
  return witness;
}

}  // namespace gigasim::test
