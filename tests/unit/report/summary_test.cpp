#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <string>

#include "gigasim/report/report.hpp"
#include "sample_results.hpp"

using namespace gigasim;
namespace fs = std::filesystem;

namespace {

/// A file that goes away with the test.
class TextFile {
 public:
  explicit TextFile(const std::string& text)
      : path_(fs::temp_directory_path() / ("gigasim-summary-test-" + std::to_string(::getpid()) + ".json")) {
    std::ofstream{path_, std::ios::binary} << text;
  }
  ~TextFile() { fs::remove(path_); }
  TextFile(const TextFile&) = delete;
  TextFile& operator=(const TextFile&) = delete;
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

void check_refused(const std::string& text, const std::string& problem) {
  const TextFile file{text};
  CHECK_THROWS_WITH(report::read_summary(file.path()), file.path().string() + ": " + problem);
}

}  // namespace

TEST_CASE("reading results.json gives back every figure and every lower bound", "[report][summary]") {
  auto results = sample::results();
  results.complete = false;
  const TextFile file{report::to_json(results)};
  const report::Summary read = report::read_summary(file.path());
  CHECK(read == report::summarise(results, file.path().string()));
  CHECK(read.scenario == "two-sites");
  CHECK(read.variant == "small");
  CHECK_FALSE(read.complete);
  CHECK(read.groups.at(0).at(1).name == "Jülich");  // sites are the first grouping
}

TEST_CASE("a result folder is read through its results.json", "[report][summary]") {
  const fs::path folder = fs::temp_directory_path() / ("gigasim-summary-folder-" + std::to_string(::getpid()));
  report::write_folder(folder, sample::results(), sample::loaded(), "3.32.0", "");
  CHECK(report::read_summary(folder) == report::summarise(sample::results(), folder.string()));
  fs::remove(folder / "results.json");
  CHECK_THROWS_WITH(report::read_summary(folder),
                    folder.string() + ": not a gigasim result folder: it has no results.json");
  fs::remove_all(folder);
}

TEST_CASE("what is no result is refused in one clear line", "[report][summary]") {
  CHECK_THROWS_WITH(report::read_summary("/no/such/place"), "/no/such/place: no such file or folder");
  check_refused("", "not JSON, or cut off");
  check_refused(report::to_json(sample::results()).substr(0, 500), "not JSON, or cut off");
  check_refused("[1, 2]", "not a gigasim result");
  check_refused(R"({"schema_version": 1})", "not a gigasim result");
  check_refused(R"({"schema_version": 2, "network": {}})", "results of schema version 2; this gigasim reads version 1");
  check_refused(R"({"schema_version": 1, "network": 5})", "network is not an object");
  check_refused(R"({"schema_version": 1, "network": {"queue_time_s": {"p95": "long"}}})",
                "network.queue_time_s.p95 is not a number");
  check_refused(R"({"schema_version": 1, "network": {}, "sites": {}})", "sites is not an array");
}

TEST_CASE("metrics and groupings that a result does not have yet are read as missing", "[report][summary]") {
  const TextFile file{R"({"schema_version": 1, "network": {"utilisation": 0.5, "queue_time_s": 3}})"};
  const report::Summary read = report::read_summary(file.path());
  int known = 0;
  for (const auto& figure : read.network.figures) known += figure.has_value() ? 1 : 0;
  CHECK(known == 1);
}
