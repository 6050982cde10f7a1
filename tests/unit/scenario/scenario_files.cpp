#include "scenario_files.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <fstream>

namespace fs = std::filesystem;
using namespace gigasim::scenario;

ScenarioFiles::ScenarioFiles() {
  static std::atomic<int> count{0};
  folder_ = fs::temp_directory_path() / fmt::format("gigasim-scenario-{}-{}", getpid(), count++);
  fs::create_directories(folder_);
}

ScenarioFiles::~ScenarioFiles() {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

fs::path ScenarioFiles::write(std::string_view name, std::string_view text) const {
  const fs::path path = folder_ / name;
  std::ofstream{path, std::ios::binary} << text;
  return path;
}

Loaded load_text(std::string_view text, const LoadOptions& options) {
  const ScenarioFiles files;
  return load(files.write("case.yaml", text), options);
}

std::vector<std::string> complaints(std::string_view text, const LoadOptions& options) {
  const ScenarioFiles files;
  try {
    static_cast<void>(load(files.write("case.yaml", text), options));
  } catch (const ScenarioError& error) {
    std::vector<std::string> messages = error.messages();
    const std::string folder = files.folder().string() + "/";
    for (std::string& message : messages) {
      for (auto at = message.find(folder); at != std::string::npos; at = message.find(folder))
        message.erase(at, folder.size());
    }
    return messages;
  }
  return {};
}

std::string with(std::string_view period, std::string_view site, std::string_view workload) {
  return fmt::format(R"(gigasim: 1
period: {}
sites:
  - name: athens
    country: GR
    location: [37.72, 24.05]
{}
workload:
{}
)",
                     period, site, workload);
}

std::string simple() {
  return with("{ start: 2027-01-01, length: 30 d }", "    partitions: [{ accelerator: GH200, count: 1024 }]",
              "  streams: [{ name: research, demand: { load: 80 % }, mix: [seren.eval] }]");
}

std::span<const MetricName> metrics_of_tests() {
  static constexpr std::array<MetricName, 10> kMetrics{{{"queue_time_p95", "s"},
                                                        {"energy", "MWh"},
                                                        {"peak_power", "MW"},
                                                        {"utilisation", ""},
                                                        {"offered_load", ""},
                                                        {"jobs_killed", "jobs"},
                                                        {"jobs_refused", "jobs"},
                                                        {"jobs_unfinished", "jobs"},
                                                        {"jobs_per_day", "jobs/d"},
                                                        {"accelerator_hours", "accelerator-h"}}};
  return kMetrics;
}

std::string value_of(const Loaded& loaded, std::string_view path) {
  for (const Resolved& resolved : loaded.resolved) {
    if (resolved.path == path) return resolved.value;
  }
  return {};
}

std::string origin_of(const Loaded& loaded, std::string_view path) {
  for (const Resolved& resolved : loaded.resolved) {
    if (resolved.path == path) return resolved.origin;
  }
  return {};
}
