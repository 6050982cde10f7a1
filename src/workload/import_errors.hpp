#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gigasim::workload {

/// Where something is in a text file, both from 1; the column counts bytes.
struct TextPlace {
  std::int64_t line = 0, column = 0;
};

/// Collects what is wrong with a log: the first ten mistakes in full, the others as a count.
class ImportErrors {
 public:
  explicit ImportErrors(std::string file) : file_(std::move(file)) {}

  void add(TextPlace place, std::string_view problem);
  [[nodiscard]] bool none() const { return messages_.empty(); }
  /// Throws scenario::ScenarioError when there is anything to say.
  void raise_if_any() const;
  /// Adds and throws at once: reading on makes no sense.
  [[noreturn]] void raise(TextPlace place, std::string_view problem);

 private:
  [[noreturn]] void raise() const;

  std::string file_;
  std::vector<std::string> messages_;
  std::int64_t more_ = 0;
};

/// Returns a field as it may stand in a message: at most 24 bytes, what is not printable ASCII as \xNN.
[[nodiscard]] std::string quoted(std::string_view field);

}  // namespace gigasim::workload
