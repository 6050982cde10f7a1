#include "man_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "examples.hpp"
#include "exit_code.hpp"

namespace gigasim::cli {
namespace {

/// Text that roff prints as it stands. A hyphen to type is `\-`; a bare one may be printed as another character.
std::string literal(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out += c;
    }
  }
  return out;
}

std::string bold(std::string_view text) {
  return "\\fB" + literal(text) + "\\fP";
}

std::string italic(std::string_view text) {
  return "\\fI" + literal(text) + "\\fP";
}

/// Prose: what stands in backticks becomes bold. A line must not start like a request.
std::string prose(std::string_view text) {
  std::string out;
  bool code = false;
  for (const char c : text) {
    if (c == '`') {
      code = !code;
      out += code ? "\\fB" : "\\fP";
    } else {
      out += literal({&c, 1});
    }
  }
  return out.starts_with('.') || out.starts_with('\'') ? "\\&" + out : out;
}

std::string sentence(std::string text) {
  if (text.empty()) return text;
  // "SWF" stays, and so does a text that begins with code or a name.
  text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
  return text.ends_with('.') ? text : text + '.';
}

std::string one_line(const CommandInfo& command) {
  const std::string prefix = command.name() + ": ";
  return command.description.starts_with(prefix) ? command.description.substr(prefix.size()) : command.description;
}

std::string option_tag(const OptionInfo& option) {
  std::string tag;
  for (const auto& name : option.names) tag += (tag.empty() ? "" : ", ") + bold(name);
  const std::string value = option.value.name.empty() ? "" : italic(option.value.name);
  if (tag.empty()) return value + (option.many ? "..." : "");
  return value.empty() ? tag : tag + ' ' + value;
}

std::string option_text(const OptionInfo& option) {
  std::string text = prose(sentence(option.description));
  if (option.names.empty() && !option.required && option.value.default_text.empty()) text += " Optional.";
  if (!option.names.empty() && option.required) text += " Required.";
  if (!option.value.default_text.empty()) text += " Default: " + bold(option.value.default_text) + '.';
  // Of the long lists of names the page would only say what the program says better.
  constexpr std::size_t kFewWords = 8;
  if (option.names.empty() && !option.value.words.empty() && option.value.words.size() <= kFewWords) {
    text += fmt::format(" One of: {}.", literal(fmt::format("{}", fmt::join(option.value.words, ", "))));
  }
  return text;
}

std::string option_section(std::string_view title, const std::vector<OptionInfo>& options) {
  if (options.empty()) return "";
  std::string out = fmt::format(".SH {}\n", title);
  for (const auto& option : options) out += fmt::format(".TP\n{}\n{}\n", option_tag(option), option_text(option));
  return out;
}

std::string synopsis(const CommandInfo& command) {
  std::string out = ".SH SYNOPSIS\n" + bold(command.joined(" ")) + " [" + italic("OPTIONS") + ']';
  if (!command.subcommands.empty()) out += ' ' + italic("COMMAND");
  for (const auto& positional : command.positionals) {
    const std::string tag = option_tag(positional);
    out += positional.required ? ' ' + tag : " [" + tag + ']';
  }
  return out + '\n';
}

std::string command_section(const CommandInfo& command) {
  if (command.subcommands.empty()) return "";
  std::string out = ".SH COMMANDS\n";
  for (const auto& below : command.subcommands) {
    out += fmt::format(".TP\n{}(1)\n{}\n", bold(below.joined("-")), prose(sentence(below.description)));
  }
  return out;
}

bool concerns(const ExitCodeMeaning& row, const CommandInfo& command) {
  const auto all = flattened(command);
  return std::any_of(all.begin(), all.end(),
                     [&](const CommandInfo* c) { return c->subcommands.empty() && row.concerns(c->words()); });
}

std::string exit_section(const CommandInfo& command) {
  std::string out = ".SH EXIT STATUS\n";
  for (const auto& row : exit_codes()) {
    if (!concerns(row, command)) continue;
    out += fmt::format(".TP\n{}\n{}\n", bold(fmt::format("{}", static_cast<int>(row.code))),
                       prose(sentence(std::string{row.meaning})));
  }
  return out;
}

std::string see_also(const CommandInfo& command, const CommandInfo& root) {
  std::vector<std::string> pages;
  for (const CommandInfo* other : flattened(root)) {
    const bool above = other->path.size() + 1 == command.path.size() &&
                       std::equal(other->path.begin(), other->path.end(), command.path.begin());
    const bool beside = command.path.size() > 2 && other->path.size() == command.path.size() &&
                        other->path != command.path &&
                        std::equal(other->path.begin(), other->path.end() - 1, command.path.begin());
    const bool program = other == &root && &command != &root;
    if (above || beside || program) pages.push_back(bold(other->joined("-")) + "(1)");
  }
  return pages.empty() ? "" : fmt::format(".SH SEE ALSO\n{}\n", fmt::join(pages, ",\n"));
}

}  // namespace

std::string man_page(const CommandInfo& command, const CommandInfo& root, const std::string& version,
                     const std::string& date) {
  std::string title = command.joined("-");
  std::transform(title.begin(), title.end(), title.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  std::string out = ".\\\" Written by `gigasim man` from the declarations of the command line.\n";
  out += fmt::format(".TH {} 1 \"{}\" \"{} {}\" \"User Commands\"\n", title, date, root.name(), version);
  out += fmt::format(".SH NAME\n{} \\- {}\n", literal(command.joined("-")), prose(one_line(command)));
  out += synopsis(command);
  out += fmt::format(".SH DESCRIPTION\n{}\n", prose(sentence(one_line(command))));
  out += command_section(command);
  out += option_section("ARGUMENTS", command.positionals);
  out += option_section("OPTIONS", command.options);
  out += option_section("GLOBAL OPTIONS", command.inherited);
  out += exit_section(command);
  if (const auto example = example_of(command.words()); command.path.size() > 1 && !example.empty()) {
    out += fmt::format(".SH EXAMPLE\n.nf\n{}\n.fi\n", bold(example));
  }
  return out + see_also(command, root);
}

}  // namespace gigasim::cli
