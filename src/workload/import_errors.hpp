#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gigasim::workload {

struct ImportReport;

/// Where something is in a text file, both from 1; the column counts bytes.
struct TextPlace {
  std::int64_t line = 0, column = 0;
};

/// Collects what is wrong with a log: the first ten mistakes in full, the others as a count. A row that cannot be read
/// is dropped and counted, or an error where the reader is strict.
class ImportErrors {
 public:
  explicit ImportErrors(std::string file, bool strict = true) : file_(std::move(file)), strict_(strict) {}

  void add(TextPlace place, std::string_view problem);
  /// The row at `place` cannot be read. `reason` is what it is counted under: it holds no text of the log.
  void bad_row(TextPlace place, std::string_view reason, std::string_view problem);
  [[nodiscard]] bool strict() const { return strict_; }
  [[nodiscard]] bool none() const { return messages_.empty(); }
  /// Throws scenario::ScenarioError when there is anything to say.
  void raise_if_any() const;
  /// Adds and throws at once: reading on makes no sense.
  [[noreturn]] void raise(TextPlace place, std::string_view problem);

  /// Enters the rows that could not be read into the account, with a warning when they are more than 1 % of those that
  /// were read. Throws scenario::ScenarioError where the reader is strict, or there is a mistake that is not of one
  /// row.
  void settle(ImportReport& report) const;
  /// The first mistakes, each with its place.
  [[nodiscard]] std::vector<std::string> messages() const;
  [[nodiscard]] std::int64_t bad_rows() const { return bad_rows_; }

 private:
  struct BadRows {
    std::int64_t count = 0;
    std::vector<std::int64_t> first_lines;
  };

  [[noreturn]] void raise() const;

  std::string file_;
  bool strict_;
  std::vector<std::string> messages_;
  std::int64_t more_ = 0, bad_rows_ = 0, mistakes_ = 0;  // mistakes: that are not of one row
  std::map<std::string, BadRows, std::less<>> rows_;
};

/// Returns a field as it may stand in a message: at most 24 bytes, what is not printable ASCII as \xNN.
[[nodiscard]] std::string quoted(std::string_view field);

}  // namespace gigasim::workload
