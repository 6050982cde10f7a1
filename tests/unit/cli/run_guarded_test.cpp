#include "run_guarded.hpp"

#include <catch2/catch.hpp>
#include <new>
#include <stdexcept>

#include "gigasim/metrics/recorder.hpp"
#include "gigasim/scenario/load.hpp"
#include "logging.hpp"

using namespace gigasim;
using cli::ExitCode;

namespace {

template <class Error>
ExitCode code_of(const Error& error) {
  cli::set_up_logging({});
  return cli::run_guarded([&]() -> ExitCode { throw error; });
}

}  // namespace

TEST_CASE("every error has its exit code", "[cli][exit]") {
  CHECK(cli::run_guarded([] { return ExitCode::kInterrupted; }) == ExitCode::kInterrupted);
  CHECK(code_of(metrics::ConservationError("x")) == ExitCode::kRunFailed);
  CHECK(code_of(cli::UsageError("x")) == ExitCode::kUsage);
  CHECK(code_of(report::OutputError("x", false)) == ExitCode::kUsage);
  CHECK(code_of(scenario::ScenarioError({"x"})) == ExitCode::kInvalidInput);
  CHECK(code_of(report::OutputError("x", true)) == ExitCode::kResourceLimit);
  CHECK(code_of(std::bad_alloc()) == ExitCode::kResourceLimit);
  CHECK(code_of(std::logic_error("x")) == ExitCode::kOurFault);
}
