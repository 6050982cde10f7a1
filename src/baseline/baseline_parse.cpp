#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <functional>
#include <set>

#include "baseline_text.hpp"
#include "gigasim/units/text.hpp"
#include "metric_units.hpp"

namespace gigasim::baseline {
namespace {

constexpr std::size_t kLargestFile = 16 << 20;

/// Reads the parts of one file and collects all that is wrong with them.
class BaselineReader {
 public:
  explicit BaselineReader(std::string shown) : shown_(std::move(shown)) {}

  Baseline read(const std::string& text);

 private:
  using Visit = std::function<void(const std::string& key, const YAML::Node& key_node, const YAML::Node& value)>;

  void complain(const YAML::Mark& at, const std::string& problem) {
    messages_.push_back(fmt::format("{}:{}:{}: {}", shown_, at.line + 1, at.column + 1, problem));
  }
  [[noreturn]] void give_up(const YAML::Mark& at, const std::string& problem) {
    complain(at, problem);
    throw scenario::ScenarioError(messages_);
  }
  void throw_if_wrong() const {
    if (!messages_.empty()) throw scenario::ScenarioError(messages_);
  }

  YAML::Node parsed(const std::string& text);
  void check_version(const YAML::Node& root);
  /// Visits the entries of a map; a key that comes twice is a mistake.
  void each(const YAML::Node& parent, const char* name, const Visit& visit);
  std::string text_at(const YAML::Node& parent, const char* name);
  Source source(const YAML::Node& root);
  std::vector<Rule> rules(const YAML::Node& root);
  void read_tolerance(Rule& rule, const YAML::Node& value);
  void check_rule(const Rule& rule, const YAML::Mark& at);
  std::vector<Entry> entries(const YAML::Node& root);
  bool read_name(Entry& entry, const YAML::Mark& at);
  void read_figure(Entry& entry, const YAML::Node& value);
  std::vector<HistoryLine> history(const YAML::Node& root);

  std::string shown_;
  std::vector<std::string> messages_;
};

std::vector<std::string> metric_names() {
  std::vector<std::string> names;
  for (const metrics::Metric& metric : metrics::registry()) names.emplace_back(metric.name);
  return names;
}

YAML::Node BaselineReader::parsed(const std::string& text) {
  if (text.size() > kLargestFile) give_up({}, "not a baseline: larger than 16 MiB");
  try {
    YAML::Node root = YAML::Load(text);
    if (!root.IsMap() || !root["baseline"]) give_up({}, "not a gigasim baseline: it has no line `baseline: 1`");
    return root;
  } catch (const YAML::Exception& error) {
    give_up(error.mark, "not a baseline, or damaged: " + error.msg);
  }
}

void BaselineReader::check_version(const YAML::Node& root) {
  const auto version = root["baseline"].as<std::string>("");
  if (version == std::to_string(kFormatVersion)) return;
  give_up(
      root["baseline"].Mark(),
      fmt::format("a baseline of format \"{}\"; this gigasim reads format {}: check it with the gigasim that wrote it, "
                  "or record it anew",
                  version, kFormatVersion));
}

void BaselineReader::each(const YAML::Node& parent, const char* name, const Visit& visit) {
  const YAML::Node map = parent[name];
  if (!map || map.IsNull()) return;
  if (!map.IsMap()) return complain(map.Mark(), fmt::format("{} must be a map", name));
  std::set<std::string> seen;
  for (const auto& pair : map) {
    const auto key = pair.first.as<std::string>("");
    if (!seen.insert(key).second) {
      complain(pair.first.Mark(), fmt::format("{} comes twice", key));
      continue;
    }
    visit(key, pair.first, pair.second);
  }
}

std::string BaselineReader::text_at(const YAML::Node& parent, const char* name) {
  const YAML::Node node = parent.IsMap() ? parent[name] : YAML::Node{};
  if (node && node.IsScalar()) return node.as<std::string>();
  complain(parent.Mark(), fmt::format("{} is missing, or is no text", name));
  return {};
}

Source BaselineReader::source(const YAML::Node& root) {
  Source source;
  source.scenario = text_at(root, "scenario");
  source.variant = text_at(root, "variant");
  const YAML::Node made_with = root["made_with"];
  const YAML::Node inputs = root["inputs"];
  if (!made_with || !inputs || !made_with.IsMap() || !inputs.IsMap()) {
    complain({}, "made_with or inputs is missing");
    return source;
  }
  source.gigasim_version = text_at(made_with, "gigasim");
  source.simgrid_version = text_at(made_with, "simgrid");
  source.catalogue_digest = text_at(inputs, "catalogue");
  each(inputs, "files", [&](const std::string& path, const YAML::Node&, const YAML::Node& digest) {
    source.files.push_back({path, digest.as<std::string>("")});
  });
  return source;
}

void BaselineReader::read_tolerance(Rule& rule, const YAML::Node& value) {
  const auto text = value.as<std::string>("");
  const auto fail = [&] {
    complain(value.Mark(), fmt::format("tolerance of \"{}\": \"{}\" is none of exact, ignore, a percentage (2 %), a "
                                       "quantity with its unit (30 s)",
                                       rule.pattern, text));
  };
  if (text == "exact" || text == "ignore") {
    rule.tolerance = text == "exact" ? Rule::Tolerance::kExact : Rule::Tolerance::kIgnore;
  } else if (const auto fraction = units::parse_percent(text)) {
    rule.tolerance = Rule::Tolerance::kRelative;
    rule.amount = *fraction;
  } else {
    rule.tolerance = Rule::Tolerance::kAbsolute;
    const std::size_t end = text.find_first_not_of("0123456789.eE+-");
    const auto number = units::parse_number(std::string_view{text}.substr(0, end));
    if (!number) return fail();
    rule.amount = *number;
    if (end != std::string::npos) rule.unit = text.substr(std::min(text.find_first_not_of(' ', end), text.size()));
  }
  if (rule.amount < 0.0) fail();
}

void BaselineReader::check_rule(const Rule& rule, const YAML::Mark& at) {
  const std::size_t brace = rule.pattern.find('{');
  const bool braces_match =
      brace == std::string::npos || (rule.pattern.ends_with('}') && rule.pattern.find('=', brace) != std::string::npos);
  if (!braces_match) return complain(at, fmt::format("\"{}\" must be METRIC or METRIC{{key=value}}", rule.pattern));
  const Rule of_metric{rule.pattern.substr(0, brace), rule.tolerance, rule.amount, rule.unit};
  bool fits_any = false;
  for (const metrics::Metric& metric : metrics::registry()) {
    const Entry entry{std::string{metric.name}, &metric, "", "", std::nullopt};
    if (!of_metric.fits(entry)) continue;
    fits_any = true;
    const bool unit_fits = rule.tolerance != Rule::Tolerance::kAbsolute ||
                           parse_in_unit(full_quantity(rule.amount, rule.unit), metric.unit).has_value();
    if (!unit_fits) {
      return complain(at, fmt::format("a tolerance of {} does not suit {}, which is in {}", tolerance_text(rule),
                                      metric.name, metric.unit.empty() ? "no unit" : metric.unit));
    }
  }
  if (fits_any) return;
  const auto guess = units::nearest(of_metric.pattern, metric_names());
  complain(at, fmt::format("the rule \"{}\" fits no metric{}", rule.pattern,
                           guess ? fmt::format("; did you mean {}?", *guess) : "; see `gigasim metrics list`"));
}

std::vector<Rule> BaselineReader::rules(const YAML::Node& root) {
  std::vector<Rule> rules;
  each(root, "rules", [&](const std::string& pattern, const YAML::Node& key, const YAML::Node& value) {
    Rule rule{pattern, Rule::Tolerance::kExact, 0.0, ""};
    const std::size_t before = messages_.size();
    read_tolerance(rule, value);
    if (messages_.size() == before) check_rule(rule, key.Mark());
    rules.push_back(std::move(rule));
  });
  if (rules.empty()) complain({}, "it has no rules, so nothing would be checked");
  return rules;
}

bool BaselineReader::read_name(Entry& entry, const YAML::Mark& at) {
  const std::string& name = entry.name;
  const std::size_t brace = name.find('{');
  const std::string metric = name.substr(0, brace);
  entry.metric = metrics::find_metric(metric);
  if (entry.metric == nullptr) {
    const auto guess = units::nearest(metric, metric_names());
    complain(at, fmt::format("unknown metric {}{}", metric,
                             guess ? fmt::format("; did you mean {}?", *guess) : "; see `gigasim metrics list`"));
    return false;
  }
  if (brace == std::string::npos) return true;
  const std::size_t equals = name.find('=', brace);
  if (!name.ends_with('}') || equals == std::string::npos) {
    complain(at, fmt::format("\"{}\" must be METRIC or METRIC{{key=value}}", name));
    return false;
  }
  entry.group_key = name.substr(brace + 1, equals - brace - 1);
  entry.group_value = name.substr(equals + 1, name.size() - equals - 2);
  return true;
}

void BaselineReader::read_figure(Entry& entry, const YAML::Node& value) {
  const auto text = value.as<std::string>("");
  if (text == "none") return;
  const std::string_view sign = ">= ";
  const bool bound = text.starts_with(sign);
  // In the metric's own unit only: "2 h" for seconds would not be the same text when written again.
  std::string_view number = std::string_view{text}.substr(bound ? sign.size() : 0);
  const std::string unit = entry.metric->unit.empty() ? "" : fmt::format(" {}", entry.metric->unit);
  const bool unit_fits = number.ends_with(unit);
  if (unit_fits) number.remove_suffix(unit.size());
  const auto parsed = units::parse_number(number);
  if (!unit_fits || !parsed) {
    return complain(value.Mark(), fmt::format("{}: \"{}\" is no figure{}", entry.name, text,
                                              unit.empty() ? "" : fmt::format(" in {}", entry.metric->unit)));
  }
  entry.figure = Figure{*parsed, bound};
}

std::vector<Entry> BaselineReader::entries(const YAML::Node& root) {
  std::vector<Entry> entries;
  each(root, "metrics", [&](const std::string& name, const YAML::Node& key, const YAML::Node& value) {
    Entry entry{name, nullptr, "", "", std::nullopt};
    if (!read_name(entry, key.Mark())) return;
    read_figure(entry, value);
    entries.push_back(std::move(entry));
  });
  if (entries.empty()) complain({}, "it has no metrics, so nothing would be checked");
  return entries;
}

std::vector<HistoryLine> BaselineReader::history(const YAML::Node& root) {
  std::vector<HistoryLine> history;
  const YAML::Node list = root["history"];
  if (!list || !list.IsSequence()) {
    complain({}, "history is missing");
    return history;
  }
  for (const YAML::Node& line : list) {
    history.push_back({text_at(line, "date"), text_at(line, "gigasim"), text_at(line, "reason")});
  }
  return history;
}

Baseline BaselineReader::read(const std::string& text) {
  const YAML::Node root = parsed(text);
  try {
    check_version(root);
    if (!root["digest"]) give_up({}, "cut off: its last line, the digest, is missing; restore it from version control");
    Baseline baseline;
    baseline.snapshot.source = source(root);
    baseline.rules = rules(root);
    baseline.snapshot.entries = entries(root);
    baseline.history = history(root);
    throw_if_wrong();
    if (text_at(root, "digest") != seal(baseline)) {
      give_up(root["digest"].Mark(),
              "changed by hand or damaged: its figures do not match its digest; restore it from version control, or "
              "record it anew with `gigasim baseline record --force`");
    }
    std::sort(baseline.snapshot.entries.begin(), baseline.snapshot.entries.end(),
              [](const Entry& a, const Entry& b) { return a.name < b.name; });
    return baseline;
  } catch (const YAML::Exception& error) {
    give_up(error.mark, "not a baseline, or damaged: " + error.msg);
  }
}

}  // namespace

Baseline parse(const std::string& text, const std::string& shown) {
  return BaselineReader{shown}.read(text);
}

}  // namespace gigasim::baseline
