#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

/// Outcomes of checks (expectations, baselines) in the formats that continuous integration systems show. The texts
/// depend on the checks alone: no times, no host names.
namespace gigasim::report {

/// kFailed: the figure is not what was promised. kError: it could not be compared.
enum class CheckOutcome : std::uint8_t { kPassed, kFailed, kError, kSkipped };

/// One checked statement.
struct CheckCase {
  std::string group;  ///< what it is about, such as a site or a scenario
  std::string name;   ///< what is checked, such as a metric
  CheckOutcome outcome = CheckOutcome::kPassed;
  std::string message;  ///< one line; empty for a passed case
  std::string details;  ///< many lines, or empty
  std::string file;     ///< where the promise is written; empty where there is none
  int line = 0;         ///< 1-based; 0 where it is not known
  int column = 0;
  bool operator==(const CheckCase&) const = default;
};

struct CheckSuite {
  std::string name;
  std::vector<CheckCase> cases;
  bool operator==(const CheckSuite&) const = default;
};

/// Returns JUnit XML: `testsuites`, with one `testsuite` per suite and one `testcase` per case. Characters that XML
/// cannot hold become U+FFFD.
[[nodiscard]] std::string to_junit(std::span<const CheckSuite> suites);

/// Returns workflow commands of GitHub Actions, one line each: `::error` per failed case and per error, `::warning`
/// per skipped case, nothing for a passed one.
[[nodiscard]] std::string to_github_annotations(std::span<const CheckSuite> suites);

/// Returns a summary for a pull request in GitHub's Markdown: counts, a table of what did not pass with its details,
/// and the passed cases folded.
[[nodiscard]] std::string to_check_markdown(std::span<const CheckSuite> suites);

}  // namespace gigasim::report
