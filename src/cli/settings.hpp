#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <utility>
#include <vector>

/// The option `--set PATH=VALUE`.
namespace gigasim::cli {

/// Declares the option on a command; `help` says what it replaces.
void declare_settings(CLI::App& command, std::vector<std::string>& settings, const std::string& help);

/// Splits "PATH=VALUE" at the first sign.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> split_settings(const std::vector<std::string>& settings);

}  // namespace gigasim::cli
