#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gigasim/scenario/load.hpp"
#include "node.hpp"

namespace gigasim::scenario {

/// The errors and warnings of one load.
class Diagnostics {
 public:
  void error(const Origin& at, std::string_view path, std::string_view problem) { add(errors_, at, path, problem); }
  void warning(const Origin& at, std::string_view path, std::string_view problem) { add(warnings_, at, path, problem); }
  /// Takes over the messages about a file of data, which have their own places.
  void data_errors(const std::vector<std::string>& messages) {
    data_errors_.insert(data_errors_.end(), messages.begin(), messages.end());
  }
  void data_warning(std::string message) { data_warnings_.push_back(std::move(message)); }
  /// Tells whether something under a key of the top level is wrong.
  [[nodiscard]] bool has_errors_under(std::string_view key) const;
  /// Takes over the errors of another reading of the same files.
  void take_errors(const Diagnostics& other) {
    errors_.insert(errors_.end(), other.errors_.begin(), other.errors_.end());
  }
  [[nodiscard]] std::size_t num_errors() const { return errors_.size() + data_errors_.size(); }
  /// `place: path: problem`, by file and place. One mistake that acts on several sites is one line.
  [[nodiscard]] std::vector<std::string> errors() const { return joined(lines(errors_), data_errors_); }
  [[nodiscard]] std::vector<std::string> warnings() const { return joined(lines(warnings_), data_warnings_); }

 private:
  struct Problem {
    Origin at;
    std::string path, text;
  };
  static void add(std::vector<Problem>& problems, const Origin& at, std::string_view path, std::string_view problem);
  [[nodiscard]] static std::vector<std::string> lines(std::vector<Problem> problems);

  [[nodiscard]] static std::vector<std::string> joined(std::vector<std::string> first,
                                                       const std::vector<std::string>& then) {
    first.insert(first.end(), then.begin(), then.end());
    return first;
  }

  std::vector<Problem> errors_, warnings_;
  std::vector<std::string> data_errors_, data_warnings_;
};

/// Which keys a map must and may have.
enum class Flavour {
  kFull,     ///< everything required must be there, defaults are filled in
  kPartial,  ///< a file that extends another: nothing is required
  kVariant,  ///< a partial scenario that may not extend or have variants itself
};

/// Where the reading of a tree stands, and what it noticed.
class Context {
 public:
  explicit Context(Diagnostics& diagnostics, Flavour flavour = Flavour::kFull, std::string path = "")
      : diagnostics_(diagnostics), flavour_(flavour), path_(std::move(path)) {}

  /// Restores the path when it ends.
  class Step {
   public:
    Step(std::string& path, std::size_t length) : path_(path), length_(length) {}
    ~Step() { path_.resize(length_); }
    Step(const Step&) = delete;
    Step& operator=(const Step&) = delete;
    Step(Step&&) = delete;
    Step& operator=(Step&&) = delete;

   private:
    std::string& path_;
    std::size_t length_;
  };
  [[nodiscard]] Step enter(std::string_view key);
  [[nodiscard]] Step enter_item(const YamlNode& item, std::size_t index);
  [[nodiscard]] Step enter_named(std::string_view name);

  void error(const Origin& at, std::string_view problem) { diagnostics_.error(at, path_, problem); }
  void warning(const Origin& at, std::string_view problem) { diagnostics_.warning(at, path_, problem); }
  void note_range(RangeNote range) {
    range.path = path_;
    ranges_.push_back(std::move(range));
  }

  /// The metrics that expectations may name.
  void know_metrics(std::span<const MetricName> metrics) { metrics_ = metrics; }
  [[nodiscard]] std::span<const MetricName> metrics() const { return metrics_; }

  [[nodiscard]] Flavour flavour() const { return flavour_; }
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] Diagnostics& diagnostics() { return diagnostics_; }
  [[nodiscard]] std::vector<RangeNote> take_ranges() { return std::move(ranges_); }

 private:
  Diagnostics& diagnostics_;
  Flavour flavour_;
  std::string path_;
  std::vector<RangeNote> ranges_;
  std::span<const MetricName> metrics_;
};

/// The name by which an item of a list is called in paths: its `name`, else its index.
[[nodiscard]] std::string item_label(const YamlNode& item, std::size_t index);

/// ` (did you mean "load"?)` for the candidate nearest to `word`; empty when none is near.
[[nodiscard]] std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates);
/// The same, and where none is near, ` (known: ...)` with all of the candidates.
[[nodiscard]] std::string did_you_mean_or_known(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace gigasim::scenario
