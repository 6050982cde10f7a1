#include <fmt/format.h>

#include <iterator>
#include <string>
#include <string_view>

#include "check_counts.hpp"
#include "gigasim/report/ci.hpp"
#include "gigasim/units/utf8.hpp"

namespace gigasim::report {
namespace {

constexpr std::string_view kReplacement = "\uFFFD";

/// XML 1.0, production 2: most control characters cannot be written, not even as references.
bool can_stand_in_xml(const units::Character& character) {
  if (!character.valid() || character.code == 0xFFFE || character.code == 0xFFFF) return false;
  return character.code >= 0x20 || character.code == '\t' || character.code == '\n' || character.code == '\r';
}

/// Escapes for the text of an element.
std::string_view escaped(char32_t code) {
  switch (code) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";  // `]]>` must not stand in a text
    case '\r':
      return "&#13;";  // a parser would make it a line feed
    default:
      return {};
  }
}

/// In attributes a parser turns line breaks and tabs into spaces, unless they are references.
std::string_view escaped_in_attribute(char32_t code) {
  switch (code) {
    case '"':
      return "&quot;";
    case '\n':
      return "&#10;";
    case '\t':
      return "&#9;";
    default:
      return escaped(code);
  }
}

std::string xml(std::string_view text, std::string_view (*escape)(char32_t)) {
  std::string out;
  while (!text.empty()) {
    const units::Character character = units::first_character(text);
    const std::string_view as_is = text.substr(0, character.length);
    const std::string_view reference = escape(character.code);
    out += !can_stand_in_xml(character) ? kReplacement : reference.empty() ? as_is : reference;
    text.remove_prefix(character.length);
  }
  return out;
}

std::string attribute(std::string_view name, std::string_view value) {
  return fmt::format(" {}=\"{}\"", name, xml(value, escaped_in_attribute));
}

std::string counts(std::size_t tests, std::size_t failures, std::size_t errors) {
  return fmt::format(R"( tests="{}" failures="{}" errors="{}")", tests, failures, errors);
}

std::string_view element_of(CheckOutcome outcome) {
  switch (outcome) {
    case CheckOutcome::kFailed:
      return "failure";
    case CheckOutcome::kError:
      return "error";
    case CheckOutcome::kSkipped:
      return "skipped";
    case CheckOutcome::kPassed:
      break;
  }
  return {};
}

void append_outcome(std::string& out, const CheckCase& c) {
  const std::string_view element = element_of(c.outcome);
  out += fmt::format("      <{}{}", element, attribute("message", c.message));
  // The kind of a failure is required by the stricter readers; a skipped case has none.
  if (c.outcome != CheckOutcome::kSkipped) out += attribute("type", element);
  out += c.details.empty() ? "/>\n" : fmt::format(">{}</{}>\n", xml(c.details, escaped), element);
}

void append_case(std::string& out, const CheckCase& c) {
  out += "    <testcase" + attribute("name", c.name) + attribute("classname", c.group);
  if (!c.file.empty()) out += attribute("file", c.file);
  if (!c.file.empty() && c.line > 0) out += fmt::format(" line=\"{}\"", c.line);
  if (c.outcome == CheckOutcome::kPassed) {
    out += "/>\n";
    return;
  }
  out += ">\n";
  append_outcome(out, c);
  out += "    </testcase>\n";
}

}  // namespace

std::string to_junit(std::span<const CheckSuite> suites) {
  std::size_t tests = 0;
  for (const CheckSuite& suite : suites) tests += suite.cases.size();
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"gigasim\"";
  out += counts(tests, count_of(suites, CheckOutcome::kFailed), count_of(suites, CheckOutcome::kError)) + ">\n";
  for (const CheckSuite& suite : suites) {
    out += "  <testsuite" + attribute("name", suite.name) +
           counts(suite.cases.size(), count_of(suite, CheckOutcome::kFailed), count_of(suite, CheckOutcome::kError)) +
           fmt::format(" skipped=\"{}\">\n", count_of(suite, CheckOutcome::kSkipped));
    for (const CheckCase& c : suite.cases) append_case(out, c);
    out += "  </testsuite>\n";
  }
  return out + "</testsuites>\n";
}

}  // namespace gigasim::report
