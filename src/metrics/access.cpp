#include "access.hpp"

#include <algorithm>

#include "distribution.hpp"

namespace gigasim::metrics {
namespace {

struct Samples {
  std::vector<Sample> onboarding, access;
  double decisions = 0.0;  // seconds
  Ticks used = 0;          // accelerator-ticks, by projects with a budget
};

/// The first job of each project in the job table that its budget covers; null for a project without any.
std::vector<const JobRecord*> first_jobs(const Books& books, std::size_t num_projects) {
  std::vector<const JobRecord*> first(num_projects, nullptr);
  for (const JobRecord& job : books.jobs.jobs()) {
    if (job.project < 0 || job.out_of_budget) continue;
    const JobRecord*& of_project = first[static_cast<std::size_t>(job.project)];
    if (of_project == nullptr) of_project = &job;
  }
  return first;
}

/// Accelerator-ticks that the jobs of each project have had by the end of the run.
std::vector<Ticks> used_ticks(const Books& books, std::size_t num_projects) {
  std::vector<Ticks> used(num_projects, 0);
  for (const JobRecord& job : books.jobs.jobs()) {
    if (job.project < 0 || !job.start) continue;
    used[static_cast<std::size_t>(job.project)] += job.accelerators * ran_ticks(job, books.now);
  }
  return used;
}

/// What a project was granted, once it is on board.
std::optional<double> budget_of(const workload::Project& project, const Books& books) {
  const auto& terms = books.scenario.workload.streams[static_cast<std::size_t>(project.stream)].projects;
  if (!terms || !project.onboarded || *project.onboarded > units::from_ticks(books.now)) return std::nullopt;
  return terms->budget_accelerator_hours;
}

Sample onboarding_of(const workload::Project& project, units::Seconds now) {
  const bool done = project.onboarded && *project.onboarded <= now;
  const units::Seconds until = done ? *project.onboarded : std::max(now, project.decided);
  return {(until - project.decided).in_base_units(), 1, !done};
}

Sample access_of(const workload::Project& project, const JobRecord* first_job, units::Seconds now) {
  const bool started = first_job != nullptr && first_job->start;
  const bool left = first_job != nullptr && !started && first_job->end;  // its patience was over
  const units::Seconds until = started ? *first_job->start : (left ? *first_job->end : now);
  return {(until - project.applied).in_base_units(), 1, !started};
}

/// Whether a project applied in the results period. That of a drained run begins with the first job that is submitted
/// and ends with the last one: those who wait for access applied before, and count all the same.
bool counts(Ticks applied, const Books& books) {
  const scenario::Period& period = books.scenario.period;
  if (!period.until_drained) return books.window.contains(applied);
  return applied >= units::to_ticks(period.warm_up) && applied <= books.now;
}

Distribution distribution_of(std::vector<Sample>& samples) {
  std::stable_sort(samples.begin(), samples.end(), [](const Sample& a, const Sample& b) { return a.value < b.value; });
  return describe(samples);
}

}  // namespace

std::vector<GroupAccess> describe_access(const Books& books, const std::vector<workload::Project>& projects) {
  std::vector<GroupAccess> result(books.groups.all().size());
  if (projects.empty()) return result;
  std::vector<Samples> samples(result.size());
  const units::Seconds now = units::from_ticks(books.now);
  const std::vector<const JobRecord*> first = first_jobs(books, projects.size());
  const std::vector<Ticks> used = used_ticks(books, projects.size());
  for (std::size_t p = 0; p < projects.size(); ++p) {
    const workload::Project& project = projects[p];
    const Ticks applied = units::to_ticks(project.applied);
    if (!counts(applied, books)) continue;
    const Sample onboarding = onboarding_of(project, now);
    const Sample access = access_of(project, first[p], now);
    const std::optional<double> budget = budget_of(project, books);
    const auto add = [&](std::size_t group) {
      ++result[group].projects;
      result[group].waiting += onboarding.censored ? 1 : 0;
      samples[group].decisions += (project.decided - project.applied).in_base_units();
      samples[group].onboarding.push_back(onboarding);
      samples[group].access.push_back(access);
      if (!budget) return;
      ++result[group].granted.projects;
      result[group].granted.budget += *budget;
      samples[group].used += used[p];
    };
    books.groups.for_each(project.stream, project.origin, project.site, add);
    books.groups.for_each_of_quarter(books.groups.quarter_at(applied), add);
  }
  for (std::size_t g = 0; g < result.size(); ++g) {
    if (result[g].projects == 0) continue;
    result[g].granted.used = to_hours(static_cast<double>(samples[g].used));
    result[g].decision_s = {result[g].projects, samples[g].decisions / static_cast<double>(result[g].projects)};
    result[g].onboarding_s = distribution_of(samples[g].onboarding);
    result[g].time_to_access_s = distribution_of(samples[g].access);
  }
  return result;
}

}  // namespace gigasim::metrics
