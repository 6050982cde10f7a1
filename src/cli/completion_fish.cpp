#include <fmt/format.h>

#include "completion.hpp"

namespace gigasim::cli {
namespace {

std::string fish_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + '\'';
}

/// The part of a `complete` line that says what a value can be.
std::string fish_offer(const Value& value) {
  switch (value.offer) {
    case Offer::kWords:
      return " -a " + fish_quoted(fmt::format("{}", fmt::join(value.words, " ")));
    case Offer::kFiles:
      return " -F";
    case Offer::kScenarios:
      return " -k -a '(__fish_complete_suffix .yaml)'";
    case Offer::kFolders:
      return " -a '(__fish_complete_directories)'";
    case Offer::kNothing:
      break;
  }
  return "";
}

std::string fish_condition(const CommandInfo& command) {
  return fmt::format("complete -c gigasim -n \"__gigasim_in '{}'\"", command.words());
}

std::string fish_option(const OptionInfo& option) {
  std::string out;
  for (const auto& name : option.names) {
    out += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
  }
  if (!option.value.name.empty()) {
    out += (option.value.offer == Offer::kFiles ? " -r" : " -x") + fish_offer(option.value);
  }
  return out + " -d " + fish_quoted(option.description);
}

std::string fish_lines(const CommandInfo& command) {
  const std::string begin = fish_condition(command);
  std::string out;
  for (const auto& below : command.subcommands) {
    out += fmt::format("{} -a {} -d {}\n", begin, below.name(), fish_quoted(below.description));
  }
  for (const auto* options : {&command.options, &command.inherited}) {
    for (const auto& option : *options) out += begin + fish_option(option) + '\n';
  }
  for (const auto& positional : command.positionals) {
    if (const std::string offer = fish_offer(positional.value); !offer.empty()) out += begin + offer + '\n';
  }
  return out;
}

}  // namespace

std::string fish_completion(const CommandInfo& root) {
  std::string known;
  std::string lines;
  for (const CommandInfo* command : flattened(root)) {
    if (command != &root) known += ' ' + fish_quoted(command->words());
    lines += fish_lines(*command);
  }
  // fish's own __fish_seen_subcommand_from cannot tell `show` from `catalogue show`.
  return "# fish completion of gigasim, written by `gigasim completion fish`\n\n"
         "function __gigasim_in --description 'Is the cursor in this subcommand?'\n"
         "    set -l known" +
         known +
         "\n"
         "    set -l path\n"
         "    for word in (commandline -opc)[2..-1]\n"
         "        set -l longer (string join -- ' ' $path $word)\n"
         "        if contains -- \"$longer\" $known\n"
         "            set path $path $word\n"
         "        end\n"
         "    end\n"
         "    set -l here (string join -- ' ' $path)\n"
         "    test \"$here\" = \"$argv[1]\"\n"
         "end\n\n"
         "complete -c gigasim -f\n" +
         lines;
}

}  // namespace gigasim::cli
