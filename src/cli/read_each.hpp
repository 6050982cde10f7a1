#pragma once

#include <functional>
#include <string>
#include <vector>

namespace gigasim::cli {

/// Reads all results before it fails, so that one answer tells of all that is wrong with them. Throws
/// scenario::ScenarioError.
void read_each(const std::vector<std::string>& paths, const std::function<void(const std::string&)>& read);

}  // namespace gigasim::cli
