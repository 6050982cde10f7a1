#pragma once

#include <string>
#include <utility>
#include <vector>

#include "diagnostics.hpp"
#include "node.hpp"

namespace gigasim::scenario {

/// One step of a path: a key, or an item of a list by name or index.
struct PathStep {
  std::string text;
  bool item = false;
  bool operator==(const PathStep&) const = default;
};

/// Splits "sites[athens].pue"; nothing when it is not a path.
[[nodiscard]] std::vector<PathStep> split_path(std::string_view path);

/// Where messages place `--set PATH=VALUE`.
[[nodiscard]] Origin origin_of_setting(const std::pair<std::string, std::string>& setting);

/// Puts the value of `--set PATH=VALUE` into the tree; maps on the way are made. Reports what does not fit.
void set_path(YamlNode& scenario, const std::pair<std::string, std::string>& setting, Diagnostics& diagnostics);

}  // namespace gigasim::scenario
