#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "gigasim/units/text.hpp"
#include "job_labels.hpp"
#include "resolve.hpp"

namespace gigasim::scenario {
namespace {

void check_sites(const PrivilegeSpec& spec, const std::vector<Site>& sites, Context& context) {
  if (!spec.at_sites) return;
  const auto step = context.enter("at_sites");
  std::vector<std::string> names;
  names.reserve(sites.size());
  for (const Site& site : sites) names.push_back(site.name);
  for (const std::string& name : *spec.at_sites) {
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    context.error(spec.at_sites.origin, fmt::format("unknown site \"{}\"{}", name, did_you_mean(name, names)));
  }
}

void warn_about_privilege(const PrivilegeSpec& spec, const Privilege& privilege, Context& context) {
  if (privilege.reserve == 0.0 && !privilege.priority) {
    context.warning(spec.at, "has no effect: it neither reserves accelerators nor gives priority");
  }
  if (spec.lend_up_to && (privilege.reserve == 0.0 || privilege.unused == UnusedReserve::kIdle)) {
    const auto step = context.enter("lend_up_to");
    context.warning(spec.lend_up_to.origin, "has no effect: nothing is lent");
  }
}

bool holds_at(const PrivilegeSpec& spec, const Site& site) {
  const auto among = [](const auto& list, const auto& one) {
    return !list || std::find(list->begin(), list->end(), one) != list->end();
  };
  return among(spec.at_sites, site.name) && among(spec.at_kinds, site.kind);
}

Privilege resolve_privilege(const PrivilegeSpec& spec, const std::vector<Site>& sites) {
  Privilege privilege;
  privilege.name = spec.name.value_or("");
  privilege.labels = spec.label.value_or({});
  privilege.reserve = spec.reserve.value_or(0.0);
  privilege.unused = spec.unused.value_or(UnusedReserve::kLent);
  privilege.priority = spec.priority.value_or(false);
  privilege.lend_up_to = spec.lend_up_to.value_or(units::Seconds{kLendUpTo.value()});
  for (const Site& site : sites) {
    if (!site.partitions.empty() && holds_at(spec, site)) privilege.sites.push_back(site.name);
  }
  return privilege;
}

/// The first site at which the reserves up to this one are more than there is, if any.
void check_sum(const std::vector<Privilege>& privileges, const PrivilegeSpec& last, Context& context) {
  for (const std::string& site : privileges.back().sites) {
    double sum = 0.0;
    for (const Privilege& privilege : privileges) {
      const bool here = std::find(privilege.sites.begin(), privilege.sites.end(), site) != privilege.sites.end();
      if (here) sum += privilege.reserve;
    }
    if (privileges.back().reserve == 0.0 || sum <= 1.0 + 1e-9) continue;
    const auto step = context.enter("reserve");
    context.error(last.reserve.origin,
                  fmt::format("the reserves at site {} sum to {}, more than 100 %", site, units::format_percent(sum)));
    return;
  }
}

}  // namespace

void resolve_privileges(const std::vector<PrivilegeSpec>& specs, Scenario& scenario, Context& context) {
  // A site or stream that could not be read has been complained about already.
  const Diagnostics& diagnostics = context.diagnostics();
  const bool groups_known = !diagnostics.has_errors_under("sites") && !diagnostics.has_errors_under("workload");
  const GroupNames groups{scenario};
  std::vector<Privilege>& privileges = scenario.scheduling.privileges;
  const auto step = context.enter("scheduling");
  const auto list = context.enter("privileges");
  for (const PrivilegeSpec& spec : specs) {
    const auto item = context.enter_named(spec.name.value_or("?"));
    if (groups_known) {
      const auto label = context.enter("label");
      check_labels(spec.label, "a privilege belongs to", groups, context);
    }
    if (groups_known) check_sites(spec, scenario.sites, context);
    privileges.push_back(resolve_privilege(spec, scenario.sites));
    warn_about_privilege(spec, privileges.back(), context);
    check_sum(privileges, spec, context);
  }
  for (Stream& stream : scenario.workload.streams) {
    const auto first = std::find_if(privileges.begin(), privileges.end(), [&](const Privilege& privilege) {
      return std::any_of(privilege.labels.begin(), privilege.labels.end(),
                         [&](const std::string& label) { return carries(stream, label); });
    });
    if (first != privileges.end()) stream.privilege = static_cast<std::int32_t>(first - privileges.begin());
  }
}

}  // namespace gigasim::scenario
