#include "yaml_reader.hpp"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <utility>
#include <vector>

#include "text_check.hpp"

namespace gigasim::scenario {
namespace {

struct Size {
  std::size_t values = 1;
  int depth = 1;
};

Size size_of(const YamlNode& node) {
  Size size;
  const auto add = [&](const YamlNode& child) {
    const Size inner = size_of(child);
    size.values += inner.values;
    size.depth = std::max(size.depth, inner.depth + 1);
  };
  for (const YamlNode& item : node.items) add(item);
  for (const Entry& entry : node.entries) add(entry.value);
  return size;
}

/// Builds the tree from the parser's events, so that every limit holds before memory is spent.
class TreeBuilder final : public YAML::EventHandler {
 public:
  TreeBuilder(Origin source, std::vector<YamlProblem>& problems) : source_(std::move(source)), problems_(problems) {}

  [[nodiscard]] std::optional<YamlNode> take_root() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (root_) throw YamlProblem(origin(mark), "a second YAML document starts here: a scenario file holds one");
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    YamlNode node;
    node.origin = origin(mark);
    if (expects_key()) throw YamlProblem(node.origin, "a key is missing before the colon");
    finish(std::move(node), anchor);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    YamlNode node = scalar_node(value, origin(mark));
    node.quoted = tag != "?";
    if (has_control_character(value)) throw YamlProblem(node.origin, "a value may not hold control characters");
    if (expects_key()) return take_key(node);
    refuse_tag(node.origin, tag);
    finish(std::move(node), anchor);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const Origin at = origin(mark);
    if (expects_key()) throw YamlProblem(at, "a key must be a text, got an alias");
    const auto found = anchors_.find(anchor);
    if (found == anchors_.end()) throw YamlProblem(at, "an alias may not stand inside the value that it names");
    copies_ += found->second.size.values;
    if (copies_ > kMostCopies) {
      throw YamlProblem(at, fmt::format("aliases copy more than {} values: write them out or use fewer", kMostCopies));
    }
    check_depth(at, static_cast<int>(stack_.size()) + found->second.size.depth);
    finish(YamlNode{found->second.node}, YAML::NullAnchor);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value /*style*/) override {
    open(YamlNode::Kind::kList, mark, tag, anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value /*style*/) override {
    open(YamlNode::Kind::kMap, mark, tag, anchor);
  }
  void OnMapEnd() override { close(); }

 private:
  struct Frame {
    YamlNode node;
    YAML::anchor_t anchor = YAML::NullAnchor;
    std::optional<std::pair<std::string, Origin>> key;
    std::set<std::string, std::less<>> keys;
  };
  struct Anchored {
    YamlNode node;
    Size size;
  };

  [[nodiscard]] Origin origin(const YAML::Mark& mark) const {
    Origin at = source_;
    if (at.kind != Origin::Kind::kFile) return at;
    at.line = mark.is_null() ? 1 : mark.line + 1;
    at.column = mark.is_null() ? 1 : mark.column + 1;
    return at;
  }

  [[nodiscard]] bool expects_key() const {
    return !stack_.empty() && stack_.back().node.is_map() && !stack_.back().key.has_value();
  }

  static void refuse_tag(const Origin& at, const std::string& tag) {
    if (tag.empty() || tag == "?" || tag == "!") return;
    throw YamlProblem(at, fmt::format("YAML tags are not used here, got {}", shown(tag)));
  }

  static void check_depth(const Origin& at, int depth) {
    if (depth <= kDeepest) return;
    throw YamlProblem(at, fmt::format("more than {} maps and lists inside each other", kDeepest));
  }

  void take_key(const YamlNode& key) {
    Frame& frame = stack_.back();
    if (key.text == "<<" && !key.quoted) {
      throw YamlProblem(key.origin, "merge keys (<<) are not used here: write the keys out, or use `extends`");
    }
    if (!frame.keys.insert(key.text).second) {
      const Entry* other = frame.node.find_entry(key.text);
      const int line = other == nullptr ? 0 : other->at.line;
      const std::string first = line > 0 ? fmt::format(" (first at line {})", line) : "";
      problems_.emplace_back(key.origin, fmt::format("key \"{}\" stands twice in one map{}", shown(key.text), first));
    }
    frame.key.emplace(key.text, key.origin);
  }

  void open(YamlNode::Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    Frame frame;
    frame.node.kind = kind;
    frame.node.origin = origin(mark);
    frame.anchor = anchor;
    if (expects_key()) {
      // The parser takes a bracket that is never closed for a key.
      throw YamlProblem(frame.node.origin,
                        fmt::format("a key must be a text, got {} (is a bracket not closed?)", shown(frame.node)));
    }
    refuse_tag(frame.node.origin, tag);
    check_depth(frame.node.origin, static_cast<int>(stack_.size()) + 1);
    stack_.push_back(std::move(frame));
  }

  void close() {
    Frame frame = std::move(stack_.back());
    stack_.pop_back();
    finish(std::move(frame.node), frame.anchor);
  }

  void remember(const YamlNode& node, YAML::anchor_t anchor) {
    const Size size = size_of(node);
    remembered_ += size.values;
    if (remembered_ > kMostValues) throw YamlProblem(node.origin, "anchors name too many values");
    anchors_[anchor] = {node, size};
  }

  void finish(YamlNode node, YAML::anchor_t anchor) {
    if (++values_ > kMostValues)
      throw YamlProblem(node.origin, fmt::format("more than {} values in one file", kMostValues));
    if (anchor != YAML::NullAnchor) remember(node, anchor);
    if (stack_.empty()) {
      root_ = std::move(node);
    } else if (Frame& frame = stack_.back(); frame.node.is_map()) {
      frame.node.entries.push_back({std::move(frame.key->first), std::move(frame.key->second), std::move(node)});
      frame.key.reset();
    } else {
      frame.node.items.push_back(std::move(node));
    }
  }

  Origin source_;
  std::vector<Frame> stack_;
  std::map<YAML::anchor_t, Anchored> anchors_;
  std::optional<YamlNode> root_;
  std::vector<YamlProblem>& problems_;
  std::size_t values_ = 0, copies_ = 0, remembered_ = 0;
};

Origin placed(const Origin& source, int line, int column) {
  Origin at = source;
  if (at.kind == Origin::Kind::kFile) {
    at.line = line;
    at.column = column;
  }
  return at;
}

}  // namespace

YamlNode read_yaml(std::string_view text, const Origin& source, std::vector<YamlProblem>& problems) {
  if (const auto problem = check_text(text)) {
    throw YamlProblem(placed(source, problem->line, problem->column), problem->problem);
  }
  std::istringstream stream{std::string{text}};
  TreeBuilder builder{source, problems};
  try {
    YAML::Parser parser{stream};
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const YAML::Exception& error) {
    const bool known = !error.mark.is_null();
    throw YamlProblem(placed(source, known ? error.mark.line + 1 : 1, known ? error.mark.column + 1 : 1),
                      fmt::format("not valid YAML: {}", error.msg));
  }
  auto root = builder.take_root();
  if (root) return std::move(*root);
  YamlNode empty;
  empty.origin = placed(source, 1, 1);
  return empty;
}

}  // namespace gigasim::scenario
