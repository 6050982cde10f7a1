#include "exit_code.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace gigasim::cli {
namespace {

constexpr std::string_view kDocumentHead = R"(# Exit codes

What a script can rely on; `gigasim --help` prints the same codes. They are never re-used for another meaning.

| code | meaning | subcommands |
| ---: | :--- | :--- |
)";

constexpr std::string_view kDocumentTail = R"(
Every code but 0 comes with a message on stderr. Subcommands that are not listed for 130 and 143 do not catch signals:
they end by them, which shells report as the same numbers.

A run that would need more than 8 GB of memory or a billion events is not started: the message tells the estimate, and with
`--yes` it is run all the same. Where runs have processes of their own, one that is killed from outside (by the kernel, say, for want of
memory) counts as 7, and one that crashes as 70.

A reader of stdout that closes its pipe early (`gigasim run eu.yaml | head -1`) does not change the code: what is left of
the output is dropped, and every file is written.

Numbers that are not in the table are kept for later, and above 128 mean that another signal ended the program.
)";

}  // namespace

bool ExitCodeMeaning::concerns(std::string_view command) const {
  return commands.empty() || std::find(commands.begin(), commands.end(), command) != commands.end();
}

std::span<const ExitCodeMeaning> exit_codes() {
  static const std::vector<ExitCodeMeaning> kCodes{
      {ExitCode::kSuccess, "success", {}},
      {ExitCode::kRunFailed,
       "the run failed: its job and hour totals are inconsistent",
       {"run", "replay", "baseline record", "baseline check", "baseline update"}},
      {ExitCode::kUsage, "usage error: wrong option, or an output place that cannot be used", {}},
      {ExitCode::kInvalidInput,
       "invalid scenario, baseline or data",
       {"validate", "show", "run", "replay", "import", "check", "compare", "report", "explain", "cost",
        "baseline record", "baseline check", "baseline update", "baseline diff", "catalogue list", "models check"}},
      {ExitCode::kExpectationBreached,
       "the results are not as the scenario expects, they are written; or a site is not as a tender asks",
       {"run", "check", "baseline check"}},
      {ExitCode::kBaselineMoved, "a figure moved away from its baseline", {"baseline check"}},
      {ExitCode::kResourceLimit,
       "a resource limit was hit: memory or disk; or a run is very large and --yes is not given",
       {}},
      {ExitCode::kOurFault, "our own fault: please report it", {}},
      {ExitCode::kInterrupted,
       "interrupted (SIGINT); what was reached is written, marked incomplete; baselines stay as they were",
       {"run", "replay", "baseline record", "baseline check", "baseline update"}},
      {ExitCode::kTerminated,
       "terminated (SIGTERM); what was reached is written, marked incomplete; baselines stay as they were",
       {"run", "replay", "baseline record", "baseline check", "baseline update"}},
  };
  return kCodes;
}

std::string exit_code_help(std::string_view command) {
  std::string text = "Exit codes:\n";
  for (const auto& row : exit_codes()) {
    if (!command.empty() && !row.concerns(command)) continue;
    text += fmt::format("  {:>3}  {}\n", static_cast<int>(row.code), row.meaning);
  }
  return text;
}

std::string exit_code_markdown() {
  std::string text{kDocumentHead};
  for (const auto& row : exit_codes()) {
    const std::string commands = row.commands.empty() ? "all" : fmt::format("`{}`", fmt::join(row.commands, "`, `"));
    text += fmt::format("| {} | {} | {} |\n", static_cast<int>(row.code), row.meaning, commands);
  }
  return text.append(kDocumentTail);
}

}  // namespace gigasim::cli
