#include "runtime_law.hpp"

#include <algorithm>

#include "catalogue_lookup.hpp"
#include "gigasim/units/portable_math.hpp"

namespace gigasim::workload {
namespace {

template <class... Cases>
struct Match : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Match(Cases...) -> Match<Cases...>;

}  // namespace

DurationTable::DurationTable(const std::vector<std::pair<double, double>>& cdf) {
  bins_.push_back({0.0, cdf.front().second, cdf.front().first, 0.0});
  mean_ = cdf.front().first * cdf.front().second;
  for (std::size_t i = 1; i < cdf.size(); ++i) {
    const auto [lower, before] = cdf[i - 1];
    const auto [upper, fraction] = cdf[i];
    const double log_ratio = units::portable_log(upper / lower);
    bins_.push_back({before, fraction, lower, log_ratio});
    mean_ += (fraction - before) * (upper - lower) / log_ratio;
  }
  longest_ = cdf.back().first;
  mean_ += (1.0 - cdf.back().second) * longest_;
}

double DurationTable::at(double u) const {
  const auto bin =
      std::lower_bound(bins_.begin(), bins_.end(), u, [](const Bin& b, double value) { return b.fraction < value; });
  if (bin == bins_.end()) return longest_;
  if (bin == bins_.begin()) return bin->lower;
  const double inside = (u - bin->fraction_before) / (bin->fraction - bin->fraction_before);
  return bin->lower * units::portable_exp(inside * bin->log_ratio);
}

RuntimeSampler::RuntimeSampler(const scenario::RuntimeLaw& law)
    : law_(std::visit(Match{[](const scenario::ClassRuntime& of) -> decltype(law_) {
                              return DurationTable{job_class(of.job_class).duration_cdf};
                            },
                            [](const auto& other) -> decltype(law_) { return other; }},
                      law)) {}

double RuntimeSampler::draw(RandomStream& random) const {
  return std::visit(
      Match{[](const scenario::ConstantRuntime& law) { return law.value.in_base_units(); },
            [&](const scenario::ExponentialRuntime& law) { return draw_exponential(random, law.mean.in_base_units()); },
            [&](const scenario::LognormalRuntime& law) {
              return law.median.in_base_units() * units::portable_exp(law.sigma * draw_normal(random));
            },
            [&](const DurationTable& law) { return law.at(random.uniform()); }},
      law_);
}

double RuntimeSampler::mean() const {
  return std::visit(Match{[](const scenario::ConstantRuntime& law) { return law.value.in_base_units(); },
                          [](const scenario::ExponentialRuntime& law) { return law.mean.in_base_units(); },
                          [](const scenario::LognormalRuntime& law) {
                            return law.median.in_base_units() * units::portable_exp(law.sigma * law.sigma / 2.0);
                          },
                          [](const DurationTable& law) { return law.mean(); }},
                    law_);
}

}  // namespace gigasim::workload
