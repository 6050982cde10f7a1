#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gigasim/scenario/amount.hpp"
#include "gigasim/scenario/scenario.hpp"

/// What a tender asks of a site, as data: docs/tender-profiles.md.
namespace gigasim::scenario {

/// What is looked at. All but the first two do not depend on the phase, unless it changes the machines.
enum class SiteFigure : std::uint8_t {
  kH100Equivalents,
  kItLoad,      ///< nameplate: all accelerators of the phase at full power, their share of the nodes included
  kItCapacity,  ///< IT power that the site is built for: its label it_capacity, else what is installed
  kPue,
  kItShareOfConnection,  ///< IT capacity over the grid connection
  kLabel,                ///< what the site's label says
};

/// How much a criterion decides.
enum class Counts : std::uint8_t {
  kRequired,    ///< a floor or cap: the check fails without it
  kScored,      ///< the tender gives points for it
  kIndicative,  ///< the tender names it for orientation
};
[[nodiscard]] std::string_view counts_word(Counts counts);

struct Criterion {
  std::string name, title;
  std::string lot, phase;  ///< empty: every lot; the machines at their largest
  SiteFigure figure = SiteFigure::kLabel;
  std::string label;  ///< for kLabel
  AmountKind kind = AmountKind::kNumber;
  std::optional<double> at_least, at_most;  ///< in the base unit of the kind
  std::optional<double> excellent_at_least, excellent_at_most;
  Counts counts = Counts::kRequired;
  std::string source, confidence;
};

/// "at least 25,000 H100", "85 % to 90 %", "at most 1.25 (excellent: at most 1.1)"
[[nodiscard]] std::string asked_text(const Criterion& criterion);

/// A stage of a site: its first machines, or all of them together.
struct Phase {
  std::string name;
  bool peak = false;
};

struct Lot {
  std::string name, title;
};

struct Profile {
  std::string name, title;
  SiteKind applies_to = SiteKind::kGigafactory;
  std::string lot_label;  ///< the label by which a site names its lot
  std::vector<Phase> phases;
  std::vector<Lot> lots;
  std::vector<Criterion> criteria;
};

/// Names of the profiles that are built in.
[[nodiscard]] std::vector<std::string> builtin_profiles();

/// Returns a built-in profile by its name, else reads the file of that name. Throws ScenarioError with every mistake.
[[nodiscard]] Profile load_profile(const std::string& name_or_file);

}  // namespace gigasim::scenario
