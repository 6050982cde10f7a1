#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gigasim/scenario/load.hpp"
#include "gigasim/scenario/profile.hpp"

/// Whether the sites of a scenario are what a tender asks for. Looks at the scenario alone: nothing is simulated.
namespace gigasim::scenario {

enum class Standing : std::uint8_t { kHolds, kMissed, kNotSaid };
[[nodiscard]] std::string_view standing_word(Standing standing);  ///< "holds", "missed", "cannot be judged"

/// One criterion, of one site and lot.
struct Finding {
  std::string site, lot;
  std::size_t criterion = 0;  ///< in Profile::criteria
  Standing standing = Standing::kNotSaid;
  std::optional<double> found;   ///< in the base unit of the criterion's kind
  std::optional<double> margin;  ///< to the nearest limit: positive within, negative beyond
  bool excellent = false;
  std::string why;  ///< it cannot be judged
};

/// Returns the sites of the kind that the profile is for, or only `site`, which may be of any kind. Empty when there is
/// none.
[[nodiscard]] std::vector<std::string> sites_for(const Profile& profile, const Scenario& scenario,
                                                 const std::string& site);

/// Judges one site for the lot that its label names, or for every lot when it names none, in the order of the profile.
/// Throws ScenarioError when the label names a lot that the profile does not have.
[[nodiscard]] std::vector<Finding> check_site(const Profile& profile, const Loaded& loaded, const std::string& name);

/// Tells whether all required criteria of some lot hold. `unknown_too`: those that cannot be judged do not stand in the
/// way.
[[nodiscard]] bool passes(const Profile& profile, const std::vector<Finding>& of_one_site, bool unknown_too);

}  // namespace gigasim::scenario
