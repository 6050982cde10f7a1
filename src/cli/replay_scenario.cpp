#include "replay_scenario.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "gigasim/catalogue/catalogue.hpp"
#include "gigasim/catalogue/speeds.hpp"
#include "gigasim/scenario/policy_settings.hpp"
#include "gigasim/units/text.hpp"
#include "settings.hpp"

namespace gigasim::cli {
namespace {

const units::ModelConstant kReplayPod{
    512,
    {"cli.replay_pod", "accelerators", "`gigasim replay`: accelerators per pod",
     "a log says nothing of the fabric: few enough jobs side by side in each that SimGrid shares it out cheaply",
     true}};

const catalogue::Accelerator& known_accelerator(const std::string& name, std::string_view option = "--accelerator") {
  if (const auto* found = catalogue::find_accelerator(name)) return *found;
  std::vector<std::string> known;
  for (const auto& a : catalogue::accelerators()) known.push_back(a.id);
  const auto guess = units::nearest(name, known);
  throw scenario::ScenarioError(
      {fmt::format("{}: unknown accelerator \"{}\"{} (`gigasim catalogue list accelerators` lists them)", option, name,
                   guess ? fmt::format(", did you mean \"{}\"?", *guess) : "")});
}

/// How fast the jobs of the log run on what it is replayed on.
std::vector<double> speeds_of(const ReplayOptions& options, const catalogue::Accelerator& here) {
  if (options.recorded_on.empty()) return {};
  const auto& recorded = known_accelerator(options.recorded_on, "--recorded-on");
  const auto speed = catalogue::speed_on(options.recorded_class, recorded.id, here.id);
  if (speed) return {*speed};
  throw scenario::ScenarioError(
      {fmt::format("--recorded-on: nobody has measured how fast jobs of class \"{}\" run on {} against {} (`gigasim "
                   "catalogue list speed-ratios` lists what is known)",
                   options.recorded_class, here.id, recorded.id)});
}

}  // namespace

scenario::Loaded replay_scenario(const ReplayOptions& options) {
  const auto& type = known_accelerator(options.accelerator);
  scenario::Partition partition;
  partition.name = "all";
  partition.accelerator = type.id;
  partition.vendor = type.vendor;
  partition.count = options.accelerators;
  partition.per_node = type.per_node;
  partition.pod = std::max<std::int64_t>(kReplayPod.whole(), type.per_node);
  partition.h100_equivalent = type.h100_equivalent;
  partition.idle_power = type.idle_power;
  partition.full_power = type.full_power;

  scenario::Site site;
  site.name = site.title = "machine";
  site.kind = scenario::SiteKind::kSupercomputer;
  site.spine_bandwidth =
      units::BytesPerSecond{scenario::kDefaultSpinePerAccelerator.value() * static_cast<double>(options.accelerators)};
  site.storage_bandwidth = units::BytesPerSecond{scenario::kDefaultStorageBandwidth.value()};
  site.wan_access = units::BytesPerSecond{scenario::kDefaultWanAccess.value()};
  site.partitions.push_back(partition);

  scenario::Stream stream;
  stream.name = "log";
  stream.trace = scenario::Trace{options.log, "auto", options.accelerators_per_processor, options.strict};
  stream.trace->speeds = speeds_of(options, type);

  scenario::Loaded loaded;
  auto& scenario = loaded.scenario;
  scenario.name = std::filesystem::path(options.log).filename().string();
  scenario.description = fmt::format("replay on {} accelerators, {} processor{} of the log each", options.accelerators,
                                     units::format_number(1.0 / options.accelerators_per_processor),
                                     options.accelerators_per_processor == 1.0 ? "" : "s");
  scenario.period.until_drained = true;
  scenario.sites.push_back(site);
  scenario.workload.streams.push_back(stream);
  scenario.scheduling.queue_policy = options.queue_policy;
  scenario.scheduling.overrun = options.overrun == "extend" ? scenario::Overrun::kExtend : scenario::Overrun::kKill;
  scenario.scheduling.queues.estimate =
      options.estimate == "actual" ? scenario::Estimate::kActual : scenario::Estimate::kRequest;
  scenario::set_policy_rules(split_settings(options.settings), scenario.scheduling);
  return loaded;
}

}  // namespace gigasim::cli
