#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "cut_off_type.hpp"
#include "gigasim/catalogue/access_modes.hpp"
#include "gigasim/units/grid.hpp"
#include "gigasim/units/text.hpp"
#include "resolve.hpp"

namespace gigasim::scenario {
namespace {

constexpr double kSecondsOfDay = 86400.0;
constexpr double kSecondsOfMonth = 31557600.0 / 12.0;

/// Working days of the catalogue as calendar time: five of seven days are worked.
units::Seconds calendar_time(double working_days) {
  return units::ceil_to_grid(units::Seconds{working_days * 7.0 / 5.0 * kSecondsOfDay});
}

/// Accelerators per node, over all nodes of the scenario.
double accelerators_per_node(const std::vector<Site>& sites) {
  double accelerators = 0.0;
  double nodes = 0.0;
  for (const Site& site : sites) {
    for (const Partition& partition : site.partitions) {
      accelerators += static_cast<double>(partition.count);
      nodes += static_cast<double>(partition.count) / static_cast<double>(partition.per_node);
    }
  }
  return nodes > 0.0 ? accelerators / nodes : 1.0;
}

/// An amount of the catalogue in accelerator-hours; nothing when it is not known or not one of hours.
std::optional<double> accelerator_hours(const std::optional<double>& amount, const std::string& unit,
                                        const std::vector<Site>& sites) {
  if (!amount) return std::nullopt;
  if (unit == "gpu_hours") return amount;
  if (unit == "node_hours") return std::round(*amount * accelerators_per_node(sites));
  return std::nullopt;
}

/// The terms of one stream, filled in from its access class.
class TermsOfAccess {
 public:
  TermsOfAccess(StreamSpec& stream, const Surroundings& around, Context& context)
      : spec_(*stream.projects), around_(around), context_(context) {
    if (stream.access_class) mode_ = catalogue::find_access_mode(*stream.access_class);
  }

  void settle() {
    if (mode_ != nullptr && mode_->decision_working_days) {
      spec_.decision.settle(calendar_time(*mode_->decision_working_days), from("decision_conf"));
    }
    if (!spec_.decision && unspoilt()) {
      context_.error(spec_.at,
                     "needs a decision time: its access class has none in the catalogue, or there is no class");
    }
    if (spec_.terms && *spec_.terms == ProjectTerms::kClass) take_from_class();
    check_budget();
    check_cut_offs();
  }

 private:
  [[nodiscard]] bool unspoilt() const { return !context_.diagnostics().has_errors_under(context_.path()); }
  [[nodiscard]] Origin from(std::string_view confidence) const {
    return catalogue_origin("access-modes", mode_->id, confidence);
  }

  void take_from_class() {
    const auto step = context_.enter("projects");
    if (mode_ == nullptr) {
      if (unspoilt()) context_.error(spec_.terms.origin, "terms: class needs an access_class of the stream");
      return;
    }
    const auto most = accelerator_hours(mode_->max_amount, mode_->amount_unit, *around_.sites);
    if (most) spec_.budget.settle(*most, from("amount_conf"));
    if (mode_->allocation_months) {
      const units::Seconds length{*mode_->allocation_months * kSecondsOfMonth};
      spec_.allocation.settle(units::ceil_to_grid(length), from("allocation_conf"));
    }
    if (const auto days = parse_cut_offs(mode_->cut_offs)) spec_.cut_offs.settle(*days, from("confidence"));
    report_missing();
  }

  void report_missing() {
    std::vector<std::string> missing;
    if (!spec_.budget) missing.emplace_back("budget");
    if (!spec_.allocation) missing.emplace_back("allocation");
    if (!spec_.cut_offs) missing.emplace_back("cut_offs");
    if (missing.empty() || !unspoilt()) return;
    context_.error(spec_.at, fmt::format("needs {}: the access class {} has none in the catalogue",
                                         fmt::join(missing, ", "), mode_->id));
  }

  void check_budget() {
    if (!spec_.budget || mode_ == nullptr || !around_.sites_good) return;
    const auto step = context_.enter("projects.budget");
    const auto least = accelerator_hours(mode_->min_amount, mode_->amount_unit, *around_.sites);
    const auto most = accelerator_hours(mode_->max_amount, mode_->amount_unit, *around_.sites);
    if (least && *spec_.budget < *least) {
      context_.warning(spec_.budget.origin,
                       fmt::format("{} accelerator-h are less than the {} that {} grants at least",
                                   units::format_number(*spec_.budget), units::format_number(*least), mode_->id));
    }
    if (most && *spec_.budget > *most) {
      context_.warning(spec_.budget.origin,
                       fmt::format("{} accelerator-h are more than the {} that {} grants at most",
                                   units::format_number(*spec_.budget), units::format_number(*most), mode_->id));
    }
  }

  /// Nobody may apply and never hear of it: dates that do not come again must reach to the end.
  void check_cut_offs() {
    if (!spec_.cut_offs || spec_.cut_offs->dates.empty()) return;
    const Period& period = *around_.period;
    const units::UtcTime end = period.start + (period.warm_up + period.length);
    const auto step = context_.enter("projects.cut_offs");
    if (around_.until_drained) {
      context_.error(spec_.cut_offs.origin,
                     "dates end, but a run until_drained does not: give days of each year such as 03-28");
    } else if (spec_.cut_offs->dates.back() < end) {
      context_.error(
          spec_.cut_offs.origin,
          fmt::format("the last date ({}) must not lie before the end of the period ({}): what comes after it "
                      "would never be decided (give one more, or days of each year such as 03-28)",
                      units::format_utc(spec_.cut_offs->dates.back()), units::format_utc(end)));
    }
  }

  ProjectsSpec& spec_;
  const Surroundings& around_;
  Context& context_;
  const catalogue::AccessMode* mode_ = nullptr;
};

}  // namespace

void resolve_projects(StreamSpec& spec, const Surroundings& around, Stream& stream, Context& context) {
  if (!spec.projects) return;
  TermsOfAccess{spec, around, context}.settle();
  const ProjectsSpec& projects = *spec.projects;
  stream.projects = Projects{projects.jobs.value_or(1), projects.decision.value_or(units::Seconds{0}),
                             projects.cut_offs.value_or({}), projects.budget.value, projects.allocation.value};
}

void check_eligibility(const StreamSpec& spec, Stream& stream, Context& context) {
  if (!spec.access_class || !spec.labels || !spec.labels->contains("user_type")) return;
  const std::string& user = spec.labels->at("user_type");
  const auto knows = [&](const catalogue::AccessMode& mode) {
    return std::find(mode.eligible_users.begin(), mode.eligible_users.end(), user) != mode.eligible_users.end();
  };
  const auto modes = catalogue::access_modes();
  const catalogue::AccessMode& mode = *catalogue::find_access_mode(*spec.access_class);
  const bool known = std::any_of(modes.begin(), modes.end(), knows);  // another word is another split of users
  if (!known || mode.eligible_users.empty() || knows(mode)) return;
  const bool acts = stream.projects && spec.projects->terms && *spec.projects->terms == ProjectTerms::kClass;
  if (acts) stream.projects->open = false;
  const auto step = context.enter("access_class");
  context.warning(spec.access_class.origin,
                  fmt::format("{} is open to user_type {}, not to {}{}", mode.id, fmt::join(mode.eligible_users, ", "),
                              user, acts ? ": all jobs of the stream are refused (projects.terms: class)" : ""));
}

}  // namespace gigasim::scenario
