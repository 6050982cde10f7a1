#include <csignal>

#include "declare.hpp"
#include "logging.hpp"
#include "run_guarded.hpp"

// Read by jemalloc, which allocates in one fifteenth less of a simulation's time than the C library. Pages of 2 MiB: a
// simulation jumps between thousands of actors, jobs and executions, and looking up addresses would take a quarter of
// its time. One arena, since one thread simulates; nothing is given back before the end.
extern "C" {
extern const char* malloc_conf;
const char* malloc_conf = "narenas:1,thp:always,metadata_thp:always,dirty_decay_ms:-1,muzzy_decay_ms:-1";
}

// What could escape is a failure of the command line declarations themselves: ours, and seen by every test.
// NOLINTNEXTLINE(bugprone-exception-escape)
int main(int argc, char** argv) {
  // A file size limit must come back as an error of the write, not end the process with results half written.
  std::signal(SIGXFSZ, SIG_IGN);
  // Nor must a reader that closes a pipe: files that are still to be written would be lost.
  std::signal(SIGPIPE, SIG_IGN);
  gigasim::cli::GlobalOptions options;
  gigasim::cli::Action action;
  CLI::App app;
  gigasim::cli::declare(app, options, action);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const bool no_command =
        app.get_subcommands().empty() && argc > 1 && argv[1][0] != '-' && error.get_exit_code() != 0;
    if (no_command) gigasim::cli::suggest_command(app, argv[1]);
    return app.exit(error) == 0 ? 0 : static_cast<int>(gigasim::cli::ExitCode::kUsage);
  }
  gigasim::cli::set_up_logging(options);
  return static_cast<int>(gigasim::cli::run_guarded(action));
}
