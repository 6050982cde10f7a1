#pragma once

#include <filesystem>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "gigasim/scenario/request_trace.hpp"
#include "gigasim/scenario/scenario.hpp"

namespace gigasim::scenario {

/// The user's scenario or data is wrong. Each message is one line `file:line:column: path: problem`, with a hint.
class ScenarioError : public std::runtime_error {
 public:
  explicit ScenarioError(std::vector<std::string> messages);
  [[nodiscard]] const std::vector<std::string>& messages() const { return messages_; }

 private:
  std::vector<std::string> messages_;
};

struct LoadOptions {
  std::string variant;                                   ///< name under `variants:`; empty for the base
  std::vector<std::pair<std::string, std::string>> set;  ///< path and value, applied last, in order
  std::span<const MetricName> metrics{};                 ///< what `expect` may name; they must outlive the load
  RequestTraceReader read_requests{};                    ///< how request traces are read
};

/// One value of a resolved scenario and where it comes from.
struct Resolved {
  std::string path;    ///< "sites[jaif].partitions[booster].count"
  std::string value;   ///< as it would be written in YAML
  std::string origin;  ///< "eu.yaml:12", "catalogue ai-factories/jaif (high): SOURCE", "default", "--set"
};

/// A range given for a number or date; a run uses `best`.
struct RangeNote {
  std::string path, best, low, high, source;
};

/// An input file that was read, for the manifest: path as given and a digest of its bytes.
struct InputFile {
  std::string path, digest;
};

struct Loaded {
  Scenario scenario;
  std::vector<std::string> warnings;  ///< `file:line:column: path: what looks suspicious`
  std::vector<Resolved> resolved;     ///< in the order of the format
  std::vector<RangeNote> ranges;
  std::vector<InputFile> inputs;
  int catalogue_edition = 0;  ///< catalogue::Edition: the built-in facts, or those with the user's own tables
};

/// Loads, composes, checks and resolves a scenario file. From here on the process sees the catalogue with the tables
/// that the file names (catalogue/overlay.hpp), or the built-in one. Throws ScenarioError with every mistake that was
/// found.
[[nodiscard]] Loaded load(const std::filesystem::path& file, const LoadOptions& options = {});

/// The names under `variants:`, in file order.
[[nodiscard]] std::vector<std::string> variant_names(const std::filesystem::path& file);

/// Returns the JSON Schema (draft 2020-12) of the format, generated from the declarations that parse it.
[[nodiscard]] std::string json_schema();

/// Returns docs/scenario-reference.md, generated from the same declarations.
[[nodiscard]] std::string reference_markdown();

/// Writes resolved values as a YAML scenario with each value's origin as a comment. Loading it gives the same Scenario.
[[nodiscard]] std::string to_yaml(const Loaded& loaded);

}  // namespace gigasim::scenario
