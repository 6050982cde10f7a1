#include "key_rules.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace gigasim::scenario {

void check_key_rules(const YamlNode& node, const KeyRules& rules, Context& context) {
  std::vector<const Entry*> present;
  for (const std::string& key : rules.exactly_one) {
    if (const Entry* entry = node.find_entry(key)) present.push_back(entry);
  }
  if (present.empty() && !rules.exactly_one.empty()) {
    context.error(node.origin, fmt::format("needs one of the keys {}", fmt::join(rules.exactly_one, ", ")));
  }
  const bool has_some = std::any_of(rules.some_of.begin(), rules.some_of.end(), [&](const std::string& key) {
    const YamlNode* list = node.find(key);
    return list != nullptr && !(list->is_list() && list->items.empty());
  });
  if (!has_some && !rules.some_of.empty()) {
    context.error(node.origin, fmt::format("needs at least one of {}", fmt::join(rules.some_of, ", ")));
  }
  for (std::size_t i = 1; i < present.size(); ++i) {
    const auto step = context.enter(present[i]->key);
    context.error(present[i]->at, fmt::format("may not stand beside \"{}\"", present.front()->key));
  }
  for (const auto& [key, others] : rules.excludes) {
    for (const std::string& other : others) {
      const Entry* entry = node.find(key) == nullptr ? nullptr : node.find_entry(other);
      if (entry == nullptr) continue;
      const auto step = context.enter(other);
      context.error(entry->at, fmt::format("may not stand beside \"{}\"", key));
    }
  }
}

void add_rules_to_schema(Json& schema, const KeyRules& rules) {
  Json conditions = Json::array();
  if (!rules.exactly_one.empty()) {
    Json choices = Json::array();
    for (const std::string& key : rules.exactly_one) choices.push_back({{"required", Json::array({key})}});
    schema["oneOf"] = std::move(choices);
  }
  if (!rules.some_of.empty()) {
    Json choices = Json::array();
    for (const std::string& key : rules.some_of) {
      choices.push_back({{"required", Json::array({key})}, {"properties", {{key, {{"minItems", 1}}}}}});
    }
    schema["anyOf"] = std::move(choices);
  }
  for (const auto& [key, others] : rules.excludes) {
    Json refused;
    for (const std::string& other : others) refused[other] = false;
    conditions.push_back({{"if", {{"required", Json::array({key})}}}, {"then", {{"properties", std::move(refused)}}}});
  }
  if (!conditions.empty()) schema["allOf"] = std::move(conditions);
}

void report_unknown_key(const Entry& entry, const std::vector<std::string>& keys, Context& context) {
  const auto step = context.enter(entry.key);
  context.error(entry.at, "unknown key" + did_you_mean_or_known(entry.key, keys));
}

Json list_schema(const Json& full_item, const Json& partial_item, const KeyRules& rules, Flavour flavour,
                 bool may_be_empty) {
  Json schema{{"type", "array"}};
  if (flavour != Flavour::kFull) {
    schema["items"] = partial_item;
    return schema;
  }
  if (!may_be_empty) schema["minItems"] = 1;
  if (rules.completed_by.empty()) {
    schema["items"] = full_item;
    return schema;
  }
  const Json completed{{"type", "object"}, {"required", Json::array({rules.completed_by})}};
  schema["if"] = {{"contains", completed}};
  schema["then"] = {{"items", partial_item}};
  schema["else"] = {{"items", full_item}};
  return schema;
}

std::string flavoured(const std::string& name, Flavour flavour) {
  if (flavour == Flavour::kFull) return name;
  return name + (flavour == Flavour::kPartial ? "-partial" : "-variant");
}

const std::vector<YamlNode>* read_items(const YamlNode& node, bool may_be_empty, Context& context) {
  if (!node.is_list()) {
    context.error(node.origin, fmt::format("must be a list, got {}", shown(node)));
    return nullptr;
  }
  if (node.items.empty() && !may_be_empty) context.error(node.origin, "must not be empty");
  return &node.items;
}

}  // namespace gigasim::scenario
