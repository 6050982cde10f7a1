#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "node.hpp"

namespace gigasim::scenario {

inline constexpr int kDeepest = 64;                  ///< maps and lists inside each other
inline constexpr std::size_t kMostCopies = 100'000;  ///< values that aliases may copy
inline constexpr std::size_t kMostValues = 250'000;

/// The text is not YAML that a scenario may be made of.
class YamlProblem : public std::runtime_error {
 public:
  YamlProblem(Origin at, const std::string& problem) : std::runtime_error(problem), at_(std::move(at)) {}
  [[nodiscard]] const Origin& at() const { return at_; }

 private:
  Origin at_;
};

/// Reads one YAML document. Refuses merge keys, tags, more than one document, control characters, and
/// anything too deep or too large; expands aliases by copying. Throws YamlProblem; what does not stop the reading (a
/// key that stands twice) is added to `problems`. Every value gets `source` as its origin; its line and column too when
/// that is a file.
[[nodiscard]] YamlNode read_yaml(std::string_view text, const Origin& source, std::vector<YamlProblem>& problems);

}  // namespace gigasim::scenario
