#pragma once

#include <string>
#include <utility>
#include <vector>

namespace gigasim::cli {

/// Lays a user's tables, each a kind and a CSV file with its columns, over the built-in facts for the rest of the
/// process. Throws UsageError for a file that cannot be read and scenario::ScenarioError for what is wrong inside.
void use_own_tables(const std::vector<std::pair<std::string, std::string>>& kinds_and_files);

}  // namespace gigasim::cli
