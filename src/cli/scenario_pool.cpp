#include "scenario_pool.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <map>
#include <new>
#include <sstream>
#include <thread>

#include "gigasim/engine/run.hpp"
#include "gigasim/metrics/expectations.hpp"
#include "gigasim/report/report.hpp"
#include "gigasim/units/printable.hpp"
#include "memory_file.hpp"
#include "run_guarded.hpp"
#include "scenario_options.hpp"
#include "simulate.hpp"

namespace gigasim::cli {
namespace {

/// A child process and the file that its result comes in.
struct Child {
  std::size_t run;
  MemoryFile file, expectations;
};

scenario::Loaded load_file(const PoolRun& run) {
  ScenarioOptions options;
  options.file = run.scenario.string();
  options.variant = run.variant;
  return options.load();
}

/// Signals by which a process that has gone wrong ends itself; all others come from outside.
bool is_a_crash(int signal) {
  return signal == SIGSEGV || signal == SIGABRT || signal == SIGFPE || signal == SIGBUS || signal == SIGILL ||
         signal == SIGSYS || signal == SIGTRAP;
}

ExitCode code_of_signal(int signal) {
  if (signal == SIGINT) return ExitCode::kInterrupted;
  if (signal == SIGTERM) return ExitCode::kTerminated;
  return is_a_crash(signal) ? ExitCode::kOurFault : ExitCode::kResourceLimit;
}

std::string ended_by(int signal) {
  if (is_a_crash(signal)) return fmt::format("was ended by signal {}: our own fault, please report it", signal);
  const char* who = signal == SIGKILL ? ", for instance by the kernel's out-of-memory handler" : "";
  return fmt::format("was ended by signal {} (killed from outside{})", signal, who);
}

/// The child's work. A baseline's text serves as the message, with all figures and rules that keep them all.
ExitCode run_one(const PoolRun& run, const MemoryFile& file, const MemoryFile& expectations) {
  return run_guarded([&] {
    scenario::Loaded loaded = run.load ? run.load() : load_file(run);
    const auto results = run_into(run.folder, loaded, run.large, {});
    if (!results.complete) return stop_signal() == SIGTERM ? ExitCode::kTerminated : ExitCode::kInterrupted;
    if (!run.wants_snapshot()) return ExitCode::kSuccess;
    for (const auto& outcome : metrics::check_expectations(results)) {
      if (outcome.verdict == metrics::Verdict::kMet) continue;
      // Two lines each: neither text holds a line feed.
      expectations.append(fmt::format("{}\n{}\n", units::printable(outcome.expectation.at),
                                      units::printable(report::expectation_line(outcome))));
    }
    baseline::Baseline message;
    message.snapshot = baseline::take_snapshot(results, loaded, run.scenario, engine::simgrid_version());
    message.rules = {{"*", baseline::Rule::Tolerance::kExact, 0.0, ""}};
    message.history = {{"", "", ""}};
    file.append(baseline::to_text(message));
    return ExitCode::kSuccess;
  });
}

class Pool {
 public:
  explicit Pool(std::vector<PoolRun>& runs) : runs_(runs) {}

  void start(std::size_t index) {
    MemoryFile file("gigasim-result");
    MemoryFile expectations("gigasim-expectations");
    const pid_t process = ::fork();
    if (process < 0) throw std::bad_alloc{};
    if (process == 0) ::_exit(static_cast<int>(run_one(runs_[index], file, expectations)));
    children_.emplace(process, Child{index, std::move(file), std::move(expectations)});
  }

  [[nodiscard]] std::size_t running() const { return children_.size(); }

  /// Waits for one child and takes its result. Passes a signal to stop on to all of them.
  void wait_for_one() {
    int status = 0;
    const pid_t process = ::waitpid(-1, &status, 0);
    if (stop_signal() != 0 && !told_to_stop_) {
      told_to_stop_ = true;
      for (const auto& [child, unused] : children_) ::kill(child, stop_signal());
    }
    const auto found = children_.find(process);
    if (found == children_.end()) return;
    take(runs_[found->second.run], status, found->second);
    children_.erase(found);
  }

 private:
  static void take(PoolRun& run, int status, const Child& child) {
    if (WIFSIGNALED(status)) {
      run.code = code_of_signal(WTERMSIG(status));
      const bool asked = run.code == ExitCode::kInterrupted || run.code == ExitCode::kTerminated;
      if (!asked) spdlog::error("{}: its process {}", run.title(), ended_by(WTERMSIG(status)));
      return;
    }
    run.code = static_cast<ExitCode>(WEXITSTATUS(status));
    if (run.code != ExitCode::kSuccess || !run.wants_snapshot()) return;
    run.snapshot = baseline::parse(child.file.text(), run.title()).snapshot;
    std::istringstream lines{child.expectations.text()};
    for (PoolExpectation one; std::getline(lines, one.at) && std::getline(lines, one.text);) {
      run.expectations.push_back(one);
    }
  }

  std::vector<PoolRun>& runs_;
  std::map<pid_t, Child> children_;
  bool told_to_stop_ = false;
};

}  // namespace

std::string PoolRun::title() const {
  return variant.empty() ? scenario.string() : fmt::format("{} (variant {})", scenario.string(), variant);
}

ExitCode worst(const std::vector<PoolRun>& runs) {
  ExitCode code = ExitCode::kSuccess;
  for (const PoolRun& run : runs) {
    if (run.code == ExitCode::kInterrupted || run.code == ExitCode::kTerminated) return run.code;
    if (code == ExitCode::kSuccess) code = run.code;
  }
  return code;
}

int usual_processes() {
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

void run_all(std::vector<PoolRun>& runs, int processes) {
  stop_on_signals(InCalls::kReturn);  // a wait for children must come back
  Pool pool(runs);
  std::size_t next = 0;
  while (pool.running() > 0 || (next < runs.size() && stop_signal() == 0)) {
    if (next < runs.size() && stop_signal() == 0 && pool.running() < static_cast<std::size_t>(processes)) {
      pool.start(next++);
    } else {
      pool.wait_for_one();
    }
  }
  for (; next < runs.size(); ++next) {
    runs[next].code = stop_signal() == SIGTERM ? ExitCode::kTerminated : ExitCode::kInterrupted;
  }
}

}  // namespace gigasim::cli
