#include <deque>
#include <set>
#include <utility>

#include "followers.hpp"
#include "gigasim/scenario/load.hpp"
#include "gigasim/workload/source.hpp"
#include "impatient_stream.hpp"
#include "import_log.hpp"
#include "merge.hpp"
#include "project_gate.hpp"
#include "synthetic_stream.hpp"

namespace gigasim::workload {
namespace {

std::vector<std::string> all_origins(const scenario::Workload& workload) {
  std::set<std::string> codes;
  for (const scenario::Stream& stream : workload.streams) {
    for (const auto& [code, weight] : stream.origin) codes.insert(code);
  }
  return {codes.begin(), codes.end()};
}

/// The jobs of a log, read whole.
class LoggedJobs final : public JobStream {
 public:
  explicit LoggedJobs(std::vector<Job> jobs) : jobs_(std::move(jobs)) {}
  [[nodiscard]] std::optional<Job> next() override {
    return next_ < jobs_.size() ? std::optional{jobs_[next_++]} : std::nullopt;
  }

 private:
  std::vector<Job> jobs_;
  std::size_t next_ = 0;
};

class Streams final : public JobSource {
 public:
  explicit Streams(const scenario::Scenario& scenario) : origins_(all_origins(scenario.workload)) {
    std::vector<std::unique_ptr<JobStream>> streams;
    std::vector<std::string> errors;
    for (std::size_t i = 0; i < scenario.workload.streams.size(); ++i) {
      if (scenario.workload.streams[i].service >= 0) {
        streams.push_back(std::make_unique<LoggedJobs>(std::vector<Job>{}));  // the autoscaler makes its jobs
        continue;
      }
      if (scenario.workload.streams[i].after) {
        streams.push_back(std::make_unique<LoggedJobs>(std::vector<Job>{}));  // its jobs follow those of another one
        plans_.emplace_back().stream = scenario.workload.streams[i].name;
        continue;
      }
      try {
        streams.push_back(open(scenario, i));
        const scenario::Stream& stream = scenario.workload.streams[i];
        if (!stream.patience) continue;
        streams.back() = with_patience(std::move(streams.back()), *stream.patience, scenario.seed, stream.name);
      } catch (const scenario::ScenarioError& error) {
        errors.insert(errors.end(), error.messages().begin(), error.messages().end());
      }
    }
    if (!errors.empty()) throw scenario::ScenarioError{std::move(errors)};
    followers_ = Followers{scenario};
    followers_.plan(scenario, plans_);
    gate_ = ProjectGate{scenario, origins_, Merge{std::move(streams)}};
  }

  [[nodiscard]] std::optional<Job> next() override {
    if (following_.empty()) {
      std::optional<Job> job = gate_.next();
      if (!job || followers_.empty()) return job;
      following_.emplace_back();
      followers_.follow(*job, following_);
      following_.front() = *job;
    }
    const Job job = following_.front();
    following_.pop_front();
    return job;
  }
  [[nodiscard]] const std::vector<std::string>& origins() const override { return origins_; }
  [[nodiscard]] const std::vector<ImportReport>& imports() const override { return imports_; }
  [[nodiscard]] const std::vector<StreamPlan>& plans() const override { return plans_; }
  [[nodiscard]] const std::vector<Project>& projects() const override { return gate_.projects(); }

 private:
  std::unique_ptr<JobStream> open(const scenario::Scenario& scenario, std::size_t index) {
    const scenario::Stream& stream = scenario.workload.streams[index];
    if (!stream.trace) {
      SyntheticStream synthetic = open_synthetic(scenario, index, origins_);
      plans_.push_back(std::move(synthetic.plan));
      return std::move(synthetic.jobs);
    }
    ImportedLog log = import_log(*stream.trace, import_rules(scenario, index));
    imports_.push_back(std::move(log.report));
    StreamPlan plan;
    plan.stream = stream.name;
    plans_.push_back(std::move(plan));
    return std::make_unique<LoggedJobs>(std::move(log.jobs));
  }

  std::vector<std::string> origins_;
  std::vector<ImportReport> imports_;
  std::vector<StreamPlan> plans_;
  ProjectGate gate_;
  Followers followers_;
  std::deque<Job> following_;  // the job that was pulled last, and those that come after it
};

}  // namespace

std::unique_ptr<JobSource> open_streams(const scenario::Scenario& scenario) {
  return std::make_unique<Streams>(scenario);
}

}  // namespace gigasim::workload
