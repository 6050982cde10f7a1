#include "project_gate.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "gigasim/units/geo.hpp"
#include "gigasim/units/grid.hpp"

namespace gigasim::workload {
namespace {

constexpr units::Seconds kNever{std::numeric_limits<double>::infinity()};

/// The site whose staff helps the users of a country: the nearest of its own, else the nearest of all.
std::int32_t nearest_site(const scenario::Scenario& scenario, const std::string& country) {
  const auto users = scenario.workload.origin_places.find(country);
  std::int32_t nearest = -1;
  std::tuple<bool, double> best;
  for (std::size_t s = 0; s < scenario.sites.size(); ++s) {
    const scenario::Site& site = scenario.sites[s];
    const bool known = users != scenario.workload.origin_places.end();
    const std::tuple rank{site.country != country, known ? units::great_circle_km(users->second, site.location) : 0.0};
    if (nearest >= 0 && rank >= best) continue;
    nearest = static_cast<std::int32_t>(s);
    best = rank;
  }
  return nearest;
}

}  // namespace

ProjectGate::ProjectGate(const scenario::Scenario& scenario, const std::vector<std::string>& origins, Merge jobs)
    : scenario_(&scenario), jobs_(std::move(jobs)), staff_free_(scenario.sites.size(), -kNever) {
  for (const std::string& country : origins) site_of_origin_.push_back(nearest_site(scenario, country));
  site_of_origin_.push_back(nearest_site(scenario, ""));
  arriving_ = jobs_.next();
}

std::optional<Job> ProjectGate::next() {
  for (;;) {
    const units::Seconds arrival = next_arrival();
    const units::Seconds decision = next_decision();
    if (!released_.empty() && released_.top().at <= std::min(arrival, decision)) break;
    if (decision <= arrival && decision < kNever) {
      decide();
    } else if (arriving_) {
      arrive();
    } else {
      return std::nullopt;
    }
  }
  Job job = released_.top().job;
  job.submit = released_.top().at;
  released_.pop();
  return job;
}

units::Seconds ProjectGate::next_arrival() const {
  return arriving_ ? arriving_->submit : kNever;
}

units::Seconds ProjectGate::next_decision() const {
  return decisions_.empty() ? kNever : decisions_.top().first;
}

void ProjectGate::arrive() {
  Job job = *arriving_;
  arriving_ = jobs_.next();
  job.project = project_of(job);
  if (job.project < 0) return release(job, job.submit);
  const auto project = static_cast<std::size_t>(job.project);
  if (const auto& onboarded = projects_[project].onboarded) return release(job, std::max(job.submit, *onboarded));
  held_[project].push_back(job);
}

std::int32_t ProjectGate::project_of(const Job& job) {
  const auto& procedure = scenario_->workload.streams[static_cast<std::size_t>(job.stream)].projects;
  if (!procedure) return -1;
  auto& [project, jobs] = open_.try_emplace({job.stream, job.origin}, -1, procedure->jobs).first->second;
  if (jobs == procedure->jobs) {
    project = static_cast<std::int32_t>(projects_.size());
    jobs = 0;
    const std::size_t origin = job.origin < 0 ? site_of_origin_.size() - 1 : static_cast<std::size_t>(job.origin);
    projects_.push_back(
        {job.stream, job.origin, site_of_origin_[origin], job.submit, decided(*procedure, job.submit), {}});
    held_.emplace_back();
    if (projects_.back().decided < kNever) decisions_.emplace(projects_.back().decided, project);
  }
  ++jobs;
  return project;
}

units::Seconds ProjectGate::decided(const scenario::Projects& terms, units::Seconds applied) const {
  if (terms.cut_offs.continuous()) return applied + terms.decision;
  const units::UtcTime start = scenario_->period.start;
  const units::Seconds whole{std::ceil(applied.in_base_units())};  // the calendar knows whole seconds
  const auto cut_off = scenario::next_cut_off(terms.cut_offs, start + whole);
  return cut_off ? *cut_off - start + terms.decision : kNever;
}

void ProjectGate::decide() {
  const auto index = static_cast<std::size_t>(decisions_.top().second);
  decisions_.pop();
  Project& project = projects_[index];
  project.onboarded = project.decided;
  const auto site = static_cast<std::size_t>(project.site);
  if (project.site >= 0 && scenario_->sites[site].onboarding) {
    const units::Seconds work{1.0 / scenario_->sites[site].onboarding->in_base_units()};
    project.onboarded = units::ceil_to_grid(std::max(project.decided, staff_free_[site]) + work);
    staff_free_[site] = *project.onboarded;
  }
  for (const Job& job : held_[index]) release(job, std::max(job.submit, *project.onboarded));
  held_[index] = {};
}

void ProjectGate::release(Job job, units::Seconds at) {
  released_.push({at, arrivals_++, job});
}

}  // namespace gigasim::workload
