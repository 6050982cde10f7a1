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

void check_policy(const SchedulingSpec& spec, Context& context) {
  const bool multifactor = spec.queue_policy && *spec.queue_policy == "multifactor";
  if (*spec.shares != ShareRule::kTarget || !spec.queue_policy || multifactor) return;
  context.error(
      spec.shares.origin,
      fmt::format("targets need queue_policy: multifactor, whose fair share steers towards them; {} knows none "
                  "(cap works with every policy)",
                  *spec.queue_policy));
}

void check_reserves(const SchedulingSpec& spec, Context& context) {
  if (*spec.shares != ShareRule::kCap) return;
  if (!spec.reservations.empty()) {
    context.error(spec.shares.origin, "hard caps do not go with scheduling.reservations: leave one of them out");
  }
  for (const PrivilegeSpec& privilege : spec.privileges) {
    if (privilege.reserve.value_or(0.0) == 0.0) continue;
    context.error(spec.shares.origin,
                  fmt::format("hard caps do not go with a reserve (scheduling.privileges[{}].reserve): "
                              "leave one of them out",
                              privilege.name.value_or("?")));
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

ShareRule resolve_share_rule(const SchedulingSpec& spec, const std::vector<Site>& sites, Context& context) {
  const ShareRule rule = spec.shares.value_or(ShareRule::kNone);
  if (!spec.shares || rule == ShareRule::kNone) return rule;
  const auto step = context.enter("scheduling.shares");
  if (!any_time_shares(sites) && !context.diagnostics().has_errors_under("sites")) {
    context.error(spec.shares.origin, "no site has time_shares");
  }
  check_policy(spec, context);
  check_reserves(spec, context);
  return rule;
}

}  // namespace gigasim::scenario
