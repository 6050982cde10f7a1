#pragma once

#include <string>
#include <vector>

#include "gigasim/scenario/profile.hpp"
#include "object.hpp"

/// A tender profile as written.
namespace gigasim::scenario {

struct PhaseSpec {
  Origin at;
  Setting<std::string> name;
  Setting<bool> peak;
};
struct LotSpec {
  Origin at;
  Setting<std::string> name, title;
};
struct CriterionSpec {
  Origin at;
  Setting<std::string> name, title, lot, phase, label, source, confidence;
  Setting<SiteFigure> figure;
  Setting<Amount> at_least, at_most, excellent_at_least, excellent_at_most;
  Setting<Counts> counts;
};
struct ProfileSpec {
  Origin at;
  Setting<std::string> name, title, source, confidence, lot_label;
  Setting<SiteKind> applies_to;
  std::vector<PhaseSpec> phases;
  std::vector<LotSpec> lots;
  std::vector<CriterionSpec> criteria;
};

[[nodiscard]] const Object<ProfileSpec>& profile_object();

}  // namespace gigasim::scenario
