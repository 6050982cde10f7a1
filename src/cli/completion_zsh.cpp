#include <fmt/format.h>

#include "completion.hpp"

namespace gigasim::cli {
namespace {

/// Text within single quotes; `special` are characters that _arguments or _describe would take for their own.
std::string zsh_text(std::string_view text, std::string_view special) {
  std::string out;
  for (const char c : text) {
    if (special.find(c) != std::string_view::npos) out += '\\';
    out += c == '\'' ? std::string{"'\\''"} : std::string{c};
  }
  return out;
}

std::string zsh_action(const Value& value) {
  switch (value.offer) {
    case Offer::kWords:
      return fmt::format("({})", fmt::join(value.words, " "));
    case Offer::kFiles:
      return "_files";
    case Offer::kScenarios:
      return "_files -g \"*.(yaml|yml)\"";
    case Offer::kFolders:
      return "_files -/";
    case Offer::kNothing:
      break;
  }
  return " ";
}

std::string zsh_value(const Value& value) {
  return ':' + zsh_text(value.name, ":\\") + ':' + zsh_action(value);
}

/// '(-o --output)'{-o+,--output=}'[result folder]:DIR:_files -/'
std::string zsh_option(const OptionInfo& option) {
  const bool flag = option.value.name.empty();
  std::vector<std::string> names;
  for (const auto& name : option.names) {
    const char* joins = flag ? "" : name.starts_with("--") ? "=" : "+";
    names.push_back(name + joins);
  }
  const std::string text =
      fmt::format("'[{}]{}'", zsh_text(option.description, "[]\\"), flag ? "" : zsh_value(option.value));
  if (option.many) return fmt::format("'*'{}{}", names.front(), text);
  const std::string excluded = fmt::format("'({})'", fmt::join(option.names, " "));
  if (names.size() == 1) return excluded + names.front() + text;
  return fmt::format("{}{{{}}}{}", excluded, fmt::join(names, ","), text);
}

std::string zsh_positional(const OptionInfo& positional, std::size_t number) {
  const std::string place = positional.many ? "*" : fmt::format("{}{}", number, positional.required ? "" : ":");
  return fmt::format("'{}{}'", place, zsh_value(positional.value));
}

std::string zsh_function(const CommandInfo& command) {
  const std::string name = "_" + command.joined("_");
  std::string out = fmt::format("\n{}() {{\n", name);
  const bool leaf = command.subcommands.empty();
  if (!leaf) out += "  local context state state_descr line\n  typeset -A opt_args\n";
  out += leaf ? "  _arguments -s" : "  _arguments -C -s";
  for (const auto* options : {&command.options, &command.inherited}) {
    for (const auto& option : *options) out += " \\\n    " + zsh_option(option);
  }
  for (std::size_t i = 0; i < command.positionals.size(); ++i) {
    out += " \\\n    " + zsh_positional(command.positionals[i], i + 1);
  }
  if (leaf) return out + "\n}\n";
  out += " \\\n    '1: :->command' \\\n    '*:: :->arguments' && return\n  case $state in\n    command)\n";
  out += "      local -a commands=(\n";
  for (const auto& below : command.subcommands) {
    out += fmt::format("        '{}:{}'\n", below.name(), zsh_text(below.description, ":\\"));
  }
  out += "      )\n      _describe -t commands 'command' commands ;;\n";
  return out +
         fmt::format("    arguments)\n      (( $+functions[{0}_$line[1]] )) && {0}_$line[1] ;;\n  esac\n}}\n", name);
}

}  // namespace

std::string zsh_completion(const CommandInfo& root) {
  std::string out = "#compdef gigasim\n# zsh completion of gigasim, written by `gigasim completion zsh`\n";
  for (const CommandInfo* command : flattened(root)) out += zsh_function(*command);
  // As a file of fpath this is the body of the function; sourced, it only declares.
  return out +
         "\nif [[ $zsh_eval_context[-1] == loadautofunc ]]; then\n  _gigasim \"$@\"\nelse\n  compdef _gigasim "
         "gigasim\nfi\n";
}

}  // namespace gigasim::cli
