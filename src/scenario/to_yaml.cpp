#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

#include "gigasim/scenario/load.hpp"
#include "set_path.hpp"

namespace gigasim::scenario {
namespace {

constexpr std::size_t kCommentColumn = 50;

std::string comment(std::string origin) {
  for (char& c : origin) {
    if (static_cast<unsigned char>(c) < 0x20U || c == 0x7F) c = ' ';
  }
  return origin;
}

/// Writes leaves in the order given; those under one path stand together.
class YamlWriter {
 public:
  void leaf(const Resolved& resolved) {
    const auto path = split_path(resolved.path);
    close_to(path);
    while (open_.size() + 1 < path.size()) open(path[open_.size()]);
    const std::string name = path.back().item ? "- " : path.back().text + ": ";  // an item that is a single value
    std::string line = fmt::format("{}{}{}", lead(), name, resolved.value);
    line.resize(std::max(line.size(), kCommentColumn), ' ');
    text_ += fmt::format("{}  # {}\n", line, comment(resolved.origin));
  }

  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  /// Leaves the maps and items that `path` is not in.
  void close_to(const std::vector<PathStep>& path) {
    std::size_t common = 0;
    while (common < open_.size() && common + 1 < path.size() && open_[common] == path[common]) ++common;
    open_.resize(common);
  }

  /// A key with more under it is a line of its own; an item puts a dash before its first line.
  void open(const PathStep& step) {
    if (step.item) {
      dash_ = true;
    } else {
      text_ += fmt::format("{}{}:\n", lead(), step.text);
    }
    open_.push_back(step);
  }

  [[nodiscard]] std::string lead() {
    std::string result(2 * open_.size(), ' ');
    if (dash_) result.replace(result.size() - 2, 2, "- ");
    dash_ = false;
    return result;
  }

  std::string text_;
  std::vector<PathStep> open_;
  bool dash_ = false;
};

}  // namespace

std::string to_yaml(const Loaded& loaded) {
  YamlWriter writer;
  for (const Resolved& resolved : loaded.resolved) writer.leaf(resolved);
  return writer.take();
}

}  // namespace gigasim::scenario
