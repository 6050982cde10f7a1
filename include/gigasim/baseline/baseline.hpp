#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gigasim/metrics/registry.hpp"
#include "gigasim/report/report.hpp"
#include "gigasim/scenario/load.hpp"

/// Figures of a scenario that are kept in version control: a small text file, one figure a line, that a later run is
/// checked against.
namespace gigasim::baseline {

using Figure = metrics::Distribution::Figure;

inline constexpr int kFormatVersion = 1;

/// One figure of a result.
struct Entry {
  std::string name;  ///< "queue_time_p95", "queue_time_p95{site=jaif}", "queue_time_p95{user_type=sme}"
  const metrics::Metric* metric = nullptr;
  std::string group_key, group_value;  ///< both empty for the network
  std::optional<Figure> figure;        ///< nothing where there was no sample
};

/// What figures were made from.
struct Source {
  std::string scenario;  ///< file name
  std::string variant;   ///< empty for the base
  std::string gigasim_version, simgrid_version;
  std::string catalogue_digest;
  std::vector<scenario::InputFile> files;  ///< scenario, what it extends, logs; paths relative to the scenario's folder
  /// Of a result folder: the seed, and what the command line set. A baseline has none: it is of the scenario as
  /// written.
  std::map<std::string, std::string> settings{};
  bool operator==(const Source&) const;
};

struct Snapshot {
  Source source;
  std::vector<Entry> entries;  ///< by name
};

/// How far figures may move.
struct Rule {
  enum class Tolerance { kIgnore, kExact, kRelative, kAbsolute };
  std::string pattern;  ///< of names, `*` for any characters; without braces it fits the network's figures only
  Tolerance tolerance = Tolerance::kExact;
  double amount = 0.0;  ///< fraction, or a quantity of `unit`
  std::string unit;     ///< as written, of an absolute tolerance

  [[nodiscard]] bool fits(const Entry& entry) const;
  /// The largest difference that passes, in the metric's unit.
  [[nodiscard]] double allowed(const Entry& entry) const;
};

struct HistoryLine {
  std::string date, version, reason;
};

struct Baseline {
  Snapshot snapshot;
  std::vector<Rule> rules;
  std::vector<HistoryLine> history;
};

/// The last rule that fits; null when none does or the figure is to be ignored.
[[nodiscard]] const Rule* rule_for(const std::vector<Rule>& rules, const Entry& entry);

/// Rules for a first recording: every figure of the network, a few of each site, access class and label; all exact.
[[nodiscard]] std::vector<Rule> default_rules(const Snapshot& snapshot);

/// The figures of a result, all of them.
[[nodiscard]] std::vector<Entry> entries_of(const report::Summary& summary);
/// Keeps what the rules do not ignore.
[[nodiscard]] std::vector<Entry> selected(const std::vector<Entry>& entries, const std::vector<Rule>& rules);

/// Figures and source of a finished run.
[[nodiscard]] Snapshot take_snapshot(const metrics::Results& results, const scenario::Loaded& loaded,
                                     const std::filesystem::path& scenario_file, const std::string& simgrid_version);

/// All figures of a result folder or results.json, with what its manifest says of the source. Throws
/// std::runtime_error.
[[nodiscard]] Snapshot snapshot_of_result(const std::filesystem::path& path);

/// The file's text.
[[nodiscard]] std::string to_text(const Baseline& baseline);
/// Reads a baseline. `shown` names it in messages. Throws scenario::ScenarioError with all that is wrong with it:
/// another format version, cut off, changed by hand, an unknown metric or unit, a rule that fits no metric, ...
[[nodiscard]] Baseline parse(const std::string& text, const std::string& shown);
[[nodiscard]] Baseline read(const std::filesystem::path& file);
/// Writes the file in one step: a reader, or an interruption, leaves the old one or the whole new one. Throws
/// report::OutputError.
void write(const std::filesystem::path& file, const Baseline& baseline);

}  // namespace gigasim::baseline
