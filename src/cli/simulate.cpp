#include "simulate.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include <atomic>
#include <chrono>
#include <csignal>

#include "gigasim/catalogue/overlay.hpp"
#include "gigasim/metrics/recorder.hpp"
#include "gigasim/report/files.hpp"
#include "gigasim/report/report.hpp"
#include "gigasim/workload/source.hpp"

namespace gigasim::cli {
namespace {

std::atomic<bool> stop_requested{false};
std::atomic<int> stopped_by{0};

// Only lock-free stores here: no I/O is allowed in a handler. A second signal ends the process at once.
void request_stop(int signal) {
  stop_requested.store(true);
  stopped_by.store(signal);
  std::signal(signal, SIG_DFL);
}

/// The scenario, what it extends, tables, request traces and logs.
std::vector<std::filesystem::path> files_read(const scenario::Loaded& loaded) {
  std::vector<std::filesystem::path> files;
  for (const scenario::InputFile& input : loaded.inputs) files.emplace_back(input.path);
  for (const scenario::Stream& stream : loaded.scenario.workload.streams) {
    if (stream.trace) files.emplace_back(stream.trace->file);
  }
  return files;
}

}  // namespace

int stop_signal() {
  return stopped_by.load();
}

void stop_on_signals(InCalls in_calls) {
  struct sigaction action {};
  action.sa_handler = request_stop;
  action.sa_flags = in_calls == InCalls::kResume ? SA_RESTART : 0;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

metrics::Results run_here(scenario::Loaded& loaded, LargeRuns large,
                          const std::function<void(const engine::Progress&)>& progress) {
  // Another scenario may have been loaded since.
  catalogue::use_edition(loaded.catalogue_edition);
  const auto source = workload::open_streams(loaded.scenario);
  check_size(engine::estimate_size(loaded.scenario, *source), large);
  for (const auto& import : source->imports()) {
    if (import.unix_start_time && loaded.scenario.period.start == units::UtcTime{}) {
      loaded.scenario.period.start = {*import.unix_start_time};
    }
  }
  metrics::Recorder recorder(loaded.scenario, source->origins());
  engine::RunOptions options;
  options.stop = &stop_requested;
  options.progress = progress;
  stop_on_signals(InCalls::kResume);
  engine::run(loaded.scenario, *source, recorder, options);
  return recorder.results(source->imports(), source->plans(), source->projects());
}

metrics::Results run_into(const std::filesystem::path& folder, scenario::Loaded& loaded, LargeRuns large,
                          const std::function<void(const engine::Progress&)>& progress) {
  if (!folder.empty()) {
    report::refuse_to_overwrite(folder, files_read(loaded));
    report::check_folder(folder);
  }
  const auto begun = std::chrono::steady_clock::now();
  metrics::Results results = run_here(loaded, large, progress);
  if (folder.empty()) return results;
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begun;
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const std::string log =
      fmt::format("simulated in {:.3f} s wall clock, peak memory {} MiB\n", elapsed.count(), usage.ru_maxrss / 1024);
  report::write_folder(folder, results, loaded, engine::simgrid_version(), log);
  return results;
}

std::filesystem::path default_folder(const std::filesystem::path& scenario, const std::string& variant) {
  return std::filesystem::path{"results"} / (scenario.stem().string() + (variant.empty() ? "" : "-") + variant);
}

}  // namespace gigasim::cli
