#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "gigasim/scenario/defaults.hpp"
#include "gigasim/units/quantity.hpp"

namespace gigasim::scenario {

/// Who has a share of its own in fair share.
enum class ShareHolder : std::uint8_t {
  kUser,     ///< each user that a log knows
  kProject,  ///< each project (account, group) that a log knows, its users together
};

/// What the `multifactor` queue policy weighs: docs/models/scheduling.md has the formula. Weights are pure numbers.
struct PriorityRules {
  double age = kPriorityAge.value();
  double size = 0.0;
  double access_class = 0.0;
  double fair_share = kPriorityFairShare.value();
  double quality_of_service = 0.0;
  units::Seconds age_limit{kPriorityAgeLimit.value()};   ///< age counts no further
  units::Seconds half_life{kFairShareHalfLife.value()};  ///< of what was used
  bool favour_small = false;                             ///< size counts as 1 - accelerators / capacity
  std::map<std::string, double> access_classes;          ///< factor 0..1 by id; others have 0
  std::map<std::string, double> levels;                  ///< factor 0..1 by the value of the label `qos`
  ShareHolder share_by = ShareHolder::kUser;             ///< of fair share
  bool operator==(const PriorityRules&) const = default;
};

}  // namespace gigasim::scenario
