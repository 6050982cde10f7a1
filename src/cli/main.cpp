#include <csignal>

#include "declare.hpp"
#include "huge_pages.hpp"
#include "logging.hpp"
#include "run_guarded.hpp"

// What could escape is a failure of the command line declarations themselves: ours, and seen by every test.
// NOLINTNEXTLINE(bugprone-exception-escape)
int main(int argc, char** argv) {
  // A file size limit must come back as an error of the write, not end the process with results half written.
  std::signal(SIGXFSZ, SIG_IGN);
  gigasim::cli::use_huge_pages();
  gigasim::cli::GlobalOptions options;
  gigasim::cli::Action action;
  CLI::App app;
  gigasim::cli::declare(app, options, action);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : static_cast<int>(gigasim::cli::ExitCode::kUsage);
  }
  gigasim::cli::set_up_logging(options);
  return static_cast<int>(gigasim::cli::run_guarded(action));
}
