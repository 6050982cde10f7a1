#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gigasim/metrics/results.hpp"
#include "gigasim/scenario/load.hpp"

namespace gigasim::report {

/// A file of a result folder that is written already.
struct OutputFile {
  std::string name;
  std::uint64_t bytes = 0;
  std::string sha256;
};

/// manifest.json: what the results were made from and what they are, without anything of the machine or the moment, so
/// that the same run gives the same bytes everywhere.
[[nodiscard]] std::string manifest_json(const metrics::Results& results, const scenario::Loaded& loaded,
                                        const std::string& simgrid_version, const std::vector<OutputFile>& files);

/// Returns the names of all files of a result folder from the text of its manifest; nothing when it is no such text.
[[nodiscard]] std::optional<std::vector<std::string>> files_in_manifest(std::string_view text);

}  // namespace gigasim::report
