#pragma once

#include <span>
#include <string>
#include <string_view>

namespace gigasim::cli {

/// What the exit code of every subcommand means. Codes are never re-used; 6 is kept for
/// sweeps.
enum class ExitCode : int {
  kSuccess = 0,
  kRunFailed = 1,
  kUsage = 2,
  kInvalidInput = 3,
  kExpectationBreached = 4,
  kBaselineMoved = 5,
  kResourceLimit = 7,
  kOurFault = 70,
  kInterrupted = 130,
  kTerminated = 143,
};

struct ExitCodeMeaning {
  ExitCode code;
  std::string_view meaning;
};
[[nodiscard]] std::span<const ExitCodeMeaning> exit_codes();
/// The table as text for `--help`.
[[nodiscard]] std::string exit_code_help();

}  // namespace gigasim::cli
