#pragma once

#include "gigasim/scenario/scenario.hpp"
#include "gigasim/units/quantity.hpp"
#include "gigasim/workload/request.hpp"
#include "random_stream.hpp"

namespace gigasim::workload {

/// Draws what a user requests for a job of a given runtime; never below the runtime, always on the time grid.
///
/// kExact: the runtime. kFactor: factor x runtime. kModel: with probability p_full the runtime itself (the job runs to
/// its limit); otherwise runtime / r with r ~ Beta(a, b), rounded up to a popular value and capped at the limit, or,
/// where the runtime is longer than the limit, at the popular value above the runtime.
class WalltimeLaw {
 public:
  /// Throws scenario::ScenarioError for an unknown model.
  explicit WalltimeLaw(const scenario::Walltime& law);

  [[nodiscard]] units::Seconds draw(RandomStream& random, units::Seconds runtime) const {
    return draw_request(random, runtime).walltime;
  }
  /// The same, with what was rounded up.
  [[nodiscard]] Request draw_request(RandomStream& random, units::Seconds runtime) const;

 private:
  [[nodiscard]] Request modelled(RandomStream& random, units::Seconds runtime) const;

  scenario::Walltime law_;
  double p_full_ = 1.0, beta_a_ = 1.0, beta_b_ = 1.0;
};

}  // namespace gigasim::workload
