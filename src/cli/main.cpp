#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <csignal>

#include "commands.hpp"
#include "guarded.hpp"
#include "huge_pages.hpp"

namespace {

using gigasim::cli::ExitCode;

void set_up_logging(const gigasim::cli::GlobalOptions& options) {
  const auto mode = options.colour == "always"  ? spdlog::color_mode::always
                    : options.colour == "never" ? spdlog::color_mode::never
                                                : spdlog::color_mode::automatic;
  auto logger =
      std::make_shared<spdlog::logger>("gigasim", std::make_shared<spdlog::sinks::stderr_color_sink_st>(mode));
  logger->set_pattern("%^%l%$: %v");
  logger->set_level(options.quiet ? spdlog::level::err : options.verbose ? spdlog::level::debug : spdlog::level::info);
  spdlog::set_default_logger(std::move(logger));
}

}  // namespace

// What could escape is a failure of the command line declarations themselves: ours, and seen by every test.
// NOLINTNEXTLINE(bugprone-exception-escape)
int main(int argc, char** argv) {
  // A file size limit must come back as an error of the write, not end the process with results half written.
  std::signal(SIGXFSZ, SIG_IGN);
  gigasim::cli::use_huge_pages();

  CLI::App app{"gigasim: a discrete-event simulator of the European network of AI factories and AI gigafactories",
               "gigasim"};
  app.footer("\n" + gigasim::cli::exit_code_help() + "\nStart with: gigasim init my.yaml && gigasim run my.yaml");
  app.set_version_flag("--version", "gigasim " GIGASIM_VERSION);
  app.require_subcommand(1);
  app.fallthrough();  // global options may stand before or after the subcommand

  gigasim::cli::GlobalOptions options;
  app.add_option("--color", options.colour, "colour the output")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->capture_default_str();
  app.add_flag("-q,--quiet", options.quiet, "only errors on stderr");
  app.add_flag("-v,--verbose", options.verbose, "more on stderr");
  app.add_flag("--no-progress", options.no_progress, "no progress line");

  gigasim::cli::Action action;
  gigasim::cli::add_scenario_commands(app, options, action);
  gigasim::cli::add_run_commands(app, options, action);
  gigasim::cli::add_baseline_commands(app, options, action);
  gigasim::cli::add_catalogue_commands(app, options, action);
  gigasim::cli::add_metrics_commands(app, options, action);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : static_cast<int>(ExitCode::kUsage);
  }
  set_up_logging(options);
#ifndef NDEBUG
  spdlog::warn("this is not an optimised build: expect it to be several times slower");
#endif
  return static_cast<int>(gigasim::cli::run_guarded(action));
}
