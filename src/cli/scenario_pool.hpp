#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "exit_code.hpp"
#include "gigasim/baseline/baseline.hpp"
#include "gigasim/scenario/load.hpp"
#include "large_runs.hpp"
#include "terminal.hpp"

namespace gigasim::cli {

/// What a scenario expects of its results, and they are not.
struct PoolExpectation {
  std::string at;    ///< "eu.yaml:9:5"
  std::string text;  ///< the expectation and what came out
};

/// One scenario or variant to be run, and what came of it.
struct PoolRun {
  std::filesystem::path scenario;
  std::string variant;
  std::filesystem::path folder;        ///< empty: a snapshot is wanted; else the result folder to be written
  ExitCode code = ExitCode::kSuccess;  ///< when it is not success there is no snapshot, and stderr has said why
  baseline::Snapshot snapshot;
  LargeRuns large = LargeRuns::kRefuse;
  std::vector<PoolExpectation> expectations{};  ///< those that are not met, where a snapshot is wanted
  std::function<scenario::Loaded()> load{};     ///< in place of the scenario file: then there is always a snapshot

  [[nodiscard]] bool wants_snapshot() const { return folder.empty() || load != nullptr; }
  [[nodiscard]] std::string title() const;  ///< "scenarios/eu.yaml", "scenarios/eu.yaml (variant home)"
};

/// A run that did not end well decides the exit code: an interruption first.
[[nodiscard]] ExitCode worst(const std::vector<PoolRun>& runs);

/// Processes at a time that suit the machine.
[[nodiscard]] int usual_processes();

/// Runs them in up to `processes` processes at a time, one run each. On SIGINT or SIGTERM the rest is not run, and
/// those that were stopped have the code of the signal.
void run_all(std::vector<PoolRun>& runs, int processes);

}  // namespace gigasim::cli
