#include "jobs_csv.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "csv_text.hpp"
#include "sample_results.hpp"

using namespace gigasim;
using report::jobs_csv;

namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines(1);
  for (const char c : text) {
    if (c == '\n') {
      lines.emplace_back();
    } else {
      lines.back() += c;
    }
  }
  lines.pop_back();  // what follows the last line feed
  return lines;
}

std::string seconds(double value) {
  std::string text;
  report::csv::append_seconds(text, units::Seconds{value});
  return text;
}

std::string number(double value) {
  std::string text;
  report::csv::append_number(text, value);
  return text;
}

}  // namespace

TEST_CASE("jobs.csv has one row per job, exact times and empty fields for what is not known", "[report][csv]") {
  const std::vector<std::string> lines = lines_of(jobs_csv(sample::results()));
  REQUIRE(lines.size() == 5);
  CHECK(
      lines[0] ==
      "job_id,stream,access_class,labels,origin,site,partition,accelerators,pods,submit_time_s,start_time_s,end_time_s,"
      "queue_time_s,runtime_s,walltime_s,outcome,refusal_reason,decision,why,brokered_time_s,expected_start_time_s,"
      "score,next_site,"
      "next_partition,next_score,moves");
  // 1/1024 s is 0.0009765625 s
  CHECK(lines[1] ==
        "research-1,research,aif_fast_lane,sector=health;user_type=sme,GR,athens,gpu,8,1,0,60.0009765625,"
        "1860.0009765625,60.0009765625,1800,3600,completed,,,,,,,,,,");
  // No broker decided anything: its nine fields are empty. The only log keeps its own job numbers; a log's job has no
  // origin. The partition's name holds a comma.
  CHECK(lines[2] == "17,kth,,,,Jülich,\"old, spare\",8,2,100000.5,100000.5,103600.5,0,3600,3600,killed,,,,,,,,,,");
  CHECK(lines[3] ==
        "research-2,research,aif_fast_lane,sector=health;user_type=sme,DE,Jülich,booster,8,,100001,,,,,3600,queued,,,,,"
        ",,,,,");
  CHECK(lines[4] ==
        "research-3,research,aif_fast_lane,sector=health;user_type=sme,,,,8,,100002,,,,,3600,refused,larger than any "
        "partition,,,,,,,,,");
}

TEST_CASE("the jobs of two logs carry the log's name, so that their numbers do not clash", "[report][csv]") {
  auto results = sample::results();
  results.scenario.workload.streams[0].trace = scenario::Trace{};
  const std::vector<std::string> lines = lines_of(jobs_csv(results));
  CHECK(lines[1].starts_with("research-1,"));
  CHECK(lines[2].starts_with("kth-17,"));
}

TEST_CASE("names with commas and quotes are quoted, the job's number inside", "[report][csv]") {
  auto results = sample::results();
  results.scenario.workload.streams[0].name = "a \"b\", c";
  const std::vector<std::string> lines = lines_of(jobs_csv(results));
  CHECK(lines[1].starts_with(R"("a ""b"", c-1","a ""b"", c",aif_fast_lane,)"));
}

TEST_CASE("a finished job is completed, failed or cancelled as its label says", "[report][csv]") {
  auto results = sample::results();
  const auto outcome = [&] {
    std::string row = lines_of(jobs_csv(results))[1];
    for (int column = 0; column < 10; ++column) row.resize(row.rfind(','));  // refusal and decision
    return row.substr(row.rfind(',') + 1);
  };
  results.jobs[0].ending = workload::Ending::kFailed;
  CHECK(outcome() == "failed");
  results.jobs[0].ending = workload::Ending::kCancelled;
  CHECK(outcome() == "cancelled");
  results.jobs[0].outcome = metrics::Outcome::kRunning;
  results.jobs[0].end.reset();
  CHECK(outcome() == "running");
}

TEST_CASE("grid times are written exactly, however large", "[report][csv]") {
  CHECK(seconds(0.0) == "0");
  CHECK(seconds(0.5) == "0.5");
  CHECK(seconds(100000.0) == "100000");  // never 1e+05
  CHECK(seconds(1023.0 / 1024.0) == "0.9990234375");
  CHECK(seconds(1e9 + 1.0 / 1024.0) == "1000000000.0009765625");  // the shortest double would say .0009766
  CHECK(seconds(-1.25) == "-1.25");
  CHECK(seconds(0.1) == "0.1");  // not on the grid
}

TEST_CASE("numbers are the shortest that read back, whole ones without exponent", "[report][csv]") {
  CHECK(number(0.1) == "0.1");
  CHECK(number(2.0 / 3.0) == "0.6666666666666666");
  CHECK(number(1e6) == "1000000");
  CHECK(number(1.0 / 0.0).empty());
}
