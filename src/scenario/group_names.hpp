#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "gigasim/scenario/scenario.hpp"

namespace gigasim::scenario {

/// The groups of jobs and machines that the results of a scenario will tell apart, by kind or label.
class GroupNames {
 public:
  explicit GroupNames(const Scenario& scenario);

  /// Returns the complaint about a label, empty when there is such a group.
  [[nodiscard]] std::string complaint(const std::string& key, const std::string& value) const;

 private:
  using Names = std::set<std::string, std::less<>>;
  void add(const Stream& stream);
  void add_quarters(const Period& period);
  static std::string hint(std::string_view word, const Names& known);

  std::map<std::string, Names, std::less<>> names_;
  Names antennas_;
};

}  // namespace gigasim::scenario
