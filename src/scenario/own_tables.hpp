#pragma once

#include <string>
#include <utility>
#include <vector>

#include "compose.hpp"

namespace gigasim::scenario {

/// Puts the tables under the key `catalogue` of a file and of those that it extends (in this order; the first that
/// names a kind decides) over the built-in ones, from now on and for the whole process. Without any, and when something
/// is wrong, the built-in catalogue is in use.
[[nodiscard]] std::vector<OwnTable> use_own_tables(const std::vector<YamlNode>& chain, std::vector<InputFile>& inputs,
                                                   Diagnostics& diagnostics);

/// Reports a `--set catalogue...`: tables are read before settings apply.
void check_set_of_tables(const std::pair<std::string, std::string>& setting, Diagnostics& diagnostics);

/// The path of a file as it must be written in a scenario file in `folder`.
[[nodiscard]] std::string path_seen_from(const std::filesystem::path& folder, const std::filesystem::path& file);

}  // namespace gigasim::scenario
