#include "followers.hpp"

#include <optional>

#include "class_law.hpp"
#include "demand.hpp"
#include "discrete_law.hpp"
#include "impatient_stream.hpp"
#include "random_stream.hpp"
#include "walltime.hpp"

namespace gigasim::workload {
namespace {

std::vector<double> weights_of(const Mix& mix) {
  std::vector<double> weights;
  for (const ClassLaw& law : mix) weights.push_back(law.weight());
  return weights;
}

/// The jobs of a stream without arrivals, without end; random numbers as those of other streams.
class FollowingJobs final : public JobStream {
 public:
  FollowingJobs(const scenario::Scenario& scenario, const scenario::Stream& stream)
      : mix_(make_mix(stream)),
        choice_(weights_of(mix_)),
        walltime_(stream.walltime),
        classes_(scenario.seed, stream.name, "classes"),
        sizes_(scenario.seed, stream.name, "sizes"),
        durations_(scenario.seed, stream.name, "durations"),
        outcomes_(scenario.seed, stream.name, "outcomes"),
        walltimes_(scenario.seed, stream.name, "walltimes") {}

  [[nodiscard]] std::optional<Job> next() override {
    const std::size_t job_class = choice_.draw(classes_);
    const ClassLaw& law = mix_[job_class];
    Job job;
    job.job_class = static_cast<std::int32_t>(job_class);
    job.accelerators = law.draw_accelerators(sizes_);
    job.runtime = law.draw_runtime(durations_);
    job.ending = law.draw_ending(outcomes_, job.accelerators, job.runtime);
    const Request request = walltime_.draw_request(walltimes_, job.runtime);
    job.walltime = request.walltime;
    job.estimate = request.estimate;
    return job;
  }

 private:
  Mix mix_;
  DiscreteLaw choice_;
  WalltimeLaw walltime_;
  RandomStream classes_, sizes_, durations_, outcomes_, walltimes_;
};

}  // namespace

Followers::Followers(const scenario::Scenario& scenario) {
  for (std::size_t i = 0; i < scenario.workload.streams.size(); ++i) {
    const scenario::Stream& stream = scenario.workload.streams[i];
    if (!stream.after) continue;
    std::unique_ptr<JobStream> jobs = std::make_unique<FollowingJobs>(scenario, stream);
    if (stream.patience) jobs = with_patience(std::move(jobs), *stream.patience, scenario.seed, stream.name);
    streams_.push_back({static_cast<std::int32_t>(i), stream.after->stream, std::move(jobs)});
  }
}

void Followers::follow(Job& job, std::deque<Job>& jobs) {
  for (const Stream& stream : streams_) {
    if (stream.after != job.stream) continue;
    job.leads = true;
    Job next = *stream.jobs->next();
    next.number = job.number;
    next.stream = stream.index;
    next.origin = job.origin;
    next.user = job.user;
    next.account = job.account;
    next.project = job.project;
    next.submit = job.submit;
    next.after_stream = job.stream;
    next.after = job.number;
    const std::size_t place = jobs.size();
    jobs.push_back(next);
    Job marked = next;
    follow(marked, jobs);
    jobs[place] = marked;
  }
}

void Followers::plan(const scenario::Scenario& scenario, std::vector<StreamPlan>& plans) const {
  for (const Stream& follower : streams_) {
    const auto& streams = scenario.workload.streams;
    auto root = static_cast<std::size_t>(follower.index);
    while (streams[root].after) root = static_cast<std::size_t>(streams[root].after->stream);
    const auto index = static_cast<std::size_t>(follower.index);
    plans[index] = make_plan(streams[index], make_mix(streams[index]), plans[root].jobs_per_hour / 3600.0);
  }
}

}  // namespace gigasim::workload
