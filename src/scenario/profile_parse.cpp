#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "builtin_profiles.hpp"
#include "file_bytes.hpp"
#include "gigasim/scenario/load.hpp"
#include "profile_spec.hpp"
#include "yaml_reader.hpp"

namespace gigasim::scenario {
namespace {

AmountKind kind_of(SiteFigure figure) {
  switch (figure) {
    case SiteFigure::kH100Equivalents:
      return AmountKind::kH100;
    case SiteFigure::kItLoad:
    case SiteFigure::kItCapacity:
      return AmountKind::kPower;
    case SiteFigure::kItShareOfConnection:
      return AmountKind::kShare;
    case SiteFigure::kPue:
    case SiteFigure::kLabel:
      break;
  }
  return AmountKind::kNumber;
}

std::array<const Setting<Amount>*, 4> limits_of(const CriterionSpec& spec) {
  return {&spec.at_least, &spec.at_most, &spec.excellent_at_least, &spec.excellent_at_most};
}

/// What the amounts of a criterion are of: the figure decides, or the first amount of a label.
AmountKind kind_of(const CriterionSpec& spec) {
  if (spec.figure && *spec.figure != SiteFigure::kLabel) return kind_of(*spec.figure);
  for (const Setting<Amount>* limit : limits_of(spec)) {
    if (*limit) return (*limit)->kind;
  }
  return AmountKind::kNumber;
}

/// Finds the kind of a criterion's amounts; reports one of another kind.
AmountKind resolve_kind(const CriterionSpec& spec, Context& context) {
  const AmountKind kind = kind_of(spec);
  for (const Setting<Amount>* limit : limits_of(spec)) {
    if (!*limit || (*limit)->kind == kind) continue;
    context.error(limit->origin, fmt::format("must be {}, got {}", amount_kind_words(kind), amount_text(**limit)));
  }
  return kind;
}

std::optional<double> value_of(const Setting<Amount>& limit) {
  return limit ? std::optional{limit->value} : std::nullopt;
}

template <class Spec>
std::vector<std::string> names_in(const std::vector<Spec>& specs) {
  std::vector<std::string> names;
  names.reserve(specs.size());
  for (const Spec& spec : specs) names.push_back(spec.name.value_or(""));
  return names;
}

void check_named(const Setting<std::string>& name, const char* what, const std::vector<std::string>& known,
                 Context& context) {
  if (!name || std::find(known.begin(), known.end(), *name) != known.end()) return;
  context.error(name.origin, fmt::format("there is no {} \"{}\"{}", what, *name, did_you_mean(*name, known)));
}

void check_criterion(const CriterionSpec& spec, const ProfileSpec& profile, Context& context) {
  check_named(spec.lot, "lot", names_in(profile.lots), context);
  check_named(spec.phase, "phase", names_in(profile.phases), context);
  const bool of_label = spec.figure && *spec.figure == SiteFigure::kLabel;
  if (of_label && !spec.label) context.error(spec.at, R"("figure: label" needs the key "label")");
  if (!spec.at_least && !spec.at_most) context.error(spec.at, "needs at_least or at_most");
  if (spec.at_least && spec.at_most && spec.at_least->value > spec.at_most->value) {
    context.error(spec.at_most.origin, "at_most is below at_least: nothing can hold");
  }
}

Criterion resolve_criterion(const CriterionSpec& spec, const ProfileSpec& profile, Context& context) {
  check_criterion(spec, profile, context);
  Criterion criterion;
  criterion.name = spec.name.value_or("");
  criterion.title = spec.title.value_or(criterion.name);
  criterion.lot = spec.lot.value_or("");
  criterion.phase = spec.phase.value_or("");
  criterion.figure = spec.figure.value_or(SiteFigure::kLabel);
  criterion.label = spec.label.value_or("");
  criterion.kind = resolve_kind(spec, context);
  criterion.at_least = value_of(spec.at_least);
  criterion.at_most = value_of(spec.at_most);
  criterion.excellent_at_least = value_of(spec.excellent_at_least);
  criterion.excellent_at_most = value_of(spec.excellent_at_most);
  criterion.counts = spec.counts.value_or(Counts::kRequired);
  criterion.source = spec.source ? *spec.source : profile.source.value_or("");
  criterion.confidence = spec.confidence ? *spec.confidence : profile.confidence.value_or("");
  return criterion;
}

template <class Spec>
void report_second(const std::vector<Spec>& specs, const char* what, Context& context) {
  std::map<std::string, bool> seen;
  for (const Spec& spec : specs) {
    if (!spec.name || seen.emplace(*spec.name, true).second) continue;
    context.error(spec.name.origin, fmt::format("a second {} of the name \"{}\"", what, *spec.name));
  }
}

Profile resolve_profile(const ProfileSpec& spec, Context& context) {
  report_second(spec.phases, "phase", context);
  report_second(spec.lots, "lot", context);
  report_second(spec.criteria, "criterion", context);
  Profile profile;
  profile.name = spec.name.value_or("");
  profile.title = spec.title.value_or(profile.name);
  profile.applies_to = spec.applies_to.value_or(SiteKind::kGigafactory);
  profile.lot_label = spec.lot_label.value_or("");
  for (const PhaseSpec& phase : spec.phases)
    profile.phases.push_back({phase.name.value_or(""), phase.peak.value_or(true)});
  for (const LotSpec& lot : spec.lots) {
    profile.lots.push_back({lot.name.value_or(""), lot.title.value_or(lot.name.value_or(""))});
  }
  const auto step = context.enter("criteria");
  for (const CriterionSpec& criterion : spec.criteria) {
    const auto item = context.enter_named(criterion.name.value_or("?"));
    profile.criteria.push_back(resolve_criterion(criterion, spec, context));
  }
  return profile;
}

/// Reads the text; what is not YAML is reported.
YamlNode profile_tree(const std::string& text, const Origin& at, Diagnostics& diagnostics) {
  try {
    std::vector<YamlProblem> problems;
    YamlNode node = read_yaml(text, at, problems);
    for (const YamlProblem& problem : problems) diagnostics.error(problem.at(), "", problem.what());
    return node;
  } catch (const YamlProblem& problem) {
    diagnostics.error(problem.at(), "", problem.what());
  }
  return map_node(at);
}

Profile parse_profile(const std::string& text, const std::string& shown_as) {
  Diagnostics diagnostics;
  Origin at;
  at.kind = Origin::Kind::kFile;
  at.source = std::make_shared<const std::string>(shown_as);
  const YamlNode tree = profile_tree(text, at, diagnostics);
  if (diagnostics.num_errors() > 0) throw ScenarioError{diagnostics.errors()};
  Context context{diagnostics};
  if (const YamlNode* version = tree.find("gigasim_profile"); tree.is_map() && version == nullptr) {
    context.error(tree.origin, R"(missing key "gigasim_profile" (the version of the format: "gigasim_profile: 1"))");
  } else if (version != nullptr && version->text != "1") {
    context.error(version->origin, fmt::format("this program reads version 1 of the format, got {}", shown(*version)));
  }
  const ProfileSpec spec = profile_object().read(tree, context);
  Profile profile = resolve_profile(spec, context);
  if (diagnostics.num_errors() > 0) throw ScenarioError{diagnostics.errors()};
  return profile;
}

}  // namespace

std::vector<std::string> builtin_profiles() {
  std::vector<std::string> names;
  for (const BuiltinProfile& profile : builtin_profile_texts()) names.emplace_back(profile.name);
  return names;
}

Profile load_profile(const std::string& name_or_file) {
  for (const BuiltinProfile& profile : builtin_profile_texts()) {
    if (profile.name == name_or_file)
      return parse_profile(std::string{profile.text}, fmt::format("{}.yaml", profile.name));
  }
  const FileBytes read = read_file_bytes(name_or_file, "a tender profile");
  if (read.problem.empty()) return parse_profile(read.bytes, name_or_file);
  const std::vector<std::string> names = builtin_profiles();
  const std::string hint = did_you_mean(name_or_file, names);
  const bool bare = name_or_file.find_first_of("./") == std::string::npos;
  throw ScenarioError{{fmt::format("{}: {}{}", name_or_file, read.problem,
                                   !hint.empty() ? hint
                                   : bare        ? fmt::format(" (built-in profiles: {})", names.front())
                                                 : "")}};
}

}  // namespace gigasim::scenario
