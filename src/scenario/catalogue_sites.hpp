#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "node.hpp"

namespace gigasim::scenario {

/// Returns the sites of a whole kind (ai-factories, antennas) as they would be written in a scenario; empty for any
/// other word.
[[nodiscard]] std::vector<YamlNode> sites_of_kind(std::string_view kind);

/// Returns the site of one row of the kinds that hold sites; nothing for an unknown id.
[[nodiscard]] std::optional<YamlNode> site_of_catalogue(std::string_view id);

}  // namespace gigasim::scenario
