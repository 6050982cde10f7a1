#include "run_guarded.hpp"

#include <spdlog/spdlog.h>

#include <exception>
#include <new>

#include "gigasim/metrics/recorder.hpp"
#include "gigasim/scenario/load.hpp"

namespace gigasim::cli {
namespace {

void complain(const std::string& message) {
  spdlog::error("{}", message);
}

}  // namespace

ExitCode run_guarded(const Action& action) {
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
  } catch (const metrics::ConservationError& error) {
    complain(std::string{"the job and hour totals of this run are inconsistent, its results are not written: "} + error.what());
    return ExitCode::kRunFailed;
  } catch (const std::bad_alloc&) {
    complain("out of memory");
    return ExitCode::kResourceLimit;
  } catch (const std::exception& error) {
    complain(std::string{"our own fault, please report it: "} + error.what());
    return ExitCode::kOurFault;
  }
}

}  // namespace gigasim::cli
