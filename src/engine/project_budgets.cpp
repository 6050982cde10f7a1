#include "project_budgets.hpp"

#include <cmath>
#include <limits>

#include "gigasim/metrics/observer.hpp"

namespace gigasim::engine {
namespace {

units::Ticks accelerator_ticks(double hours) {
  constexpr double kSecondsOfHour = 3600.0;
  return std::llround(hours * kSecondsOfHour * units::kTicksPerSecond);
}

}  // namespace

bool ProjectBudgets::limits(const workload::Job& job) const {
  const scenario::Projects* terms = terms_of(job);
  return terms != nullptr && terms->budget_accelerator_hours;
}

units::Ticks ProjectBudgets::left(const workload::Job& job, units::Ticks charged) const {
  if (!limits(job)) return std::numeric_limits<units::Ticks>::max();
  return accelerator_ticks(*terms_of(job)->budget_accelerator_hours) - charged_[static_cast<std::size_t>(job.project)] +
         charged;
}

void ProjectBudgets::recharge(const workload::Job& job, units::Ticks charged, units::Ticks request) {
  charged_[static_cast<std::size_t>(job.project)] += request - charged;
}

const scenario::Projects* ProjectBudgets::terms_of(const workload::Job& job) const {
  if (job.project < 0) return nullptr;
  const auto& terms = scenario_->workload.streams[static_cast<std::size_t>(job.stream)].projects;
  return terms ? &*terms : nullptr;
}

std::string_view ProjectBudgets::charge(const workload::Job& job, units::Ticks request) {
  const scenario::Projects* terms = terms_of(job);
  if (terms == nullptr) return {};
  if (!terms->open) return metrics::kNotOpenToUser;
  const auto index = static_cast<std::size_t>(job.project);
  if (terms->allocation) {
    const auto& onboarded = source_->projects().at(index).onboarded;
    if (onboarded && job.submit >= *onboarded + *terms->allocation) return metrics::kAllocationOver;
  }
  if (!terms->budget_accelerator_hours) return {};
  if (charged_.size() <= index) charged_.resize(index + 1);
  if (charged_[index] + request > accelerator_ticks(*terms->budget_accelerator_hours)) return metrics::kOverBudget;
  charged_[index] += request;
  return {};
}

void ProjectBudgets::settle(const workload::Job& job, units::Ticks charged, units::Seconds ran) {
  const scenario::Projects* terms = terms_of(job);
  if (terms == nullptr || !terms->budget_accelerator_hours) return;
  charged_[static_cast<std::size_t>(job.project)] -= charged - job.accelerators * units::to_ticks(ran);
}

}  // namespace gigasim::engine
