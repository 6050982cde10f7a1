#pragma once

#include "spec.hpp"

/// How demand, origins, sizes, runtimes and walltimes are written.
namespace gigasim::scenario {

[[nodiscard]] Type<DemandOf> demand_of();
[[nodiscard]] Type<OriginSpec> origin_weights();
[[nodiscard]] Type<MixSpec> mix_choice();
[[nodiscard]] Type<SizesSpec> job_sizes();
[[nodiscard]] Type<RuntimeLaw> runtime_law();
[[nodiscard]] Type<PatienceLaw> patience_law();
[[nodiscard]] Type<Walltime> walltime();
[[nodiscard]] Type<SpeedUp> speed_up_law();
[[nodiscard]] Type<Length> period_length();

/// Divides by the sum, unless that is 1 already: a distribution that is printed reads back as the same one.
template <class T>
void normalise(std::vector<std::pair<T, double>>& weights) {
  double sum = 0.0;
  for (const auto& [value, weight] : weights) sum += weight;
  if (sum >= 1.0 - 1e-9 && sum <= 1.0 + 1e-9) return;
  for (auto& [value, weight] : weights) weight /= sum;
}

}  // namespace gigasim::scenario
