#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "small_world.hpp"

namespace gigasim::test {

/// Notes what phases and failures do.
class FailureWitness final : public metrics::Observer {
 public:
  struct Line {
    std::string what;
    metrics::JobIndex job;
    double from, to;
    bool operator==(const Line&) const = default;
  };
  std::vector<Line> lines;
  std::vector<std::int64_t> down;
  std::map<metrics::JobIndex, std::vector<double>> starts;
  std::map<metrics::JobIndex, double> ends;

  void job_submitted(metrics::JobIndex, const workload::Job&, units::Seconds) override {}
  void job_queued(metrics::JobIndex, metrics::Place, units::Seconds) override {}
  void job_started(metrics::JobIndex job, metrics::Place, std::span<const metrics::PodShare>,
                   units::Seconds now) override {
    starts[job].push_back(now.in_base_units());
  }
  void job_ended(metrics::JobIndex job, metrics::Outcome, units::Seconds now) override {
    ends[job] = now.in_base_units();
  }
  void job_preempted(metrics::JobIndex job, units::Seconds lost, units::Seconds now) override {
    lines.push_back({"preempted", job, now.in_base_units(), lost.in_base_units()});
  }
  void job_interrupted(metrics::JobIndex job, workload::FailureCause, units::Seconds lost,
                       units::Seconds now) override {
    lines.push_back({"interrupted", job, now.in_base_units(), lost.in_base_units()});
  }
  void job_spent(metrics::JobIndex job, metrics::Spent on, units::Seconds since, units::Seconds until,
                 units::Seconds) override {
    const char* const names[] = {"restart", "load", "checkpoint"};
    lines.push_back({names[static_cast<int>(on)], job, since.in_base_units(), until.in_base_units()});
  }
  void nodes_down(metrics::Place, std::int64_t accelerators, units::Seconds) override { down.push_back(accelerators); }
  void job_left(metrics::JobIndex, units::Seconds) override {}
  void wipe_ended(metrics::JobIndex, units::Seconds) override {}
  void job_refused(metrics::JobIndex, std::string_view, units::Seconds) override {}
  void capacity_changed(metrics::Place, std::int64_t, units::Seconds) override {}
  void run_ended(units::Seconds, bool) override {}
};

inline FailureWitness witnessed(const scenario::Scenario& s, std::vector<workload::Job> jobs) {
  ListedJobs source(std::move(jobs));
  FailureWitness witness;
  engine::run(s, source, witness);
  return witness;
}

}  // namespace gigasim::test
