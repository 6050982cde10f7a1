#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "gigasim/metrics/expectations.hpp"
#include "gigasim/scenario/load.hpp"

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
    command
        .add_option("--set", settings, "replace one value, as in --set workload.demand.load=\"95 %\"; may be repeated")
        ->type_name("PATH=VALUE")
        ->expected(1)
        ->take_all()
        ->check([](const std::string& text) {
          return text.find('=') == std::string::npos || text.front() == '=' ? "needs PATH=VALUE, got " + text
                                                                            : std::string{};
        });
    command.add_option("--seed", seed, "another seed");
  }

  [[nodiscard]] scenario::Loaded load() const {
    scenario::LoadOptions options;
    options.variant = variant;
    options.metrics = metrics::metric_names();
    for (const auto& text : settings) {
      const auto split = text.find('=');
      options.set.emplace_back(text.substr(0, split), text.substr(split + 1));
    }
    if (seed) options.set.emplace_back("seed", std::to_string(*seed));
    return scenario::load(file, options);
  }
};

}  // namespace gigasim::cli
