#include "unused_keys.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace gigasim::scenario {
namespace {

bool is_written(const Origin& origin) {
  return origin.kind == Origin::Kind::kFile || origin.kind == Origin::Kind::kSet;
}

template <class T>
void warn(const Setting<T>& setting, const char* map, const char* key, const char* why, Context& context) {
  if (!is_written(setting.origin)) return;
  const auto outer = context.enter(map);
  const auto inner = context.enter(key);
  context.warning(setting.origin, fmt::format("has no effect on results in this version: {}", why));
}

}  // namespace

void warn_about_unused_keys(const ScenarioSpec& spec, const Scenario& scenario, Context& context) {
  const auto list = context.enter("sites");
  const auto& streams = scenario.workload.streams;
  const bool checkpoints =
      std::any_of(streams.begin(), streams.end(), [](const Stream& stream) { return stream.checkpoint.has_value(); });
  for (std::size_t i = 0; i < spec.sites.size(); ++i) {
    const SiteSpec& site = spec.sites[i];
    const auto step = context.enter_named(site.name ? *site.name : std::to_string(i));
    if (checkpoints) continue;
    warn(site.fabric.spine, "fabric", "spine", "no job here writes checkpoints, and only those use the spine", context);
    warn(site.wan.access, "wan", "access", "no job here writes checkpoints, and only those move between sites",
         context);
  }
}

}  // namespace gigasim::scenario
