#include "class_law.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "gigasim/scenario/load.hpp"
#include "gigasim/units/grid.hpp"

namespace gigasim::workload {
namespace {

std::vector<double> probabilities(const scenario::SizePmf& pmf) {
  std::vector<double> weights;
  weights.reserve(pmf.size());
  for (const auto& [size, probability] : pmf) weights.push_back(probability);
  return weights;
}

double mean_size(const scenario::SizePmf& pmf) {
  double sum = 0.0;
  double total = 0.0;
  for (const auto& [size, probability] : pmf) {
    sum += static_cast<double>(size) * probability;
    total += probability;
  }
  return sum / total;
}

}  // namespace

ClassLaw::ClassLaw(const scenario::JobClass& job_class)
    : size_law_(probabilities(job_class.sizes)),
      runtime_(job_class.runtime),
      ending_(job_class.name),
      bundle_(job_class.bundle),
      in_bursts_(job_class.in_bursts),
      weight_(job_class.share / static_cast<double>(job_class.bundle)) {
  for (const auto& [size, probability] : job_class.sizes) sizes_.push_back(size);
  mean_accelerator_seconds_ =
      mean_size(job_class.sizes) * runtime_.mean() * static_cast<double>(bundle_) / job_class.mean_speed;
}

std::int64_t ClassLaw::draw_accelerators(RandomStream& random) const {
  return sizes_[size_law_.draw(random)];
}

units::Seconds ClassLaw::draw_runtime(RandomStream& random) const {
  double seconds = 0.0;
  for (std::int64_t i = 0; i < bundle_; ++i) seconds += runtime_.draw(random);
  return std::max(units::ceil_to_grid(units::Seconds{seconds}), units::from_ticks(1));
}

Ending ClassLaw::draw_ending(RandomStream& random, std::int64_t accelerators, units::Seconds runtime) const {
  const double hours = runtime.in_base_units() / 3600.0 / static_cast<double>(bundle_);
  return ending_.draw(random, static_cast<double>(accelerators) * hours);
}

Mix make_mix(const scenario::Stream& stream) {
  if (stream.classes.empty()) {
    throw scenario::ScenarioError{{fmt::format("workload.streams[{}]: no job class", stream.name)}};
  }
  Mix mix;
  for (const scenario::JobClass& job_class : stream.classes) {
    if (job_class.sizes.empty()) {
      throw scenario::ScenarioError{
          {fmt::format("workload.streams[{}]: class {} has no job size", stream.name, job_class.name)}};
    }
    mix.emplace_back(job_class);
  }
  return mix;
}

std::vector<double> class_weights(const Mix& mix, bool in_bursts) {
  std::vector<double> weights;
  weights.reserve(mix.size());
  for (const ClassLaw& law : mix) weights.push_back(law.in_bursts() == in_bursts ? law.weight() : 0.0);
  return weights;
}

double mean_accelerator_seconds(const Mix& mix) {
  double work = 0.0;
  double weight = 0.0;
  for (const ClassLaw& law : mix) {
    work += law.weight() * law.mean_accelerator_seconds();
    weight += law.weight();
  }
  return work / weight;
}

}  // namespace gigasim::workload
