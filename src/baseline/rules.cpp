#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "gigasim/baseline/baseline.hpp"
#include "gigasim/units/text.hpp"
#include "metric_units.hpp"

namespace gigasim::baseline {
namespace {

/// Wildcard match: `*` stands for any characters, none included.
bool matches(std::string_view pattern, std::string_view text) {
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = std::string_view::npos;
  std::size_t resume = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = t;
    } else if (p < pattern.size() && pattern[p] == text[t]) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

}  // namespace

std::optional<double> parse_in_unit(std::string_view text, std::string_view unit) {
  if (unit.empty()) {
    if (const auto fraction = units::parse_percent(text)) return fraction;
    return units::parse_number(text);
  }
  std::vector<units::Unit> accepted = units::units_in_terms_of(unit);
  if (accepted.empty()) accepted.push_back({unit, 1.0});
  const auto parsed = units::parse_quantity(text, accepted);
  if (parsed.problem != units::ParsedQuantity::Problem::kNone) return std::nullopt;
  return parsed.value;
}

std::string full_quantity(double value, std::string_view unit) {
  return unit.empty() ? units::format_number(value) : fmt::format("{} {}", units::format_number(value), unit);
}

bool Rule::fits(const Entry& entry) const {
  if (pattern.find('{') == std::string::npos && !entry.group_key.empty()) return false;
  return matches(pattern, entry.name);
}

double Rule::allowed(const Entry& entry) const {
  switch (tolerance) {
    case Tolerance::kRelative:
      return entry.figure ? amount * std::fabs(entry.figure->value) : 0.0;
    case Tolerance::kAbsolute:
      return parse_in_unit(full_quantity(amount, unit), entry.metric->unit).value_or(0.0);
    case Tolerance::kExact:
    case Tolerance::kIgnore:
      break;
  }
  return 0.0;
}

const Rule* rule_for(const std::vector<Rule>& rules, const Entry& entry) {
  const auto found = std::find_if(rules.rbegin(), rules.rend(), [&](const Rule& rule) { return rule.fits(entry); });
  if (found == rules.rend() || found->tolerance == Rule::Tolerance::kIgnore) return nullptr;
  return &*found;
}

std::vector<Rule> default_rules(const Snapshot& snapshot) {
  constexpr std::array kOfSites{"jobs_submitted", "queue_time_mean", "utilisation", "energy"};
  constexpr std::array kOfUsers{"queue_time_mean", "queue_time_p95", "accelerator_hours"};
  std::vector<Rule> rules{{"*", Rule::Tolerance::kExact, 0.0, ""}};
  for (const char* metric : kOfSites) {
    rules.push_back({fmt::format("{}{{site=*}}", metric), Rule::Tolerance::kExact, 0.0, ""});
  }
  std::set<std::string> user_keys;  // labels, and the access class
  for (const Entry& entry : snapshot.entries) {
    const std::string& key = entry.group_key;
    if (!key.empty() && key != "site" && key != "origin" && key != "stream") user_keys.insert(key);
  }
  for (const std::string& key : user_keys) {
    for (const char* metric : kOfUsers) {
      rules.push_back({fmt::format("{}{{{}=*}}", metric, key), Rule::Tolerance::kExact, 0.0, ""});
    }
  }
  return rules;
}

std::vector<Entry> selected(const std::vector<Entry>& entries, const std::vector<Rule>& rules) {
  std::vector<Entry> kept;
  std::copy_if(entries.begin(), entries.end(), std::back_inserter(kept),
               [&](const Entry& entry) { return rule_for(rules, entry) != nullptr; });
  return kept;
}

}  // namespace gigasim::baseline
