#pragma once

#include <span>
#include <string_view>

#include "node.hpp"

namespace gigasim::scenario {

/// A list whose items have names: it merges by them, a name stands once in it, and `remove: true` takes an item out.
struct NamedList {
  std::string_view key;   ///< wherever it stands in a scenario
  std::string_view what;  ///< one of its items in words
};

/// The one declaration of all named lists: merges, removals and the check for names given twice follow from it.
[[nodiscard]] std::span<const NamedList> named_lists();

/// The named list of that key; null for any other list.
[[nodiscard]] const NamedList* find_named_list(std::string_view key);

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
