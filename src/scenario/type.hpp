#pragma once

#include <fmt/format.h>

#include <functional>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>

#include "diagnostics.hpp"
#include "node.hpp"

namespace gigasim::scenario {

using Json = nlohmann::ordered_json;

/// The bounds of a value given as a range, as they would be written.
struct Bounds {
  std::string low, high, source;
};

/// One value of a scenario as written or filled in: what it is, where it came from, and its range when it has one.
template <class T>
struct Setting {
  std::optional<T> value;
  Origin origin;
  std::optional<Bounds> bounds;

  [[nodiscard]] explicit operator bool() const { return value.has_value(); }
  [[nodiscard]] const T& operator*() const { return *value; }
  [[nodiscard]] const T* operator->() const { return &*value; }
  [[nodiscard]] T value_or(T other) const { return value ? *value : std::move(other); }
  /// Fills in a value where none was given.
  void settle(T filled, Origin from = {}) {
    if (value) return;
    value = std::move(filled);
    origin = std::move(from);
  }
};

/// How a T is written in a scenario: one declaration for reading, printing, the schema and the reference.
template <class T>
// NOLINTNEXTLINE(bugprone-exception-escape): the JSON library's move is noexcept, but it asserts inside
struct Type {
  std::string written;                                        ///< for the reference: "duration, e.g. `30 d`"
  std::function<Setting<T>(const YamlNode&, Context&)> read;  ///< reports what is wrong and returns no value
  std::function<std::string(const T&)> print;                 ///< one line of YAML that reads back as the same T
  Json schema;
};

template <class T>
[[nodiscard]] Setting<T> given(T value, const YamlNode& node) {
  return {std::move(value), node.origin, std::nullopt};
}

/// Schema of what is one of several.
[[nodiscard]] Json any_of(std::initializer_list<Json> choices);
/// Schema of `{ best, low, high, source }` around the schema of the plain value.
[[nodiscard]] Json range_schema(const Json& plain);
/// Checks the keys of a range; returns false when it cannot be read.
[[nodiscard]] bool check_range_keys(const YamlNode& node, Context& context);
/// What to cite for a range: what it says itself, else the catalogue row that it is from.
[[nodiscard]] std::string range_source(const std::string& stated, const Origin& origin);
/// Writes `{ best: ..., low: ..., high: ... }`.
[[nodiscard]] std::string print_range(const std::string& best, const Bounds& bounds);

/// Reads one bound of a range.
template <class T>
std::optional<T> read_bound(const Type<T>& plain, const YamlNode& range, std::string_view key, Context& context) {
  const YamlNode* node = range.find(key);
  if (node == nullptr) return std::nullopt;
  const auto step = context.enter(key);
  return plain.read(*node, context).value;
}

template <class T>
Setting<T> read_range(const Type<T>& plain, const YamlNode& node, Context& context) {
  if (!check_range_keys(node, context)) return {};
  const auto best = read_bound(plain, node, "best", context);
  if (!best) return {};
  const auto low = read_bound(plain, node, "low", context).value_or(*best);
  const auto high = read_bound(plain, node, "high", context).value_or(*best);
  if (low > *best || *best > high) {
    context.error(node.origin, fmt::format("a range needs low <= best <= high, got {} <= {} <= {}", plain.print(low),
                                           plain.print(*best), plain.print(high)));
    return {};
  }
  const Bounds bounds{plain.print(low), plain.print(high), std::string{node.text_of("source")}};
  context.note_range({"", plain.print(*best), bounds.low, bounds.high, range_source(bounds.source, node.origin)});
  return {*best, node.find("best")->origin, bounds};
}

/// A T that may also be written as a range; a run uses `best`.
template <class T>
[[nodiscard]] Type<T> ranged(Type<T> plain) {
  Type<T> type = plain;
  type.schema = range_schema(plain.schema);
  type.read = [plain = std::move(plain)](const YamlNode& node, Context& context) {
    return node.is_map() ? read_range(plain, node, context) : plain.read(node, context);
  };
  return type;
}

template <class T>
[[nodiscard]] std::string print_setting(const Type<T>& type, const Setting<T>& setting) {
  const std::string best = type.print(*setting);
  return setting.bounds ? print_range(best, *setting.bounds) : best;
}

}  // namespace gigasim::scenario
