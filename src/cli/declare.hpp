#pragma once

#include "commands.hpp"

namespace gigasim::cli {

/// Declares the whole command line on an empty `app`. What is declared here is also what the manual pages and the
/// completions say. Parsing fills `options` and sets `action`; all three must outlive it.
void declare(CLI::App& app, GlobalOptions& options, Action& action);

/// Says on stderr which subcommand was probably meant by a word that is none.
void suggest_command(const CLI::App& app, const std::string& word);

/// Accepts finite numbers above zero. (CLI::PositiveNumber names the largest double in its message, with all digits.)
[[nodiscard]] CLI::Validator positive_number();

}  // namespace gigasim::cli
