#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string>
#include <vector>

#include "gigasim/catalogue/access_modes.hpp"
#include "gigasim/units/text.hpp"
#include "resolve.hpp"

namespace gigasim::scenario {
namespace {

constexpr double kSumTolerance = 1e-9;
constexpr const char* kShareLabel = "share";

bool any_time_shares(const std::vector<Site>& sites) {
  return std::any_of(sites.begin(), sites.end(), [](const Site& site) { return site.time_shares.has_value(); });
}

/// By the label `share`, else by the access class.
std::optional<TimeHolder> holder_of(const Stream& stream) {
  if (const auto label = stream.labels.find(kShareLabel); label != stream.labels.end()) {
    if (const auto holder = time_holder_of(label->second)) return holder;
  }
  const catalogue::AccessMode* mode = catalogue::find_access_mode(stream.access_class);
  return mode == nullptr ? std::nullopt : time_holder_of(mode->time_holder);
}

/// Every site with shares needs a policy that steers towards them.
void check_policies(const SchedulingSpec& spec, const Scenario& scenario, Context& context) {
  if (*spec.shares != ShareRule::kTarget || !spec.queue_policy) return;
  for (const Site& site : scenario.sites) {
    const std::string& policy = scenario.scheduling.policy_at(site);
    if (!site.time_shares || policy == "multifactor") continue;
    return context.error(
        spec.shares.origin,
        fmt::format("targets need queue_policy: multifactor, whose fair share steers towards them; {} at site {} knows "
                    "none (cap works with every policy)",
                    policy, site.name));
  }
}

void check_reserves(const SchedulingSpec& spec, Context& context) {
  if (*spec.shares != ShareRule::kCap) return;
  for (const PrivilegeSpec& privilege : spec.privileges) {
    if (privilege.reserve.value_or(0.0) == 0.0) continue;
    context.error(spec.shares.origin,
                  fmt::format("hard caps do not go with a reserve (scheduling.privileges[{}].reserve): "
                              "leave one of them out",
                              privilege.name.value_or("?")));
  }
}

void check_preemption(const SchedulingSpec& spec, Context& context) {
  if (*spec.shares != ShareRule::kCap || spec.preemption.empty()) return;
  context.error(spec.shares.origin,
                fmt::format("hard caps do not go with preemption (scheduling.preemption[{}]): leave one "
                            "of them out",
                            spec.preemption.front().name.value_or("?")));
}

/// What holds for a share of each holder's machine holds for the whole.
void check_reservations(const SchedulingSpec& spec, Context& context) {
  if (*spec.shares != ShareRule::kCap) return;
  for (const ReservationSpec& reservation : spec.reservations) {
    if (!reservation.label && reservation.accelerators && reservation.accelerators->share > 0.0) continue;
    context.error(spec.shares.origin,
                  fmt::format("hard caps do not go with a reservation for some jobs, or of a number of accelerators "
                              "(scheduling.reservations[{}]): maintenance of a share of them does",
                              reservation.name.value_or("?")));
  }
}

}  // namespace

std::optional<TimeShares> resolve_time_shares(std::optional<TimeSharesSpec>& spec, Context& context) {
  if (!spec) return std::nullopt;
  const double stated = spec->eu.value_or(0.0) + spec->national.value_or(0.0);
  const double sum = stated + spec->private_use.value_or(0.0);
  if (sum > 1.0 + kSumTolerance) {
    const auto step = context.enter("time_shares");
    context.error(spec->at, fmt::format("the shares sum to {:.6g} %, which is more than 100 %", sum * 100.0));
  }
  spec->eu.settle(0.0);
  spec->national.settle(0.0);
  const double rest = 1.0 - stated;
  spec->private_use.settle(rest > kSumTolerance ? rest : 0.0);
  return TimeShares{*spec->eu, *spec->national, *spec->private_use};
}

void settle_time_holders(std::vector<StreamSpec>& specs, const std::vector<Site>& sites, std::vector<Stream>& streams,
                         Context& context) {
  const bool shared = any_time_shares(sites);
  for (std::size_t i = 0; i < streams.size(); ++i) {
    Stream& stream = streams[i];
    stream.time_holder = holder_of(stream);
    if (!shared) continue;
    const auto item = context.enter_named(stream.name);
    const auto label = stream.labels.find(kShareLabel);
    if (label != stream.labels.end() && !time_holder_of(label->second)) {
      const auto step = context.enter("labels.share");
      context.error(
          specs[i].labels.origin,
          fmt::format("must be eu, national or private where sites have time_shares, got {}", shown(label->second)));
    } else if (!stream.time_holder && !context.diagnostics().has_errors_under(context.path())) {
      context.error(specs[i].at,
                    "nobody's share of the sites' time: give it an access_class or the label share (eu, national or "
                    "private)");
    } else if (stream.time_holder) {
      stream.labels.emplace(kShareLabel, word_of(*stream.time_holder));
      specs[i].labels.value = stream.labels;
    }
  }
}

ShareRule resolve_share_rule(const SchedulingSpec& spec, const Scenario& scenario, Context& context) {
  const ShareRule rule = spec.shares.value_or(ShareRule::kNone);
  if (!spec.shares || rule == ShareRule::kNone) return rule;
  const auto step = context.enter("scheduling.shares");
  if (!any_time_shares(scenario.sites) && !context.diagnostics().has_errors_under("sites")) {
    context.error(spec.shares.origin, "no site has time_shares");
  }
  check_policies(spec, scenario, context);
  check_reserves(spec, context);
  check_preemption(spec, context);
  check_reservations(spec, context);
  return rule;
}

}  // namespace gigasim::scenario
