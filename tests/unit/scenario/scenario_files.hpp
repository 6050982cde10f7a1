#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gigasim/scenario/load.hpp"

/// A folder of scenario files that lives as long as the test.
class ScenarioFiles {
 public:
  ScenarioFiles();
  ~ScenarioFiles();
  ScenarioFiles(const ScenarioFiles&) = delete;
  ScenarioFiles& operator=(const ScenarioFiles&) = delete;
  ScenarioFiles(ScenarioFiles&&) = delete;
  ScenarioFiles& operator=(ScenarioFiles&&) = delete;

  /// Writes a file and returns its path.
  std::filesystem::path write(std::string_view name, std::string_view text) const;
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

 private:
  std::filesystem::path folder_;
};

/// Loads a text as the file case.yaml.
gigasim::scenario::Loaded load_text(std::string_view text, const gigasim::scenario::LoadOptions& options = {});

/// What loading a text complains about, without the folder; empty when it is good.
std::vector<std::string> complaints(std::string_view text, const gigasim::scenario::LoadOptions& options = {});

/// A scenario with one site (athens: 1024 GH200) and one stream, to which a test adds what it is about.
std::string with(std::string_view period, std::string_view site, std::string_view workload);
std::string simple();

/// Metrics of every unit, for expectations.
std::span<const gigasim::scenario::MetricName> metrics_of_tests();

/// Value of a resolved path; empty when there is none.
std::string value_of(const gigasim::scenario::Loaded& loaded, std::string_view path);
std::string origin_of(const gigasim::scenario::Loaded& loaded, std::string_view path);
