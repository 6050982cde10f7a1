// Ends like gigasim does when an action throws what no healthy run throws.
#include <map>
#include <new>
#include <stdexcept>
#include <string>

#include "gigasim/metrics/recorder.hpp"
#include "logging.hpp"
#include "run_guarded.hpp"

int main(int argc, char** argv) {
  using gigasim::cli::Action;
  const std::map<std::string, Action> actions{
      {"unbalanced-books", []() -> gigasim::cli::ExitCode { throw gigasim::metrics::ConservationError("on purpose"); }},
      {"out-of-memory", []() -> gigasim::cli::ExitCode { throw std::bad_alloc(); }},
      {"our-fault", []() -> gigasim::cli::ExitCode { throw std::logic_error("on purpose"); }}};
  gigasim::cli::set_up_logging({});
  return static_cast<int>(gigasim::cli::run_guarded(actions.at(argc > 1 ? argv[1] : "")));
}
