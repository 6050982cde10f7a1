#pragma once

#include <string>
#include <vector>

#include "gigasim/metrics/results.hpp"

namespace gigasim::metrics {

/// Who may run where, as the scenario says: the accelerators and the memory that a job asks for, where its data may be
/// processed, and whose jobs a site takes. Read from the scenario and the job table alone, not from the engine: a check
/// of what the engine did.
class Rights {
 public:
  Rights(const scenario::Scenario& scenario, const std::vector<std::string>& origins);

  /// Of a job that has a place. O(1), or O(countries that the site names).
  [[nodiscard]] bool allow(const JobRecord& job) const;

 private:
  [[nodiscard]] bool may_process(scenario::Residency residency, const scenario::Site& site,
                                 const std::string& origin) const;
  [[nodiscard]] bool takes(const scenario::Site& site, const std::string& origin) const;
  [[nodiscard]] bool in_the_eu(const std::string& country) const;

  const scenario::Scenario& scenario_;
  const std::vector<std::string>& origins_;
};

}  // namespace gigasim::metrics
