#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "diagnostics.hpp"
#include "gigasim/scenario/load.hpp"
#include "node.hpp"

namespace gigasim::scenario {

/// A table of the user's that is in use.
struct OwnTable {
  std::string kind;
  std::filesystem::path file;
  Origin at;
};

/// A scenario file and those that it extends, merged. `variants` are apart and not applied.
struct Composed {
  YamlNode base;
  YamlNode variants;  ///< a map
  std::vector<InputFile> inputs;
  std::vector<OwnTable> own_tables;
};

/// Reads `file` and the files that it extends. From here on the catalogue is that
/// with the user's own tables, or the built-in one. Nothing when a file cannot be read at all; everything wrong is
/// reported.
[[nodiscard]] std::optional<Composed> compose(const std::filesystem::path& file, Diagnostics& diagnostics);

/// Returns the base with a variant and settings applied.
[[nodiscard]] YamlNode apply_options(const Composed& composed, const LoadOptions& options, Diagnostics& diagnostics);

/// Checks the keys and values of every variant, also of those that nobody asked for.
void check_variants(const Composed& composed, std::span<const MetricName> metrics, Diagnostics& diagnostics);

}  // namespace gigasim::scenario
