#pragma once

#include <cstdio>
#include <string>

#include "gigasim/report/report.hpp"

namespace gigasim::cli {

/// Options that every subcommand takes, before or after its name.
struct GlobalOptions {
  std::string colour = "auto";  ///< auto | always | never
  bool quiet = false;
  bool verbose = false;
  bool no_progress = false;
};

/// Style for tables on stdout. Colour by `--color`, then NO_COLOR, CLICOLOR_FORCE and TERM=dumb, then only on a
/// terminal; the width is the terminal's, COLUMNS, or 100.
[[nodiscard]] report::TableStyle table_style(const GlobalOptions& options);

[[nodiscard]] bool is_terminal(std::FILE* stream);

}  // namespace gigasim::cli
