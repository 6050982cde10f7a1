#include <nlohmann/json.hpp>

#include "gigasim/baseline/comparison.hpp"

namespace gigasim::baseline {
namespace {

using OrderedJson = nlohmann::ordered_json;

OrderedJson figure_json(const Entry& entry) {
  if (entry.metric == nullptr || !entry.figure) return nullptr;
  return {{"value", entry.figure->value}, {"lower_bound", entry.figure->lower_bound}};
}

std::string kind_name(Change::Kind kind) {
  switch (kind) {
    case Change::Kind::kSame:
      return "same";
    case Change::Kind::kWithinTolerance:
      return "within tolerance";
    case Change::Kind::kMoved:
      return "moved";
    case Change::Kind::kGone:
      return "gone";
    case Change::Kind::kNew:
      return "new";
  }
  return {};
}

}  // namespace

std::string to_json(const Comparison& comparison) {
  OrderedJson json;
  json["scenario"] = comparison.after.scenario;
  json["variant"] = comparison.after.variant;
  json["passed"] = !comparison.regressed() && comparison.problems.empty();
  json["problems"] = comparison.problems;
  json["figures"] = comparison.changes.size();
  json["causes"] = comparison.regressed() ? causes(comparison.before, comparison.after) : std::vector<std::string>{};
  json["changes"] = OrderedJson::array();
  for (const Change& change : comparison.changes) {
    if (change.kind == Change::Kind::kSame) continue;
    OrderedJson one{{"name", change.entry().name},
                    {"kind", kind_name(change.kind)},
                    {"words", in_words(change)},
                    {"unit", std::string{change.entry().metric->unit}},
                    {"before", figure_json(change.before)},
                    {"after", figure_json(change.after)},
                    {"difference", change.difference}};
    one["relative"] = change.relative ? OrderedJson(*change.relative) : OrderedJson(nullptr);
    json["changes"].push_back(std::move(one));
  }
  return json.dump(2, ' ', false, OrderedJson::error_handler_t::replace) + "\n";
}

}  // namespace gigasim::baseline
