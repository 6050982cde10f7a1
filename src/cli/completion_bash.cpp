#include <fmt/format.h>

#include "completion.hpp"

namespace gigasim::cli {
namespace {

// Bash splits `--format=json` into three words where `=` is one of its word breaks, and into one where it is not.
constexpr std::string_view kBashFunctions = R"sh(
_gigasim_words() { mapfile -t COMPREPLY < <(compgen -W "$1" -- "$cur"); }

_gigasim_paths() {
  compopt -o filenames 2>/dev/null
  mapfile -t COMPREPLY < <(compgen "$@" -- "$cur" | sort -u)
}

_gigasim() {
  local cur=${COMP_WORDS[COMP_CWORD]} commands options valued path=gigasim positional=1 option='' prefix='' i word
  COMPREPLY=()
  _gigasim_enter "$path"
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if [[ " $commands " == *" $word "* ]]; then
      path+=" $word"
      _gigasim_enter "$path"
    elif [[ " $valued " == *" $word "* ]]; then
      if [[ ${COMP_WORDS[i + 1]} == '=' ]]; then ((i++)); fi
      ((i++))
      if ((i >= COMP_CWORD)); then option=$word; fi
    elif [[ $word != -* ]]; then
      ((positional++))
    fi
  done
  if [[ $cur == '=' ]]; then cur=''; fi
  if [[ $cur == --*=* ]]; then
    option=${cur%%=*} cur=${cur#*=} prefix=$option=
  fi
  if [[ -n $option ]]; then
    _gigasim_value "$path" "$option"
    COMPREPLY=("${COMPREPLY[@]/#/$prefix}")
  elif [[ $cur == -* ]]; then
    _gigasim_words "$options"
  elif [[ -n $commands ]]; then
    _gigasim_words "$commands"
  else
    _gigasim_value "$path" "$positional"
  fi
}

complete -F _gigasim gigasim
)sh";

std::string bash_names(const CommandInfo& command, bool with_value_only) {
  std::vector<std::string> names;
  for (const auto* options : {&command.options, &command.inherited}) {
    for (const auto& option : *options) {
      if (with_value_only && option.value.name.empty()) continue;
      names.insert(names.end(), option.names.begin(), option.names.end());
    }
  }
  return fmt::format("{}", fmt::join(names, " "));
}

std::string bash_state(const CommandInfo& command) {
  std::vector<std::string> below;
  for (const auto& subcommand : command.subcommands) below.push_back(subcommand.name());
  return fmt::format("    '{}')\n      commands='{}'\n      options='{}'\n      valued='{}'\n      ;;\n",
                     command.joined(" "), fmt::join(below, " "), bash_names(command, false), bash_names(command, true));
}

std::string bash_offer(const Value& value) {
  switch (value.offer) {
    case Offer::kWords:
      return fmt::format("_gigasim_words '{}'", fmt::join(value.words, " "));
    case Offer::kFiles:
      return "_gigasim_paths -f";
    case Offer::kScenarios:
      return "_gigasim_paths -d -f -X '!*.y*ml'";
    case Offer::kFolders:
      return "_gigasim_paths -d";
    case Offer::kNothing:
      break;
  }
  return "";
}

/// `pattern` is what stands behind the command in the case's label.
std::string bash_case(const CommandInfo& command, const std::string& pattern, const Value& value) {
  const std::string offer = bash_offer(value);
  return offer.empty() ? "" : fmt::format("    '{} '{}) {} ;;\n", command.joined(" "), pattern, offer);
}

std::string bash_values(const CommandInfo& command) {
  std::string out;
  for (const auto* options : {&command.options, &command.inherited}) {
    for (const auto& option : *options) {
      for (const auto& name : option.names) out += bash_case(command, name, option.value);
    }
  }
  for (std::size_t i = 0; i < command.positionals.size(); ++i) {
    const auto& positional = command.positionals[i];
    out += bash_case(command, positional.many ? "[0-9]*" : fmt::format("{}", i + 1), positional.value);
  }
  return out;
}

}  // namespace

std::string bash_completion(const CommandInfo& root) {
  std::string states;
  std::string values;
  for (const CommandInfo* command : flattened(root)) {
    states += bash_state(*command);
    values += bash_values(*command);
  }
  return "# bash completion of gigasim, written by `gigasim completion bash`\n\n"
         "# Sets what can stand in a command.\n_gigasim_enter() {\n  case $1 in\n" +
         states +
         "  esac\n}\n\n"
         "# Completes the value of an option, or the positional of a number.\n_gigasim_value() {\n  case \"$1 $2\" "
         "in\n" +
         values + "  esac\n}\n" + std::string{kBashFunctions};
}

}  // namespace gigasim::cli
