#include "walltime.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "catalogue_lookup.hpp"
#include "gigasim/units/grid.hpp"

namespace gigasim::workload {
namespace {

constexpr double kMinute = 60.0;
constexpr double kHour = 3600.0;
constexpr double kDay = 86400.0;
constexpr std::array kPopular{5 * kMinute, 10 * kMinute, 15 * kMinute, 30 * kMinute, 1 * kHour,  2 * kHour,
                              3 * kHour,   4 * kHour,    6 * kHour,    8 * kHour,    12 * kHour, 18 * kHour,
                              24 * kHour,  36 * kHour,   48 * kHour,   72 * kHour};

}  // namespace

units::Seconds popular_request(units::Seconds request) {
  const double seconds = request.in_base_units();
  const auto* const found = std::lower_bound(kPopular.begin(), kPopular.end(), seconds);
  return units::Seconds{found != kPopular.end() ? *found : std::ceil(seconds / kDay) * kDay};
}

WalltimeLaw::WalltimeLaw(const scenario::Walltime& law) : law_(law) {
  if (law.kind != scenario::Walltime::Kind::kModel) return;
  const catalogue::WalltimeModel& model = walltime_model(law.model);
  p_full_ = model.p_full;
  beta_a_ = model.beta_a;
  beta_b_ = model.beta_b;
}

units::Seconds WalltimeLaw::draw(RandomStream& random, units::Seconds runtime) const {
  using Kind = scenario::Walltime::Kind;
  units::Seconds request = runtime;
  if (law_.kind == Kind::kFactor) request = units::ceil_to_grid(runtime * law_.factor);
  if (law_.kind == Kind::kModel) request = units::ceil_to_grid(modelled(random, runtime));
  return std::max(request, runtime);
}

units::Seconds WalltimeLaw::modelled(RandomStream& random, units::Seconds runtime) const {
  if (random.uniform() < p_full_) return runtime;
  const double ratio = draw_beta(random, beta_a_, beta_b_);
  const units::Seconds cap = runtime <= law_.limit ? law_.limit : popular_request(runtime);
  // The ratio may be 0: capped before it is rounded, the request stays finite.
  return std::min(popular_request(std::min(runtime / ratio, cap)), cap);
}

}  // namespace gigasim::workload
