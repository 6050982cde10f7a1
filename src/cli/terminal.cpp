#include "terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <string_view>

#include "gigasim/units/text.hpp"

namespace gigasim::cli {
namespace {

bool environment_set(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0';
}

bool wants_colour(const GlobalOptions& options) {
  if (options.colour != "auto") return options.colour == "always";
  if (environment_set("NO_COLOR")) return false;
  const char* force = std::getenv("CLICOLOR_FORCE");
  if (force != nullptr && *force != '\0' && std::string_view{force} != "0") return true;
  const char* term = std::getenv("TERM");
  return is_terminal(stdout) && term != nullptr && std::string_view{term} != "dumb";
}

int terminal_width() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  if (const char* columns = std::getenv("COLUMNS")) {
    if (const auto n = units::parse_integer(columns); n && *n >= 40 && *n <= 1000) return static_cast<int>(*n);
  }
  return 100;
}

}  // namespace

report::TableStyle table_style(const GlobalOptions& options) {
  return {wants_colour(options), terminal_width()};
}

bool is_terminal(std::FILE* stream) {
  return isatty(fileno(stream)) == 1;
}

}  // namespace gigasim::cli
