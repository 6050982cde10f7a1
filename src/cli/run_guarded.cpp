#include "run_guarded.hpp"

#include <spdlog/spdlog.h>
#include <unistd.h>

#include <cstdlib>
#include <exception>
#include <new>
#include <string_view>

#include "gigasim/metrics/recorder.hpp"
#include "gigasim/scenario/load.hpp"
#include "large_runs.hpp"

namespace gigasim::cli {
namespace {

void complain(const std::string& message) {
  spdlog::error("{}", message);
}

constexpr std::string_view kOutOfMemory = "out of memory: a shorter period, bundled jobs or larger pods take less";

std::terminate_handler before = nullptr;

/// Where memory is lacking inside a library that lets no exception through, this is all that can still be said.
[[noreturn]] void on_terminate() {
  try {
    if (const auto error = std::current_exception()) std::rethrow_exception(error);
  } catch (const std::bad_alloc&) {
    for (const std::string_view part : {std::string_view{"error: "}, kOutOfMemory, std::string_view{"\n"}}) {
      static_cast<void>(!::write(STDERR_FILENO, part.data(), part.size()));
    }
    ::_exit(static_cast<int>(ExitCode::kResourceLimit));
  } catch (...) {
    static_cast<void>(0);  // told by the handler that was there before
  }
  if (before != nullptr) before();
  std::abort();
}

void catch_lack_of_memory() {
  if (std::get_terminate() != &on_terminate) before = std::set_terminate(&on_terminate);
}

}  // namespace

ExitCode run_guarded(const Action& action) {
  catch_lack_of_memory();
  try {
    return action();
  } catch (const scenario::ScenarioError& error) {
    for (const auto& message : error.messages()) complain(message);
    return ExitCode::kInvalidInput;
  } catch (const UsageError& error) {
    complain(error.what());
    return ExitCode::kUsage;
  } catch (const report::OutputError& error) {
    complain(error.what());
    return error.resource_limit() ? ExitCode::kResourceLimit : ExitCode::kUsage;
  } catch (const RunTooLarge& error) {
    complain(error.what());
    return ExitCode::kResourceLimit;
  } catch (const metrics::ConservationError& error) {
    complain(std::string{"the job and hour totals of this run are inconsistent, its results are not written: "} +
             error.what());
    return ExitCode::kRunFailed;
  } catch (const std::bad_alloc&) {
    complain(std::string{kOutOfMemory});
    return ExitCode::kResourceLimit;
  } catch (const std::exception& error) {
    complain(std::string{"our own fault, please report it: "} + error.what());
    return ExitCode::kOurFault;
  }
}

}  // namespace gigasim::cli
