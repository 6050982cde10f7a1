#pragma once

#include <filesystem>
#include <string>

namespace gigasim::scenario {

/// Bytes of a file, or what is wrong with it.
struct FileBytes {
  std::string bytes, problem;
};

/// Reads a file of at most kLargestFile bytes. `what` it should be: "a scenario file".
[[nodiscard]] FileBytes read_file_bytes(const std::filesystem::path& file, const char* what);

}  // namespace gigasim::scenario
