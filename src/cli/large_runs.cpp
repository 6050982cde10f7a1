#include "large_runs.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <string>

namespace gigasim::cli {
namespace {

constexpr double kLargeBytes = 8e9;
constexpr double kLargeEvents = 1e9;
constexpr double kMostJobs = 1e10;

constexpr const char* kAdvice = "a shorter period, bundled jobs or larger pods take less";

}  // namespace

void declare_yes(CLI::App& command, LargeRuns& large) {
  command.add_flag_callback(
      "--yes", [&large] { large = LargeRuns::kAllow; },
      "run it even if it needs more than 8 GB of memory or a billion events");
}

void check_size(const engine::RunSize& size, LargeRuns large) {
  const std::string words = engine::in_words(size);
  spdlog::debug("expected: {}", words);
  if (!(size.jobs <= kMostJobs)) {
    throw RunTooLarge{fmt::format("too large: {}; more than 10 billion jobs cannot be run ({})", words, kAdvice)};
  }
  const bool fits = size.bytes <= kLargeBytes && size.events <= kLargeEvents;
  if (fits || large == LargeRuns::kAllow) return;
  throw RunTooLarge{fmt::format("would take {}: with --yes it is run all the same ({})", words, kAdvice)};
}

}  // namespace gigasim::cli
