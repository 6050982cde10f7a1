#include "ending_law.hpp"

#include <algorithm>

#include "gigasim/catalogue/catalogue.hpp"
#include "gigasim/units/portable_math.hpp"

namespace gigasim::workload {

EndingLaw::EndingLaw(std::string_view class_name) {
  if (const catalogue::JobClass* row = catalogue::find_job_class(class_name)) {
    g0_ = row->cancel_g0_hours;
    exponent_ = row->cancel_exponent;
    failed_ = row->failed_probability;
  }
}

Ending EndingLaw::draw(RandomStream& random, double accelerator_hours) const {
  const double u = random.uniform();
  const double cancelled = g0_ > 0.0 ? std::min(1.0, units::portable_pow(accelerator_hours / g0_, exponent_)) : 0.0;
  if (u < cancelled) return Ending::kCancelled;
  return u < cancelled + (1.0 - cancelled) * failed_ ? Ending::kFailed : Ending::kCompleted;
}

}  // namespace gigasim::workload
