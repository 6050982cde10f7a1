#pragma once

#include <string_view>

#include "node.hpp"

namespace gigasim::scenario {

/// Lists whose items have names and merge by them.
[[nodiscard]] bool is_named_list(std::string_view key);

/// What an item with `remove: true` does in a merge.
enum class Removals {
  kApply,  ///< takes the item of its name out
  kKeep,   ///< stands for itself: variants are merged with each other before they are applied
};

/// Merges `over` into `base`: maps key by key, named lists by name, anything else is replaced. What `remove: true`
/// finds nothing to remove for stays in the list, for the reader to complain about.
void merge(YamlNode& base, const YamlNode& over, Removals removals);

/// Tells whether an item of a named list says `remove: true`.
[[nodiscard]] bool is_removal(const YamlNode& item);

}  // namespace gigasim::scenario
