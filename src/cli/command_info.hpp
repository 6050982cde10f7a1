#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// The declared command line as plain values: what manual pages and completions are written from.
namespace gigasim::cli {

/// What a shell can offer for a value.
enum class Offer : std::uint8_t { kNothing, kWords, kFiles, kScenarios, kFolders };

struct Value {
  std::string name;  ///< "DIR", "table|json"; empty for a flag
  std::string default_text;
  Offer offer = Offer::kNothing;
  std::vector<std::string> words;
};

struct OptionInfo {
  std::vector<std::string> names;  ///< "-o", "--output"; empty for a positional
  std::string description;
  Value value;
  bool required = false;
  bool many = false;  ///< takes several values
};

struct CommandInfo {
  std::vector<std::string> path;  ///< "gigasim", "catalogue", "list"
  std::string description;
  std::vector<OptionInfo> options;
  std::vector<OptionInfo> inherited;  ///< options of the commands above, which may stand here too
  std::vector<OptionInfo> positionals;
  std::vector<CommandInfo> subcommands;

  [[nodiscard]] const std::string& name() const { return path.back(); }
  [[nodiscard]] std::string joined(std::string_view separator) const;  ///< path as one text
  [[nodiscard]] std::string words() const;                             ///< "catalogue list", without the program
};

/// Describes all that is declared on `app` and below. What a shell offers for a value follows from the choices that the
/// declaration allows, else from the value's name (see value_words.hpp). Hidden options are left out.
[[nodiscard]] CommandInfo describe(const CLI::App& app);

/// Lists a command and all below it, in the order of their declaration.
[[nodiscard]] std::vector<const CommandInfo*> flattened(const CommandInfo& root);

}  // namespace gigasim::cli
