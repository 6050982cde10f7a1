#pragma once

#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "gigasim/metrics/expectations.hpp"
#include "gigasim/metrics/results.hpp"
#include "gigasim/scenario/load.hpp"

/// Results to terminal tables, JSON, CSV and Markdown, and to a folder.
namespace gigasim::report {

/// Writing failed for a reason outside the program (disk full, no permission).
class OutputError : public std::runtime_error {
 public:
  OutputError(const std::string& message, bool resource_limit)
      : std::runtime_error(message), resource_limit_(resource_limit) {}
  /// True for a full disk, an exceeded quota or file size limit; false for permissions and the like.
  [[nodiscard]] bool resource_limit() const { return resource_limit_; }

 private:
  bool resource_limit_;
};

struct TableStyle {
  bool colour = false;
  int width = 100;  ///< columns of the terminal
};

/// What `run` prints: the answer in sentences, then tables. Columns and rows that do not fit are named.
[[nodiscard]] std::string to_table(const metrics::Results& results, const TableStyle& style);
[[nodiscard]] std::string to_json(const metrics::Results& results);  ///< results.json
[[nodiscard]] std::string to_markdown(const metrics::Results& results);
[[nodiscard]] std::string to_csv(const metrics::Results& results);  ///< network and sites, one row each: sites.csv

/// Says in one line what became of an expectation: its text, the measured value, and the margin or what decides it not.
[[nodiscard]] std::string expectation_line(const metrics::ExpectationOutcome& outcome);

/// Checks that `folder` can be written before a run spends its time: it does not exist yet, or it is empty, or it is an
/// earlier result folder (holds a manifest.json of gigasim) that may be replaced; and a new folder can be made beside
/// it. Makes missing parent folders. Throws OutputError.
void check_folder(const std::filesystem::path& folder);

/// Writes results.json, jobs.csv, decisions.csv, sites.csv, regional.csv, timeseries.csv, manifest.json and run.log
/// into a new folder beside `folder` and renames it into place, so that a reader sees the old folder or the whole new
/// one. Checks as check_folder() does. Throws OutputError; the old folder then stays as it was. SIGXFSZ must be
/// ignored, so that a file size limit is an error here.
void write_folder(const std::filesystem::path& folder, const metrics::Results& results, const scenario::Loaded& loaded,
                  const std::string& simgrid_version, const std::string& run_log);

/// The figures of one block as read back: one per metric of metrics::registry(), in its order.
struct SummaryBlock {
  std::string name;                                                   ///< empty for the network
  std::vector<std::optional<metrics::Distribution::Figure>> figures;  ///< nothing where there was no sample
  bool operator==(const SummaryBlock&) const = default;
};

/// A right of some streams before others, as read back.
struct SummaryPrivilege {
  std::string name;
  std::vector<std::string> streams;  ///< whose jobs have it
  bool operator==(const SummaryPrivilege&) const = default;
};

/// One result read back from a folder or a results.json, for comparison.
struct Summary {
  std::string name;  ///< as the user named it
  std::string scenario, variant;
  bool complete = true;
  SummaryBlock network;
  std::vector<std::vector<SummaryBlock>> groups;  ///< one list per grouping of metrics::groupings() but the network
  std::vector<SummaryPrivilege> privileges{};
  std::optional<std::uint64_t> seed{};  ///< nothing where the file does not say
  std::string period{};                 ///< the results period: "2029-01-08 to 2029-02-07"; empty likewise
  bool operator==(const Summary&) const = default;
};
/// Returns what read_summary() reads from the results.json of these results.
[[nodiscard]] Summary summarise(const metrics::Results& results, std::string name);
/// Reads a result folder or a results.json file. Throws std::runtime_error with one clear line.
[[nodiscard]] Summary read_summary(const std::filesystem::path& path);

/// Puts the figures of a group ("user_type=sme", "site=jaif") in the place of the network's. Throws std::runtime_error
/// with one clear line when the result has no such group.
void show_group(Summary& summary, const std::string& group);

enum class Format { kTable, kJson, kCsv, kMarkdown };
/// Sets the results side by side, each metric with its difference to the first. Tables and Markdown begin with what
/// moved in sentences and show the 15 metrics that say most, or `all`; files hold all of them anyway.
[[nodiscard]] std::string compare(const std::vector<Summary>& results, Format format, const TableStyle& style,
                                  bool all = false);

}  // namespace gigasim::report
