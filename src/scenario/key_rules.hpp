#pragma once

#include <string>
#include <utility>
#include <vector>

#include "type.hpp"

/// What the keys of a map must and may be.
namespace gigasim::scenario {

/// What holds when a key is absent, and where it may stand.
struct Need {
  bool required = false;
  std::string value;           ///< the default as it would be written; empty when there is none
  std::string otherwise;       ///< the default in words, for the reference
  bool only_at_top = false;    ///< not in variants
  std::string only_in_merges;  ///< when not empty: not in a full map, and why
};
[[nodiscard]] inline Need required() {
  return {true, "", "required", false, ""};
}
[[nodiscard]] inline Need defaults_to(std::string value) {
  std::string words = "`" + value + "`";
  return {false, std::move(value), std::move(words), false, ""};
}
[[nodiscard]] inline Need otherwise(std::string words) {
  return {false, "", std::move(words), false, ""};
}

/// Rules between the keys of one map.
struct KeyRules {
  std::vector<std::string> exactly_one{};
  /// Beside the first key none of the others may stand.
  std::vector<std::pair<std::string, std::vector<std::string>>> excludes{};
  /// In a list with an item that has this key, the items need not be complete (the catalogue completes them).
  std::string completed_by{};
  /// Lists: one of them has something in it.
  std::vector<std::string> some_of{};
};
void check_key_rules(const YamlNode& node, const KeyRules& rules, Context& context);
void add_rules_to_schema(Json& schema, const KeyRules& rules);
/// Reports a key that no field has, with the nearest or all of those there are.
void report_unknown_key(const Entry& entry, const std::vector<std::string>& keys, Context& context);
[[nodiscard]] Json list_schema(const Json& full_item, const Json& partial_item, const KeyRules& rules, Flavour flavour,
                               bool may_be_empty);
[[nodiscard]] std::string flavoured(const std::string& name, Flavour flavour);
/// Items of a list; reports anything else than a list.
[[nodiscard]] const std::vector<YamlNode>* read_items(const YamlNode& node, bool may_be_empty, Context& context);

}  // namespace gigasim::scenario
