#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gigasim::cli {

/// What the exit code of every subcommand means. Codes are never re-used; 6 is kept for sweeps.
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
  /// The subcommands that can end with it, as in "catalogue list"; empty: all.
  std::vector<std::string_view> commands;

  [[nodiscard]] bool concerns(std::string_view command) const;
};
[[nodiscard]] std::span<const ExitCodeMeaning> exit_codes();
/// The table as text for `--help`: of all codes, or of those that a subcommand has.
[[nodiscard]] std::string exit_code_help(std::string_view command = "");
/// docs/exit-codes.md.
[[nodiscard]] std::string exit_code_markdown();

}  // namespace gigasim::cli
