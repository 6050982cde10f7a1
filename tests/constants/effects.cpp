#include "effects.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <stdexcept>

#include "forked_runs.hpp"
#include "gigasim/baseline/comparison.hpp"
#include "gigasim/catalogue/column_change.hpp"
#include "gigasim/engine/run.hpp"
#include "gigasim/metrics/expectations.hpp"
#include "gigasim/metrics/recorder.hpp"
#include "gigasim/metrics/registry.hpp"
#include "gigasim/units/model_constant.hpp"
#include "gigasim/workload/source.hpp"
#include "replay_scenario.hpp"

namespace gigasim::constants {
namespace {

namespace fs = std::filesystem;

/// One changed constant, of either kind.
class Changed {
 public:
  explicit Changed(const Listed& constant) {
    if (!constant.kind.empty()) {
      column_.emplace(catalogue::ColumnChange{constant.kind, constant.column, constant.row, kChange, constant.whole});
      return;
    }
    for (const units::ModelConstant* declared : units::model_constants()) {
      if (declared->about().name == constant.name) constant_.emplace(*declared, kChange);
    }
    if (!constant_) throw std::logic_error("no constant " + constant.name);
  }

 private:
  std::optional<catalogue::ScopedColumnChange> column_;
  std::optional<units::ScopedConstantChange> constant_;
};

const Exhibit& exhibit(const std::string& name) {
  for (const Exhibit& one : exhibits()) {
    if (one.name == name) return one;
  }
  throw std::logic_error("no exhibit " + name);
}

scenario::Loaded load(const Exhibit& exhibit) {
  const fs::path folder{GIGASIM_SOURCE_DIR "/scenarios"};
  scenario::LoadOptions load_options;
  load_options.metrics = metrics::metric_names();
  scenario::Loaded loaded = scenario::load(folder / exhibit.scenario, load_options);
  if (exhibit.replayed == 0) return loaded;
  cli::ReplayOptions options;
  options.log = loaded.scenario.workload.streams.at(0).trace.value().file;
  options.accelerators = exhibit.replayed;
  return cli::replay_scenario(options);
}

metrics::Results run(const Exhibit& exhibit) {
  const scenario::Loaded loaded = load(exhibit);
  const auto source = workload::open_streams(loaded.scenario);
  metrics::Recorder recorder(loaded.scenario, source->origins());
  engine::run(loaded.scenario, *source, recorder);
  return recorder.results(source->imports(), source->plans());
}

/// What moved away from the scenario's baseline, as `gigasim baseline check` finds it.
std::vector<std::string> moved_from_baseline(const Exhibit& exhibit, const report::Summary& now) {
  const fs::path stem = fs::path{exhibit.scenario}.stem();
  const auto kept = baseline::read(fs::path{GIGASIM_SOURCE_DIR "/scenarios/baselines"} / (stem.string() + ".baseline"));
  std::vector<std::string> moved;
  const auto comparison = baseline::check(kept, {kept.snapshot.source, baseline::entries_of(now)});
  for (const baseline::Change& change : comparison.changes) {
    const bool counts = change.kind == baseline::Change::Kind::kMoved || change.kind == baseline::Change::Kind::kGone;
    if (counts) moved.push_back(change.entry().name);
  }
  return moved;
}

std::string run_and_compare(const Exhibit& exhibit, const report::Summary& unchanged) {
  constexpr std::size_t kShown = 3;
  const report::Summary now = report::summarise(run(exhibit), exhibit.name);
  // A replay has no scenario file, and so no baseline.
  std::vector<std::string> moved =
      exhibit.replayed == 0 ? moved_from_baseline(exhibit, now) : moved_metrics(unchanged, now);
  if (moved.size() > kShown) moved.resize(kShown);
  return fmt::format("{}", fmt::join(moved, ", "));
}

void compare_blocks(const std::string& where, const report::SummaryBlock& before, const report::SummaryBlock& after,
                    std::vector<std::string>& moved) {
  const auto metrics = metrics::registry();
  for (std::size_t m = 0; m < metrics.size(); ++m) {
    if (before.figures.at(m) != after.figures.at(m)) moved.push_back(fmt::format("{}.{}", where, metrics[m].name));
  }
}

const report::SummaryBlock* named(const std::vector<report::SummaryBlock>& blocks, const std::string& name) {
  const auto found = std::find_if(blocks.begin(), blocks.end(), [&](const auto& block) { return block.name == name; });
  return found == blocks.end() ? nullptr : &*found;
}

void compare_group(std::string_view label, const std::vector<report::SummaryBlock>& before,
                   const std::vector<report::SummaryBlock>& after, std::vector<std::string>& moved) {
  for (const report::SummaryBlock& block : before) {
    const std::string where = fmt::format("{}/{}", label, block.name);
    const report::SummaryBlock* other = named(after, block.name);
    if (other == nullptr) {
      moved.push_back(where);
    } else {
      compare_blocks(where, block, *other, moved);
    }
  }
  for (const report::SummaryBlock& block : after) {
    if (named(before, block.name) == nullptr) moved.push_back(fmt::format("{}/{}", label, block.name));
  }
}

/// The groups whose figures are kept as baselines: those of origins and streams are many, and sum up to these.
bool is_kept(std::string_view array) {
  return array == "sites" || array == "access_classes" || array == "labels";
}

}  // namespace

std::vector<std::string> moved_metrics(const report::Summary& before, const report::Summary& after) {
  std::vector<std::string> moved;
  compare_blocks("network", before.network, after.network, moved);
  std::size_t group = 0;
  for (const metrics::Grouping& grouping : metrics::groupings()) {
    if (grouping.label == "network") continue;
    if (is_kept(grouping.json_array)) {
      compare_group(grouping.json_array, before.groups.at(group), after.groups.at(group), moved);
    }
    ++group;
  }
  return moved;
}

std::map<std::string, report::Summary> unchanged_results(bool slow_too) {
  const fs::path folder = fs::temp_directory_path() / fmt::format("gigasim-constants-{}", getpid());
  fs::create_directory(folder);
  std::vector<const Exhibit*> wanted;
  std::vector<std::function<std::string()>> tasks;
  const auto file = [&folder](std::size_t e) { return folder / fmt::format("{}.json", e); };
  for (const Exhibit& one : exhibits()) {
    if (one.slow && !slow_too) continue;
    tasks.emplace_back([&one, path = file(wanted.size())] {
      std::ofstream{path} << report::to_json(run(one));
      return std::string{};
    });
    wanted.push_back(&one);
  }
  const auto errors = run_forked(tasks);
  std::map<std::string, report::Summary> results;
  for (std::size_t e = 0; e < wanted.size(); ++e) {
    if (!errors[e].empty()) throw std::runtime_error(wanted[e]->name + ": " + errors[e]);
    results[wanted[e]->name] = report::read_summary(file(e));
  }
  fs::remove_all(folder);
  return results;
}

std::vector<std::string> effects_of(const std::vector<Listed>& constants,
                                    const std::map<std::string, report::Summary>& unchanged) {
  std::vector<std::function<std::string()>> tasks;
  for (const Listed& constant : constants) {
    tasks.emplace_back([&constant, &unchanged] {
      const Changed changed{constant};
      return run_and_compare(exhibit(constant.shown_by), unchanged.at(constant.shown_by));
    });
  }
  return run_forked(tasks);
}

std::vector<std::string> effects_together(const std::vector<Listed>& constants,
                                          const std::map<std::string, report::Summary>& unchanged) {
  std::vector<std::function<std::string()>> tasks;
  for (const auto& entry : unchanged) {
    const Exhibit& where = exhibit(entry.first);
    tasks.emplace_back([&constants, &where, &unchanged] {
      std::vector<std::unique_ptr<Changed>> changes;
      for (const Listed& constant : constants) changes.push_back(std::make_unique<Changed>(constant));
      return run_and_compare(where, unchanged.at(where.name));
    });
  }
  return run_forked(tasks);
}

}  // namespace gigasim::constants
