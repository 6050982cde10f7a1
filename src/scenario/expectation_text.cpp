#include "expectation_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "node.hpp"
#include "scalar_types.hpp"

namespace gigasim::scenario {
namespace {

constexpr const char* kForm = R"(must be METRIC or METRIC{key=value} and a limit, such as "queue_time_p95 < 2 d")";

std::string_view without_spaces(std::string_view text) {
  const auto first = text.find_first_not_of(' ');
  return first == std::string_view::npos ? std::string_view{}
                                         : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

bool may_be_in_a_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// Takes the longest start of `text` whose characters pass, and the spaces behind it.
template <class Passes>
std::string_view take_while(std::string_view& text, Passes passes) {
  const auto length = static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), passes) - text.begin());
  const std::string_view taken = text.substr(0, length);
  text = without_spaces(text.substr(length));
  return taken;
}

/// Takes `{key=value}` from the start of `rest`, if it is there. Returns false with a complaint when it is broken.
bool take_label(std::string_view& rest, ExpectationParts& parts, std::string& problem) {
  if (!rest.starts_with('{')) return true;
  const auto end = rest.find('}');
  if (end == std::string_view::npos) {
    problem = fmt::format("the label has no closing brace, got {}", shown(rest));
    return false;
  }
  const std::string_view label = rest.substr(1, end - 1);
  const auto equals = label.find('=');
  parts.key = without_spaces(label.substr(0, equals));
  parts.value = equals == std::string_view::npos ? std::string_view{} : without_spaces(label.substr(equals + 1));
  if (parts.key.empty() || parts.value.empty()) {
    problem = fmt::format("a label is written {{key=value}}, got {}", shown(rest.substr(0, end + 1)));
    return false;
  }
  if (const auto comma = parts.value.find(',');
      comma != std::string_view::npos && parts.value.find('=', comma) != std::string_view::npos) {
    problem = fmt::format("may have one label only, got {}", shown(rest.substr(0, end + 1)));
    return false;
  }
  rest = without_spaces(rest.substr(end + 1));
  return true;
}

std::optional<Comparison> comparison_of(std::string_view sign) {
  constexpr std::array<std::pair<std::string_view, Comparison>, 6> kSigns{{{"<", Comparison::kLess},
                                                                           {"<=", Comparison::kAtMost},
                                                                           {">", Comparison::kMore},
                                                                           {">=", Comparison::kAtLeast},
                                                                           {"==", Comparison::kEqual},
                                                                           {"in", Comparison::kWithin}}};
  const auto* const found = std::find_if(kSigns.begin(), kSigns.end(), [&](const auto& s) { return s.first == sign; });
  return found == kSigns.end() ? std::nullopt : std::optional{found->second};
}

/// Takes a word or a run of signs.
std::string_view take_sign(std::string_view& rest) {
  if (!rest.empty() && may_be_in_a_word(rest.front())) {
    return take_while(rest, [](char c) { return c >= 'a' && c <= 'z'; });
  }
  return take_while(rest, [](char c) { return !may_be_in_a_word(c) && c != ' ' && c != '.' && c != '+' && c != '-'; });
}

}  // namespace

std::optional<ExpectationParts> split_expectation(std::string_view text, std::string& problem) {
  ExpectationParts parts;
  std::string_view rest = without_spaces(text);
  parts.metric = take_while(rest, may_be_in_a_word);
  if (parts.metric.empty() || rest.empty()) {
    problem = fmt::format("{}, got {}", kForm, text.empty() ? "nothing" : shown(text));
    return std::nullopt;
  }
  if (!take_label(rest, parts, problem)) return std::nullopt;
  const std::string_view sign = take_sign(rest);
  const auto comparison = comparison_of(sign);
  if (!comparison) {
    problem = fmt::format("must compare with <, <=, >, >=, == or in, got {}", sign.empty() ? "nothing" : shown(sign));
    return std::nullopt;
  }
  if (rest.empty()) {
    problem = fmt::format("has no limit after {}", sign);
    return std::nullopt;
  }
  parts.comparison = *comparison;
  parts.limit = rest;
  return parts;
}

std::optional<RangeParts> split_range(std::string_view text) {
  const auto dots = text.find("..");
  if (dots == std::string_view::npos) return std::nullopt;
  const RangeParts parts{without_spaces(text.substr(0, dots)), without_spaces(text.substr(dots + 2))};
  // Three dots are a slip, not a limit of .95.
  if (parts.low.empty() || parts.high.empty() || parts.high.front() == '.') return std::nullopt;
  return parts;
}

std::string expectation_pattern() {
  const std::string limit = fmt::format("\\+?{} *[A-Za-z0-9%/-]*", number_pattern());
  return fmt::format(R"(^ *[A-Za-z0-9_]+ *(\{{[^{{}}=]+=[^{{}}]+\}})? *((<=?|>=?|==) *{0}|in *{0} *\.\. *{0}) *$)",
                     limit);
}

}  // namespace gigasim::scenario
