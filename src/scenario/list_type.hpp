#pragma once

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "scalar_types.hpp"

namespace gigasim::scenario {

/// One T or a list of them, none twice.
template <class T>
[[nodiscard]] Type<std::vector<T>> one_or_more(Type<T> item) {
  Type<std::vector<T>> type;
  type.written = item.written + ", or a list of them";
  type.schema = any_of({item.schema, {{"type", "array"}, {"minItems", 1}, {"items", item.schema}}});
  type.read = [item](const YamlNode& node, Context& context) -> Setting<std::vector<T>> {
    std::vector<T> values;
    bool good = true;
    const auto add = [&](const YamlNode& one) {
      const auto value = item.read(one, context);
      const bool twice = value && std::find(values.begin(), values.end(), *value) != values.end();
      if (twice) context.error(one.origin, fmt::format("{} stands twice", shown(one)));
      if (value) values.push_back(*value);
      good = good && value && !twice;
    };
    if (!node.is_list()) {
      add(node);
    } else if (node.items.empty()) {
      context.error(node.origin, "needs at least one value");
      good = false;
    }
    for (const YamlNode& one : node.items) add(one);
    return good ? given(std::move(values), node) : Setting<std::vector<T>>{};
  };
  type.print = [item](const std::vector<T>& values) {
    std::vector<std::string> parts;
    parts.reserve(values.size());
    for (const T& value : values) parts.push_back(item.print(value));
    return parts.size() == 1 ? parts.front() : fmt::format("[{}]", fmt::join(parts, ", "));
  };
  return type;
}

}  // namespace gigasim::scenario
