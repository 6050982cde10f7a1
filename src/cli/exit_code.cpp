#include "exit_code.hpp"

#include <fmt/format.h>

#include <array>

namespace gigasim::cli {

std::span<const ExitCodeMeaning> exit_codes() {
  static constexpr std::array kCodes{
      ExitCodeMeaning{ExitCode::kSuccess, "success"},
      ExitCodeMeaning{ExitCode::kRunFailed, "the run failed: its books do not balance"},
      ExitCodeMeaning{ExitCode::kUsage, "usage error: wrong option, or an output place that cannot be used"},
      ExitCodeMeaning{ExitCode::kInvalidInput, "invalid scenario or data"},
      ExitCodeMeaning{ExitCode::kExpectationBreached, "the results are not as the scenario expects; they are written"},
      ExitCodeMeaning{ExitCode::kBaselineMoved, "a figure moved away from its baseline"},
      ExitCodeMeaning{ExitCode::kResourceLimit, "a resource limit was hit: memory or disk"},
      ExitCodeMeaning{ExitCode::kOurFault, "our own fault: please report it"},
      ExitCodeMeaning{ExitCode::kInterrupted, "interrupted (SIGINT); what was reached is written, marked incomplete"},
      ExitCodeMeaning{ExitCode::kTerminated, "terminated (SIGTERM); what was reached is written, marked incomplete"},
  };
  return kCodes;
}

std::string exit_code_help() {
  std::string text = "Exit codes:\n";
  for (const auto& [code, meaning] : exit_codes())
    text += fmt::format("  {:>3}  {}\n", static_cast<int>(code), meaning);
  return text;
}

}  // namespace gigasim::cli
