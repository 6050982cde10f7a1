#include "read_each.hpp"

#include <stdexcept>

#include "gigasim/scenario/load.hpp"

namespace gigasim::cli {

void read_each(const std::vector<std::string>& paths, const std::function<void(const std::string&)>& read) {
  std::vector<std::string> errors;
  for (const auto& path : paths) {
    try {
      read(path);
    } catch (const std::runtime_error& error) {
      errors.emplace_back(error.what());
    }
  }
  if (!errors.empty()) throw scenario::ScenarioError(errors);
}

}  // namespace gigasim::cli
