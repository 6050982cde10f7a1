#include "walltime.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "catalogue_lookup.hpp"
#include "gigasim/units/grid.hpp"
#include "gigasim/units/model_constant.hpp"

namespace gigasim::workload {
namespace {

constexpr double kMinute = 60.0;
constexpr double kHour = 3600.0;
constexpr double kDay = 86400.0;

constexpr units::ModelConstant::About popular(std::string_view name) {
  return {name, "s", "walltime models: a value that users round their request up to",
          "assumption: round values; in logs 20 values are 73 to 97 % of all requests (walltime-models)"};
}

const std::array<units::ModelConstant, 16> kPopular{{
    {5 * kMinute, popular("workload.popular_walltime_5_min")},
    {10 * kMinute, popular("workload.popular_walltime_10_min")},
    {15 * kMinute, popular("workload.popular_walltime_15_min")},
    {30 * kMinute, popular("workload.popular_walltime_30_min")},
    {1 * kHour, popular("workload.popular_walltime_1_h")},
    {2 * kHour, popular("workload.popular_walltime_2_h")},
    {3 * kHour, popular("workload.popular_walltime_3_h")},
    {4 * kHour, popular("workload.popular_walltime_4_h")},
    {6 * kHour, popular("workload.popular_walltime_6_h")},
    {8 * kHour, popular("workload.popular_walltime_8_h")},
    {12 * kHour, popular("workload.popular_walltime_12_h")},
    {18 * kHour, popular("workload.popular_walltime_18_h")},
    {24 * kHour, popular("workload.popular_walltime_24_h")},
    {36 * kHour, popular("workload.popular_walltime_36_h")},
    {48 * kHour, popular("workload.popular_walltime_48_h")},
    {72 * kHour, popular("workload.popular_walltime_72_h")},
}};

}  // namespace

units::Seconds popular_request(units::Seconds request) {
  const double seconds = request.in_base_units();
  const auto* const found =
      std::lower_bound(kPopular.begin(), kPopular.end(), seconds,
                       [](const units::ModelConstant& popular, double asked) { return popular.value() < asked; });
  return units::Seconds{found != kPopular.end() ? found->value() : std::ceil(seconds / kDay) * kDay};
}

WalltimeLaw::WalltimeLaw(const scenario::Walltime& law) : law_(law) {
  if (law.kind != scenario::Walltime::Kind::kModel) return;
  const catalogue::WalltimeModel& model = walltime_model(law.model);
  p_full_ = model.p_full;
  beta_a_ = model.beta_a;
  beta_b_ = model.beta_b;
}

units::Seconds rounded_request(units::Seconds estimate, units::Seconds runtime, units::Seconds limit) {
  const units::Seconds cap = runtime <= limit ? limit : popular_request(runtime);
  // The estimate may be without end: capped before it is rounded, the request stays finite.
  return units::ceil_to_grid(std::min(popular_request(std::min(estimate, cap)), cap));
}

Request WalltimeLaw::draw_request(RandomStream& random, units::Seconds runtime) const {
  using Kind = scenario::Walltime::Kind;
  Request request{runtime, {}};
  if (law_.kind == Kind::kFactor) request.walltime = units::ceil_to_grid(runtime * law_.factor);
  if (law_.kind == Kind::kModel) request = modelled(random, runtime);
  request.walltime = std::max(request.walltime, runtime);
  return request;
}

Request WalltimeLaw::modelled(RandomStream& random, units::Seconds runtime) const {
  if (random.uniform() < p_full_) return {runtime, {}};
  const units::Seconds estimate = runtime / draw_beta(random, beta_a_, beta_b_);
  return {rounded_request(estimate, runtime, law_.limit), estimate};
}

}  // namespace gigasim::workload
