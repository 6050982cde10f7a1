#include <fmt/format.h>

#include <string>
#include <string_view>

#include "gigasim/report/ci.hpp"
#include "gigasim/units/printable.hpp"

namespace gigasim::report {
namespace {

/// A workflow command is one line; GitHub decodes these again.
std::string command_text(std::string_view text, bool property) {
  std::string out;
  for (const char c : units::printable(text, units::LineFeeds::kKeep)) {
    if (c == '%') {
      out += "%25";
    } else if (c == '\n') {
      out += "%0A";
    } else if (c == ':' && property) {
      out += "%3A";
    } else if (c == ',' && property) {
      out += "%2C";
    } else {
      out += c;
    }
  }
  return out;
}

std::string annotation(const CheckCase& c) {
  std::string out = c.outcome == CheckOutcome::kSkipped ? "::warning " : "::error ";
  if (!c.file.empty()) {
    out += fmt::format("file={},", command_text(c.file, true));
    if (c.line > 0) out += fmt::format("line={},", c.line);
    if (c.line > 0 && c.column > 0) out += fmt::format("col={},", c.column);
  }
  const std::string title = c.group.empty() ? c.name : c.group + ": " + c.name;
  const std::string text = c.details.empty() ? c.message : c.message + '\n' + c.details;
  return out + fmt::format("title={}::{}\n", command_text(title, true), command_text(text, false));
}

}  // namespace

std::string to_github_annotations(std::span<const CheckSuite> suites) {
  std::string out;
  for (const CheckSuite& suite : suites) {
    for (const CheckCase& c : suite.cases) {
      if (c.outcome != CheckOutcome::kPassed) out += annotation(c);
    }
  }
  return out;
}

}  // namespace gigasim::report
