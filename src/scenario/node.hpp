#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gigasim::scenario {

/// Where a value was written.
struct Origin {
  enum class Kind : std::uint8_t { kFile, kCatalogue, kSet, kDefault };
  Kind kind = Kind::kDefault;
  /// The file as the user named it; "catalogue ai-factories/jaif (high): SOURCE"; "--set PATH=VALUE".
  std::shared_ptr<const std::string> source;
  int line = 0, column = 0;  ///< 1-based, for files
};

/// How a message names the place: "eu.yaml:9:22", "--set a.b=1", "catalogue ai-factories/jaif".
[[nodiscard]] std::string place(const Origin& origin);
/// How a resolved value cites its origin: "eu.yaml:9", "catalogue ai-factories/jaif (high): SOURCE", "default",
/// "--set".
[[nodiscard]] std::string citation(const Origin& origin);

/// What a value rests on in one word: the confidence stated by its row of the built-in catalogue without what a
/// word such as "published_rounded" adds after its first underscore; "own" for what a user wrote, in a scenario or
/// in a table.
[[nodiscard]] std::string basis_word(const Origin& origin);

struct Entry;

/// One value of a YAML file. Owned, ordered, and knows where it was written.
struct YamlNode {
  enum class Kind : std::uint8_t { kNull, kScalar, kList, kMap };
  Kind kind = Kind::kNull;
  bool quoted = false;  ///< a scalar in quotes or of several lines: never a number
  std::string text;     ///< of a scalar
  std::vector<YamlNode> items;
  std::vector<Entry> entries;
  Origin origin;

  [[nodiscard]] bool is_map() const { return kind == Kind::kMap; }
  [[nodiscard]] bool is_list() const { return kind == Kind::kList; }
  [[nodiscard]] bool is_scalar() const { return kind == Kind::kScalar; }
  [[nodiscard]] const Entry* find_entry(std::string_view key) const;
  [[nodiscard]] const YamlNode* find(std::string_view key) const;
  [[nodiscard]] YamlNode* find(std::string_view key);
  /// Returns the text of a scalar entry, empty when there is none.
  [[nodiscard]] std::string_view text_of(std::string_view key) const;
  /// Adds an entry, or replaces the one of that key.
  YamlNode& put(std::string key, YamlNode value);
  void erase(std::string_view key);
};

struct Entry {
  std::string key;
  Origin at;  ///< of the key
  YamlNode value;
};

[[nodiscard]] YamlNode scalar_node(std::string text, Origin origin);
[[nodiscard]] YamlNode map_node(Origin origin);

/// What a message says was found: `30`, `"30"`, `a list`, `a map`, `nothing`.
[[nodiscard]] std::string shown(const YamlNode& node);
/// A text as a message shows it: cut when long, control characters replaced.
[[nodiscard]] std::string shown(std::string_view text);

}  // namespace gigasim::scenario
