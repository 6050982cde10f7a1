#pragma once

#include <string>
#include <vector>

#include "gigasim/metrics/recorder.hpp"

/// A run told by hand: the observer's calls without an engine.
namespace gigasim::metrics::script {

inline constexpr double kHour = 3600.0;  // seconds

/// A site with one partition.
struct Machine {
  std::int64_t count = 10;
  std::int64_t pod = 10;
  double idle_w = 0.0, full_w = 0.0;
  double pue = 1.0;
  double h100_equivalent = 1.0;
};

/// Sites "s0", "s1", ...; one stream "all"; results cover [warm_up, warm_up + length) seconds.
[[nodiscard]] scenario::Scenario scenario_of(const std::vector<Machine>& machines, double length_s,
                                             double warm_up_s = 0.0);

struct JobSpec {
  std::int64_t accelerators = 1;
  double runtime_s = 3600.0;
  double walltime_s = 7200.0;
  std::int32_t stream = 0;
  std::int32_t origin = -1;
  workload::Ending ending = workload::Ending::kCompleted;
  std::int32_t project = -1;
};

/// Tells a recorder what happens; every call is one event at a time in seconds. Within an instant the
/// planned starts and ends come before the other calls.
class Script {
 public:
  explicit Script(scenario::Scenario scenario, std::vector<std::string> origins = {});

  /// Submits a job and returns its index.
  JobIndex submit(double at, const JobSpec& job = {});
  void queue(double at, JobIndex job, std::int32_t site = 0);
  /// Starts a job in pod 0 of a site's partition.
  void start(double at, JobIndex job, std::int32_t site = 0);
  void start_in(double at, JobIndex job, Place place, const std::vector<PodShare>& pods);
  void finish(double at, JobIndex job);
  void kill(double at, JobIndex job);
  void refuse(double at, JobIndex job, const std::string& reason = "larger than any site");
  void leave(double at, JobIndex job);
  void wipe(double at, JobIndex job);
  void online(double at, std::int64_t accelerators, std::int32_t site = 0);
  /// Submits and queues a job at one site now; its start and end are told when their time comes.
  JobIndex run(double submit_at, double start_at, double end_at, const JobSpec& job = {}, std::int32_t site = 0);
  /// Ends the run and returns its results.
  Results end(double at, bool interrupted = false, const std::vector<workload::StreamPlan>& plans = {},
              const std::vector<workload::Project>& projects = {});

  Recorder& recorder() { return recorder_; }

 private:
  struct Planned {
    double at;
    bool is_start;
    JobIndex job;
    std::int32_t site;
  };
  void tell_planned_until(double at);

  Recorder recorder_;
  std::vector<std::int64_t> accelerators_;
  std::vector<Planned> planned_;  ///< in order of time
};

/// The block called `name`; fails the test when there is none.
[[nodiscard]] const Block& block(const std::vector<Block>& blocks, const std::string& name);

}  // namespace gigasim::metrics::script
