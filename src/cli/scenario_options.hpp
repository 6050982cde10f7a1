#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "gigasim/metrics/expectations.hpp"
#include "gigasim/scenario/load.hpp"
#include "gigasim/workload/request_trace.hpp"
#include "settings.hpp"

namespace gigasim::cli {

/// Which scenario is meant: file, variant and single values.
struct ScenarioOptions {
  std::string file;
  std::string variant;
  std::vector<std::string> settings;
  std::optional<std::uint64_t> seed;

  void declare(CLI::App& command) {
    command.add_option("SCENARIO", file, "scenario file (YAML)")->required();
    command.add_option("--variant", variant, "a name under `variants:`");
    declare_settings(command, settings,
                     "replace one value, as in --set workload.demand.load=\"95 %\"; may be repeated");
    command.add_option("--seed", seed, "another seed");
  }

  [[nodiscard]] scenario::Loaded load() const {
    scenario::LoadOptions options;
    options.variant = variant;
    options.metrics = metrics::metric_names();
    options.read_requests = workload::read_request_trace;
    options.set = split_settings(settings);
    if (seed) options.set.emplace_back("seed", std::to_string(*seed));
    return scenario::load(file, options);
  }
};

}  // namespace gigasim::cli
