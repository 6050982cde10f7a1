#pragma once

#include <string>
#include <vector>

#include "gigasim/baseline/baseline.hpp"
#include "gigasim/report/ci.hpp"

namespace gigasim::baseline {

/// What became of one figure.
struct Change {
  enum class Kind { kSame, kWithinTolerance, kMoved, kGone, kNew };
  Kind kind = Kind::kSame;
  Entry before, after;             ///< of a figure that is new or gone one side has no metric
  double difference = 0.0;         ///< after - before, in the metric's unit
  std::optional<double> relative;  ///< difference / |before|; nothing when that is zero

  [[nodiscard]] const Entry& entry() const { return after.metric != nullptr ? after : before; }
};

struct Comparison {
  Source before, after;
  std::vector<Change> changes;  ///< most important first
  /// What makes a check worthless: a rule that fits no figure, not one figure checked. One sentence each.
  std::vector<std::string> problems{};

  /// A figure moved beyond its tolerance or is gone. A new one is no regression.
  [[nodiscard]] bool regressed() const;
  [[nodiscard]] std::vector<const Change*> of(Change::Kind kind) const;
};

/// Checks what a run gave now against a baseline, by its rules.
[[nodiscard]] Comparison check(const Baseline& baseline, const Snapshot& now);
/// Compares all figures of two snapshots exactly.
[[nodiscard]] Comparison diff(const Snapshot& before, const Snapshot& after);

/// Says a change in words: "user_type=start_up jobs wait 12 % longer".
[[nodiscard]] std::string in_words(const Change& change);
/// "mean queue time 3.1 h -> 3.5 h": the figures behind the words, in full where rounding would hide the change.
[[nodiscard]] std::string figures_in_words(const Change& change);
/// What differs in what the figures were made from: one line per changed input or version; that nothing does is said
/// too.
[[nodiscard]] std::vector<std::string> causes(const Source& before, const Source& after);

/// For a terminal: verdict, causes, changes. At most `most` changes are listed (0: all).
[[nodiscard]] std::string to_text(const Comparison& comparison, const report::TableStyle& style, std::size_t most);

/// For machines: one JSON object.
[[nodiscard]] std::string to_json(const Comparison& comparison);

/// For continuous integration: one case per group of figures (network, site, label, ...) and family of metrics.
[[nodiscard]] report::CheckSuite to_checks(const Comparison& comparison, const std::string& name,
                                           const std::filesystem::path& baseline_file);

}  // namespace gigasim::baseline
