#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "gigasim/report/report.hpp"
#include "gigasim/units/digest.hpp"
#include "sample_results.hpp"
#include "scratch.hpp"

using namespace gigasim;
namespace fs = std::filesystem;
using sample::Scratch;

namespace {

std::string text_of(const fs::path& file) {
  std::ifstream in{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, std::istreambuf_iterator<char>{}};
}

void put(const fs::path& file, const std::string& text) {
  std::ofstream{file} << text;
}

void write(const fs::path& folder, const metrics::Results& results = sample::results()) {
  report::write_folder(folder, results, sample::loaded(), "3.32.0", "took 0.1 s\n");
}

/// What check_folder() says about a folder; empty when it may be written.
std::string objection(const fs::path& folder) {
  try {
    report::check_folder(folder);
  } catch (const report::OutputError& error) {
    CHECK_FALSE(error.resource_limit());
    return error.what();
  }
  return {};
}

metrics::Results results_with_many_jobs(std::size_t count) {
  metrics::Results results = sample::results();
  results.jobs.resize(count, results.jobs.front());
  return results;
}

}  // namespace

TEST_CASE("a result folder has its nine files, and the manifest their digests", "[report][folder]") {
  const Scratch scratch;
  write(scratch / "out");
  CHECK(scratch.names() == std::vector<std::string>{"out"});  // nothing temporary is left
  CHECK(Scratch::names_in(scratch / "out") == std::vector<std::string>{"decisions.csv", "jobs.csv", "manifest.json",
                                                                       "regional.csv", "resolved.yaml", "results.json",
                                                                       "run.log", "sites.csv", "timeseries.csv"});
  CHECK(text_of(scratch / "out" / "run.log") == "took 0.1 s\n");
  const auto manifest = nlohmann::json::parse(text_of(scratch / "out" / "manifest.json"));
  REQUIRE(manifest["files"].size() == 7);  // all but itself and run.log, which holds wall-clock figures
  for (const auto& file : manifest["files"]) {
    const std::string name = file["name"];
    CHECK(file["sha256"] == units::sha256_hex(text_of(scratch / "out" / name.c_str())));
  }
}

TEST_CASE("the same results give byte-identical folders wherever they are written", "[report][folder]") {
  const Scratch scratch;
  write(scratch / "a");
  write(scratch / "b" / "c");  // missing parents are made
  for (const std::string& name : Scratch::names_in(scratch / "a")) {
    CHECK(text_of(scratch / "a" / name.c_str()) == text_of(scratch / "b" / "c" / name.c_str()));
  }
}

TEST_CASE("an earlier result folder is replaced whole", "[report][folder]") {
  const Scratch scratch;
  write(scratch / "out");
  auto results = sample::results();
  results.complete = false;
  write(scratch / "out", results);
  CHECK(nlohmann::json::parse(text_of(scratch / "out" / "results.json"))["complete"] == false);
  CHECK(nlohmann::json::parse(text_of(scratch / "out" / "manifest.json"))["complete"] == false);
  CHECK(scratch.names() == std::vector<std::string>{"out"});
}

TEST_CASE("an empty folder may be written, and a link to a folder stays a link", "[report][folder]") {
  const Scratch scratch;
  fs::create_directory(scratch / "empty");
  fs::create_directory_symlink(scratch / "empty", scratch / "link");
  CHECK(objection(scratch / "link").empty());
  write(scratch / "link");
  CHECK(fs::is_symlink(scratch / "link"));
  CHECK(fs::exists(scratch / "empty" / "results.json"));
}

TEST_CASE("what gigasim did not write is never replaced", "[report][folder]") {
  const Scratch scratch;
  const fs::path folder = scratch / "mine";
  fs::create_directory(folder);
  put(folder / "thesis.tex", "years of work");
  const std::string refusal = folder.string() + " exists and is not a gigasim result folder: refusing to replace it";
  CHECK(objection(folder) == refusal);
  CHECK_THROWS_WITH(write(folder), refusal);
  put(folder / "manifest.json", R"({"name": "some web application"})");
  CHECK(objection(folder) == refusal);
  CHECK(text_of(folder / "thesis.tex") == "years of work");
}

TEST_CASE("a result folder to which the user added a file is not replaced", "[report][folder]") {
  const Scratch scratch;
  write(scratch / "out");
  put(scratch / "out" / "plot.py", "import sys");
  CHECK(objection(scratch / "out") ==
        (scratch / "out").string() + " holds plot.py, which gigasim did not write: refusing to replace it");
}

TEST_CASE("a folder that cannot be made is refused before the run, in one line", "[report][folder]") {
  const Scratch scratch;
  put(scratch / "file", "");
  const std::string file = (scratch / "file").string();
  CHECK(objection(file) == "cannot write " + file + ": it exists and is not a folder");
  CHECK(objection(file + "/out") == "cannot create the folder for " + file + "/out: Not a directory");
  CHECK(objection("/proc/out") == "cannot write /proc/out: No such file or directory");
  CHECK(objection("/") == "cannot write /: not a folder of its own");
  CHECK(objection("/proc").starts_with("/proc exists and is not a gigasim result folder"));
}

TEST_CASE("checking a folder makes its parents and leaves nothing else", "[report][folder]") {
  const Scratch scratch;
  CHECK(objection(scratch / "a" / "b").empty());
  CHECK(objection(scratch / "a" / "b/").empty());
  CHECK(Scratch::names_in(scratch / "a").empty());
}

TEST_CASE("a file size limit in mid-write is a resource limit and leaves the old folder as it was",
          "[report][folder]") {
  const Scratch scratch;
  write(scratch / "out");
  const std::string before = text_of(scratch / "out" / "jobs.csv");
  const auto results = results_with_many_jobs(10000);  // some 1 MB
  int message[2];
  REQUIRE(::pipe(message) == 0);
  const pid_t child = ::fork();
  if (child == 0) {
    std::signal(SIGXFSZ, SIG_IGN);  // as main() does
    const rlimit limit{65536, 65536};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    int code = 1;
    try {
      write(scratch / "out", results);
    } catch (const report::OutputError& error) {
      const std::string what = error.what();
      code = ::write(message[1], what.data(), what.size()) > 0 && error.resource_limit() ? 7 : 2;
    }
    ::_exit(code);
  }
  ::close(message[1]);
  std::string what(4096, '\0');
  what.resize(static_cast<std::size_t>(std::max<ssize_t>(0, ::read(message[0], what.data(), what.size()))));
  ::close(message[0]);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 7);
  CHECK(what == "cannot write " + (scratch / "out" / "jobs.csv").string() + ": File too large");
  CHECK(text_of(scratch / "out" / "jobs.csv") == before);
  CHECK(scratch.names() == std::vector<std::string>{"out"});
}
