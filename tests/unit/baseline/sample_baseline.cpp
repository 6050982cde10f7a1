#include "sample_baseline.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

namespace gigasim::baseline::sample {

Entry entry(const std::string& name, std::optional<double> value, bool lower_bound) {
  Entry made{name, metrics::find_metric(name.substr(0, name.find('{'))), "", "", std::nullopt};
  REQUIRE(made.metric != nullptr);
  if (const auto brace = name.find('{'); brace != std::string::npos) {
    const auto equals = name.find('=');
    made.group_key = name.substr(brace + 1, equals - brace - 1);
    made.group_value = name.substr(equals + 1, name.size() - equals - 2);
  }
  if (value) made.figure = Figure{*value, lower_bound};
  return made;
}

Baseline baseline() {
  Baseline made;
  made.snapshot.source = {"eu.yaml", "home", "0.1.0", "3.32.0", "c0ffee", {{"eu.yaml", "aa"}, {"../base.yaml", "bb"}}};
  made.snapshot.entries = {entry("energy", 123.5), entry("energy{site=jaif}", 0.1),
                           entry("queue_time_mean", 3600, true), entry("queue_time_p95{user_type=sme}", std::nullopt)};
  made.rules = {{"*", Rule::Tolerance::kExact, 0.0, ""}, {"*{*=*}", Rule::Tolerance::kExact, 0.0, ""}};
  made.history = {{"2026-11-22", "0.1.0", "recorded"}, {"2026-11-23", "0.1.0", "PUE \"1.1\" is now measured: a\\b"}};
  return made;
}

std::string text_with(const std::string& part, const std::string& replacement) {
  std::string text = to_text(baseline());
  const auto at = text.find(part);
  REQUIRE(at != std::string::npos);
  return text.replace(at, part.size(), replacement);
}

std::vector<std::string> errors_of(const std::string& text) {
  try {
    (void)parse(text, "eu.baseline");
    return {};
  } catch (const scenario::ScenarioError& error) {
    return error.messages();
  }
}

}  // namespace gigasim::baseline::sample
