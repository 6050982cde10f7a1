#include "set_path.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>

#include "gigasim/units/text.hpp"
#include "yaml_reader.hpp"

namespace gigasim::scenario {
namespace {

std::vector<std::string> item_names(const YamlNode& list) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < list.items.size(); ++i) names.push_back(item_label(list.items[i], i));
  return names;
}

YamlNode* find_item(YamlNode& list, const std::string& name, const Origin& at, Context& context) {
  const auto names = item_names(list);
  const auto found = std::find(names.begin(), names.end(), name);
  if (found != names.end()) return &list.items[static_cast<std::size_t>(found - names.begin())];
  if (const auto index = units::parse_integer(name);
      index && *index >= 0 && static_cast<std::size_t>(*index) < names.size()) {
    return &list.items[static_cast<std::size_t>(*index)];
  }
  constexpr std::size_t kFew = 12;
  const std::string near = did_you_mean(name, names);
  const std::string hint =
      near.empty() && names.size() <= kFew ? fmt::format(" (there are: {})", fmt::join(names, ", ")) : near;
  context.error(at, fmt::format("there is no item \"{}\"{}", shown(name), hint));
  return nullptr;
}

/// Goes one step down; makes a map where a key is missing.
YamlNode* descend(YamlNode& node, const PathStep& step, const Origin& at, Context& context) {
  if (step.item) {
    if (node.is_list()) return find_item(node, step.text, at, context);
    context.error(at, fmt::format("is not a list, so it has no item \"{}\"", shown(step.text)));
    return nullptr;
  }
  if (node.is_map()) {
    YamlNode* next = node.find(step.text);
    return next != nullptr ? next : &node.put(step.text, map_node(at));
  }
  const char* hint = node.is_list() ? " (write an item as [name])" : "";
  context.error(at, fmt::format("is {}, so it has no key \"{}\"{}", shown(node), shown(step.text), hint));
  return nullptr;
}

void assign(YamlNode& scenario, const std::vector<PathStep>& path, YamlNode value, Diagnostics& diagnostics) {
  const Origin at = value.origin;
  YamlNode* node = &scenario;
  std::string so_far;
  for (std::size_t i = 0; i < path.size(); ++i) {
    Context context{diagnostics, Flavour::kPartial, so_far};
    const bool last = i + 1 == path.size();
    if (last && !path[i].item && node->is_map()) {
      node->put(path[i].text, std::move(value));
      std::find_if(node->entries.begin(), node->entries.end(), [&](const Entry& e) {
        return e.key == path[i].text;
      })->at = at;
      return;
    }
    node = descend(*node, path[i], at, context);
    if (node == nullptr) return;
    so_far +=
        path[i].item ? fmt::format("[{}]", path[i].text) : fmt::format("{}{}", so_far.empty() ? "" : ".", path[i].text);
  }
  *node = std::move(value);
}

}  // namespace

std::vector<PathStep> split_path(std::string_view path) {
  std::vector<PathStep> steps;
  while (!path.empty()) {
    const bool item = path.front() == '[';
    if (item || (!steps.empty() && path.front() == '.')) path.remove_prefix(1);
    const auto end = std::min(item ? path.find(']') : path.find_first_of(".["), path.size());
    if (end == 0 || (item && end == path.size())) return {};
    steps.push_back({std::string{path.substr(0, end)}, item});
    path.remove_prefix(item ? end + 1 : end);
    if (item && !path.empty() && path.front() != '.' && path.front() != '[') return {};
  }
  return !steps.empty() && steps.front().item ? std::vector<PathStep>{} : steps;
}

Origin origin_of_setting(const std::pair<std::string, std::string>& setting) {
  Origin at;
  at.kind = Origin::Kind::kSet;
  at.source = std::make_shared<const std::string>(fmt::format("--set {}={}", setting.first, setting.second));
  return at;
}

void set_path(YamlNode& scenario, const std::pair<std::string, std::string>& setting, Diagnostics& diagnostics) {
  const Origin at = origin_of_setting(setting);
  const auto path = split_path(setting.first);
  if (path.empty()) return diagnostics.error(at, "", "not a path such as sites[athens].pue");
  const std::string& top = path.front().text;
  if (top == "gigasim" || top == "extends" || top == "variants") return diagnostics.error(at, top, "cannot be set");
  try {
    std::vector<YamlProblem> problems;
    YamlNode value = read_yaml(setting.second, at, problems);
    for (const YamlProblem& problem : problems) diagnostics.error(problem.at(), setting.first, problem.what());
    assign(scenario, path, std::move(value), diagnostics);
  } catch (const YamlProblem& problem) {
    diagnostics.error(problem.at(), setting.first, problem.what());
  }
}

}  // namespace gigasim::scenario
