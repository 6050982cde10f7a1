#include "command_info.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "value_words.hpp"

namespace gigasim::cli {
namespace {

/// CLI11 shows the choices of IsMember as "TEXT:{a,b}", and keeps them nowhere else.
std::vector<std::string> choices(const std::string& type) {
  const auto begin = type.find(":{");
  const auto end = type.find('}', begin == std::string::npos ? 0 : begin);
  if (begin == std::string::npos || end == std::string::npos) return {};
  return CLI::detail::split(type.substr(begin + 2, end - begin - 2), ',');
}

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return c == '-' ? '_' : static_cast<char>(std::toupper(c)); });
  return text;
}

/// The name that a person would give: a number is N, and a text is called like its option.
std::string value_name(const CLI::Option& option, const std::string& type) {
  if (option.get_positional()) return option.get_name(true);
  const std::string bare = type.substr(0, type.find_first_of(": "));
  if (bare == "INT" || bare == "UINT" || bare == "FLOAT") return "N";
  return bare == "TEXT" ? upper(option.get_single_name()) : bare;
}

OptionInfo option_info(const CLI::Option& option) {
  OptionInfo info;
  for (const auto& name : option.get_snames()) info.names.push_back("-" + name);
  for (const auto& name : option.get_lnames()) info.names.push_back("--" + name);
  info.description = option.get_description();
  info.required = option.get_required();
  info.many =
      option.get_items_expected_max() > 1 || option.get_multi_option_policy() == CLI::MultiOptionPolicy::TakeAll;
  if (option.get_items_expected_max() == 0) return info;  // a flag
  const std::string type = option.get_type_name();
  info.value.name = value_name(option, type);
  info.value.default_text = option.get_default_str();
  offer_by_name(info.value);
  if (const auto words = choices(type); !words.empty()) {
    info.value.offer = Offer::kWords;
    info.value.words = words;
    if (!option.get_positional()) info.value.name = fmt::format("{}", fmt::join(words, "|"));
  }
  return info;
}

bool asks_for_help(const CLI::App& app, const CLI::Option* option) {
  return option == app.get_help_ptr() || option == app.get_version_ptr();
}

std::vector<OptionInfo> passed_down(const CLI::App& app, const std::vector<OptionInfo>& inherited) {
  std::vector<OptionInfo> options;
  for (const CLI::Option* option : app.get_options()) {
    if (!option->get_positional() && !option->get_group().empty() && !asks_for_help(app, option)) {
      options.push_back(option_info(*option));
    }
  }
  options.insert(options.end(), inherited.begin(), inherited.end());
  return options;
}

CommandInfo describe_below(const CLI::App& app, std::vector<std::string> path, std::vector<OptionInfo> inherited) {
  CommandInfo info;
  info.path = std::move(path);
  info.path.push_back(app.get_name());
  info.description = app.get_description();
  info.inherited = std::move(inherited);
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_group().empty()) continue;
    (option->get_positional() ? info.positionals : info.options).push_back(option_info(*option));
  }
  for (const CLI::App* below : app.get_subcommands([](const CLI::App*) { return true; })) {
    const bool inherits = below->get_fallthrough();
    info.subcommands.push_back(
        describe_below(*below, info.path, inherits ? passed_down(app, info.inherited) : std::vector<OptionInfo>{}));
  }
  return info;
}

void list(const CommandInfo& command, std::vector<const CommandInfo*>& all) {
  all.push_back(&command);
  for (const auto& below : command.subcommands) list(below, all);
}

/// Values called COMMAND name a command of this very tree.
void offer_commands(CommandInfo& command, const std::vector<std::string>& names) {
  for (auto& positional : command.positionals) {
    if (positional.value.name != "COMMAND") continue;
    positional.value.offer = Offer::kWords;
    positional.value.words = names;
  }
  for (auto& below : command.subcommands) offer_commands(below, names);
}

}  // namespace

std::string CommandInfo::joined(std::string_view separator) const {
  return fmt::format("{}", fmt::join(path, separator));
}

std::string CommandInfo::words() const {
  return fmt::format("{}", fmt::join(path.begin() + 1, path.end(), " "));
}

CommandInfo describe(const CLI::App& app) {
  CommandInfo root = describe_below(app, {}, {});
  std::vector<std::string> names;
  for (const CommandInfo* command : flattened(root)) {
    if (command != &root) names.push_back(command->joined("-").substr(root.name().size() + 1));
  }
  offer_commands(root, names);
  return root;
}

std::vector<const CommandInfo*> flattened(const CommandInfo& root) {
  std::vector<const CommandInfo*> all;
  list(root, all);
  return all;
}

}  // namespace gigasim::cli
