#include "node.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace gigasim::scenario {

std::string place(const Origin& origin) {
  const std::string_view source = origin.source ? std::string_view{*origin.source} : std::string_view{};
  switch (origin.kind) {
    case Origin::Kind::kFile:
      return origin.line > 0 ? fmt::format("{}:{}:{}", source, origin.line, origin.column) : std::string{source};
    case Origin::Kind::kCatalogue:
      return std::string{source.substr(0, source.find(" ("))};
    case Origin::Kind::kSet:
      return shown(source);
    case Origin::Kind::kDefault:
      break;
  }
  return "default";
}

std::string citation(const Origin& origin) {
  switch (origin.kind) {
    case Origin::Kind::kFile:
      return fmt::format("{}:{}", *origin.source, origin.line);
    case Origin::Kind::kCatalogue:
      return *origin.source;
    case Origin::Kind::kSet:
      return "--set";
    case Origin::Kind::kDefault:
      break;
  }
  return "default";
}

std::string basis_word(const Origin& origin) {
  if (origin.kind != Origin::Kind::kCatalogue) return "own";
  const std::string_view source = *origin.source;  // "catalogue ai-factories/jaif (published_rounded): SOURCE"
  const std::size_t open = source.find(" (");
  if (open == std::string_view::npos) return "unknown";
  const std::string_view confidence = source.substr(open + 2, source.find(')', open) - open - 2);
  return std::string{confidence.substr(0, confidence.find_first_of("_:"))};
}

const Entry* YamlNode::find_entry(std::string_view key) const {
  const auto found = std::find_if(entries.begin(), entries.end(), [&](const Entry& e) { return e.key == key; });
  return found == entries.end() ? nullptr : &*found;
}

const YamlNode* YamlNode::find(std::string_view key) const {
  const Entry* entry = find_entry(key);
  return entry == nullptr ? nullptr : &entry->value;
}

YamlNode* YamlNode::find(std::string_view key) {
  const auto found = std::find_if(entries.begin(), entries.end(), [&](const Entry& e) { return e.key == key; });
  return found == entries.end() ? nullptr : &found->value;
}

std::string_view YamlNode::text_of(std::string_view key) const {
  const YamlNode* node = find(key);
  return node != nullptr && node->is_scalar() ? std::string_view{node->text} : std::string_view{};
}

YamlNode& YamlNode::put(std::string key, YamlNode value) {
  if (YamlNode* old = find(key)) return *old = std::move(value);
  Origin at = value.origin;
  entries.push_back({std::move(key), std::move(at), std::move(value)});
  return entries.back().value;
}

void YamlNode::erase(std::string_view key) {
  std::erase_if(entries, [&](const Entry& entry) { return entry.key == key; });
}

YamlNode scalar_node(std::string text, Origin origin) {
  YamlNode node;
  node.kind = YamlNode::Kind::kScalar;
  node.text = std::move(text);
  node.origin = std::move(origin);
  return node;
}

YamlNode map_node(Origin origin) {
  YamlNode node;
  node.kind = YamlNode::Kind::kMap;
  node.origin = std::move(origin);
  return node;
}

std::string shown(std::string_view text) {
  constexpr std::size_t kLongest = 60;
  std::string result{text.substr(0, kLongest)};
  while (text.size() > kLongest && !result.empty() && (static_cast<unsigned char>(result.back()) & 0xC0U) == 0x80U) {
    result.pop_back();  // do not cut a character in the middle
  }
  std::replace_if(
      result.begin(), result.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20U || c == 0x7F; }, ' ');
  if (text.size() > kLongest) result += "...";
  return result;
}

std::string shown(const YamlNode& node) {
  switch (node.kind) {
    case YamlNode::Kind::kList:
      return "a list";
    case YamlNode::Kind::kMap:
      return "a map";
    case YamlNode::Kind::kScalar:
      return node.quoted ? fmt::format("\"{}\"", shown(node.text)) : shown(std::string_view{node.text});
    case YamlNode::Kind::kNull:
      break;
  }
  return "nothing";
}

}  // namespace gigasim::scenario
