#include <catch2/catch.hpp>

#include "gigasim/units/digest.hpp"
#include "gigasim/units/grid.hpp"
#include "logs.hpp"

using namespace gigasim;
using Counts = std::map<std::string, std::int64_t>;
using units::Seconds;

namespace {

// Fields: job, submit, wait, run, allocated, cpu, memory, requested procs, requested time, memory, status, then seven
// more.
constexpr auto kPlain = "1 10 -1 60 4 -1 -1 8 120 -1 1 -1 -1 -1 -1 -1 -1 -1\n";

}  // namespace

TEST_CASE("a job line becomes a job with the fields of the format", "[workload][swf]") {
  const auto log = logs::import_text("; MaxProcs: 128 (64 nodes)\n;UnixStartTime: 843480031\n\n" + std::string{kPlain});
  REQUIRE(log.jobs.size() == 1);
  const workload::Job& job = log.jobs[0];
  CHECK(job.number == 1);
  CHECK(job.submit == Seconds{10});
  CHECK(job.runtime == Seconds{60});
  CHECK(job.accelerators == 8);
  CHECK(job.walltime == Seconds{120});
  CHECK(job.ending == workload::Ending::kCompleted);
  CHECK(job.origin == -1);
  CHECK(log.report.format == "swf");
  CHECK(log.report.lines == 1);
  CHECK(log.report.kept == 1);
  CHECK(log.report.dropped.empty());
  CHECK(log.report.repaired.empty());
  CHECK(log.report.warnings.empty());
  CHECK(log.report.max_procs == 128);
  CHECK(log.report.unix_start_time == 843480031);
}

TEST_CASE("an import report carries the digest of the file's bytes", "[workload][swf]") {
  CHECK(logs::import_text(kPlain).report.digest == units::sha256_hex(kPlain));
}

TEST_CASE("the size of a job is the requested one if positive, else the allocated one", "[workload][swf]") {
  const auto log = logs::import_text(
      "1 0 -1 60 4 -1 -1 8 120 -1 1\n"
      "2 0 -1 60 4 -1 -1 -1 120 -1 1\n"
      "3 0 -1 60 4 -1 -1 0 120 -1 1\n"
      "4 0 -1 60 -1 -1 -1 2 120 -1 1\n"
      "5 0 -1 60 -1 -1 -1 -1 120 -1 1\n"
      "6 0 -1 60 0 -1 -1 0 120 -1 1\n");
  REQUIRE(log.jobs.size() == 4);
  CHECK(log.jobs[0].accelerators == 8);
  CHECK(log.jobs[1].accelerators == 4);
  CHECK(log.jobs[2].accelerators == 4);
  CHECK(log.jobs[3].accelerators == 2);
  CHECK(log.report.dropped == Counts{{"no size", 2}});
}

TEST_CASE("a run time below 0 drops a job, and a job without a submit time is dropped too", "[workload][swf]") {
  const auto log =
      logs::import_text(std::string{kPlain} + "2 20 -1 -1 4 -1 -1 4 9 -1 -1\n3 -1 -1 7 4 -1 -1 4 9 -1 1\n");
  CHECK(log.jobs.size() == 1);
  CHECK(log.report.dropped == Counts{{"no submit time", 1}, {"run time below 0", 1}});
}

TEST_CASE("run time 0 means cancelled in the queue with status 5 and is kept with any other", "[workload][swf]") {
  const auto log = logs::import_text(
      "1 0 -1 0 4 -1 -1 4 120 -1 5\n"
      "2 0 -1 0 4 -1 -1 4 120 -1 0\n"
      "3 0 -1 0 4 -1 -1 4 120 -1 1\n"
      "4 0 -1 9 4 -1 -1 4 120 -1 5\n");
  REQUIRE(log.jobs.size() == 3);
  CHECK(log.jobs[0].number == 2);
  CHECK(log.jobs[0].runtime == Seconds{0});
  CHECK(log.jobs[0].ending == workload::Ending::kFailed);
  CHECK(log.jobs[1].ending == workload::Ending::kCompleted);
  CHECK(log.jobs[2].ending == workload::Ending::kCancelled);
  CHECK(log.report.dropped == Counts{{"cancelled in the queue", 1}});
}

TEST_CASE("a job larger than the largest partition is dropped, one of its size is not", "[workload][swf]") {
  const auto log = logs::import_text("1 0 -1 9 100 -1 -1 100 9 -1 1\n2 0 -1 9 101 -1 -1 101 9 -1 1\n");
  REQUIRE(log.jobs.size() == 1);
  CHECK(log.jobs[0].number == 1);
  CHECK(log.report.dropped == Counts{{"larger than the largest partition", 1}});
}

TEST_CASE("the largest partition of all sites is the machine of a log", "[workload][swf]") {
  scenario::Scenario scenario;
  scenario.sites.resize(2);
  scenario.sites[0].partitions.resize(2);
  scenario.sites[0].partitions[0].count = 64;
  scenario.sites[0].partitions[1].count = 512;
  scenario.sites[1].partitions.resize(1);
  scenario.sites[1].partitions[0].count = 128;
  CHECK(workload::import_rules(scenario, 0).largest_partition == 512);
}

TEST_CASE("processors turn into accelerators by the factor, rounded up", "[workload][swf]") {
  // 6 x 0.25 = 1.5 -> 2; 8 x 0.25 = 2; 1 x 0.25 -> 1
  const auto log = logs::import_text(
      "1 0 -1 9 6 -1 -1 6 9 -1 1\n2 0 -1 9 8 -1 -1 8 9 -1 1\n3 0 -1 9 1 -1 -1 1 9 -1 1\n", logs::rules(), 0.25);
  REQUIRE(log.jobs.size() == 3);
  CHECK(log.jobs[0].accelerators == 2);
  CHECK(log.jobs[1].accelerators == 2);
  CHECK(log.jobs[2].accelerators == 1);
}

TEST_CASE("parts of a job are dropped beside its summary line and kept without one", "[workload][swf]") {
  const auto log = logs::import_text(
      "1 0 -1 30 4 -1 -1 4 99 -1 2\n"
      "1 0 -1 30 4 -1 -1 4 99 -1 3\n"
      "1 0 -1 60 4 -1 -1 4 99 -1 1\n"
      "2 5 -1 10 4 -1 -1 4 99 -1 2\n"
      "2 5 -1 20 4 -1 -1 4 99 -1 4\n");
  REQUIRE(log.jobs.size() == 3);
  CHECK(log.jobs[0].runtime == Seconds{60});
  CHECK(log.jobs[1].runtime == Seconds{10});
  CHECK(log.jobs[2].runtime == Seconds{20});
  CHECK(log.jobs[2].ending == workload::Ending::kFailed);
  CHECK(log.report.dropped == Counts{{"part of a job that has a line of its own", 2}});
}

TEST_CASE("decimals are read, and times are rounded up to the grid", "[workload][swf]") {
  const auto log = logs::import_text("1 0.5 -1 1.0001 4 12.75 -1 4 2.25 -1 1\n");
  REQUIRE(log.jobs.size() == 1);
  CHECK(log.jobs[0].submit == Seconds{0.5});
  CHECK(log.jobs[0].runtime == Seconds{1025.0 / 1024.0});  // 1.0001 x 1024 = 1024.1 -> 1025 ticks
  CHECK(log.jobs[0].walltime == Seconds{2.25});
}

TEST_CASE("lines of 11 to 17 fields are padded, shorter ones dropped, longer ones a warning", "[workload][swf]") {
  const logs::Folder folder;
  const std::string path = folder.write("log.swf",
                                        "1 0 -1 9 4 -1 -1 4 9 -1\n"
                                        "2 0 -1 9 4 -1 -1 4 9 -1 1\n"
                                        "3 0 -1 9 4 -1 -1 4 9 -1 1 1 1 1 1 1 -1\n"
                                        "4 0 -1 9 4 -1 -1 4 9 -1 1 1 1 1 1 1 -1 -1\n"
                                        "5 0 -1 9 4 -1 -1 4 9 -1 1 1 1 1 1 1 -1 -1 more\n"
                                        "6 0 -1 9 4 -1 -1 4 9 -1 1 1 1 1 1 1 -1 -1 1 2\n");
  const auto log = workload::import_swf({path, "swf", 1.0}, logs::rules());
  CHECK(log.report.lines == 6);
  CHECK(log.report.kept == 5);
  CHECK(log.report.dropped == Counts{{"fewer than 11 fields", 1}});
  CHECK(log.report.repaired == Counts{{"fewer than 18 fields, padded with -1", 2}});
  CHECK(log.report.warnings == std::vector<std::string>{path + ":5: 19 fields, the first 18 are read (and 1 more)"});
}

TEST_CASE("a missing requested time becomes the run time", "[workload][swf]") {
  const auto log =
      logs::import_text("1 0 -1 9 4 -1 -1 4 -1 -1 1\n2 0 -1 7 4 -1 -1 4 0 -1 1\n3 0 -1 0 4 -1 -1 4 -1 -1 1\n");
  REQUIRE(log.jobs.size() == 3);
  CHECK(log.jobs[0].walltime == Seconds{9});
  CHECK(log.jobs[1].walltime == Seconds{7});
  CHECK(log.jobs[2].walltime == Seconds{0});
  CHECK(log.report.repaired.at("no requested time, run time taken") == 3);
}

TEST_CASE("a requested time below the run time stays under kill and is raised under extend", "[workload][swf]") {
  constexpr auto kOverrun = "1 0 -1 90 4 -1 -1 4 60 -1 1 1 1 1 1 1 -1 -1\n";
  const auto kill = logs::import_text(kOverrun);
  CHECK(kill.jobs.at(0).runtime == Seconds{90});
  CHECK(kill.jobs.at(0).walltime == Seconds{60});
  CHECK(kill.report.repaired.empty());
  auto rules = logs::rules();
  rules.extend_walltime = true;
  const auto extend = logs::import_text(kOverrun, rules);
  CHECK(extend.jobs.at(0).runtime == Seconds{90});
  CHECK(extend.jobs.at(0).walltime == Seconds{90});
  CHECK(extend.report.repaired == Counts{{"requested time below the run time, raised to it", 1}});
}

TEST_CASE("unsorted lines are sorted by submit time, equal times in the order of the file", "[workload][swf]") {
  const auto log = logs::import_text(
      "1 50 -1 9 4 -1 -1 4 9 -1 1 1 1 1 1 1 -1 -1\n"
      "2 10 -1 9 4 -1 -1 4 9 -1 1 1 1 1 1 1 -1 -1\n"
      "3 50 -1 9 4 -1 -1 4 9 -1 1 1 1 1 1 1 -1 -1\n"
      "4 10 -1 9 4 -1 -1 4 9 -1 1 1 1 1 1 1 -1 -1\n");
  std::vector<std::int64_t> order;
  for (const auto& job : log.jobs) order.push_back(job.number);
  CHECK(order == std::vector<std::int64_t>{2, 4, 1, 3});
  CHECK(log.report.repaired == Counts{{"not in order of submit time, sorted", 2}});
}

TEST_CASE("dates as submit times become relative to the earliest", "[workload][swf]") {
  const auto log = logs::import_text("1 1700000060 -1 9 4 -1 -1 4 9 -1 1\n2 1700000000 -1 9 4 -1 -1 4 9 -1 1\n");
  REQUIRE(log.jobs.size() == 2);
  CHECK(log.jobs[0].number == 2);
  CHECK(log.jobs[0].submit == Seconds{0});
  CHECK(log.jobs[1].submit == Seconds{60});
  CHECK(log.report.unix_start_time == 1700000000);
  CHECK(log.report.repaired.at("date as submit time, made relative") == 2);
  REQUIRE(log.report.warnings.size() == 1);
  // 1,700,000,000 s = 19675 d + 80000 s: 2023-11-14, 22:13:20
  CHECK_THAT(log.report.warnings[0], Catch::Matchers::EndsWith("2023-11-14T22:13:20Z was subtracted from each"));
}

TEST_CASE("a log that does not begin at 0 keeps its times", "[workload][swf]") {
  CHECK(logs::import_text("1 599850 -1 9 4 -1 -1 4 9 -1 1\n").jobs.at(0).submit == Seconds{599850});
}

TEST_CASE("jobs submitted at the end of the period or later are not delivered", "[workload][swf]") {
  auto rules = logs::rules();
  rules.period = Seconds{100};
  const auto log = logs::import_text(
      "1 99 -1 9 4 -1 -1 4 9 -1 1\n2 100 -1 9 4 -1 -1 4 9 -1 1\n3 101 -1 9 4 -1 -1 4 9 -1 1\n", rules);
  REQUIRE(log.jobs.size() == 1);
  CHECK(log.jobs[0].number == 1);
  CHECK(log.report.kept == 1);
  CHECK(log.report.dropped == Counts{{"submitted after the period", 2}});
}

TEST_CASE("lines kept and dropped add up to the lines read", "[workload][swf]") {
  const auto log = logs::import_text(
      "; comment\n\n1 0 -1 9\n2 0 -1 -1 4 -1 -1 4 9 -1 1\n3 0 -1 9 4 -1 -1 4 9 -1 1\n \t\n; Note: 4 0 -1 9\n4 0 -1 9 "
      "-1 -1 "
      "-1 -1 9 -1 1\n");
  std::int64_t dropped = 0;
  for (const auto& [reason, count] : log.report.dropped) dropped += count;
  CHECK(log.report.lines == 4);
  CHECK(log.report.kept + dropped == log.report.lines);
}

TEST_CASE("line ends of any system, tabs, a byte order mark and a missing last line end are read", "[workload][swf]") {
  const auto log =
      logs::import_text("\xef\xbb\xbf; MaxProcs: 7\r\n1\t0 -1 9 4 -1 -1 4 9 -1 1\r\n  2 1 -1 9 4 -1 -1 4 9 -1 +1");
  CHECK(log.jobs.size() == 2);
  CHECK(log.report.max_procs == 7);
}

TEST_CASE("the waits that a log states are summed up, over the jobs that are kept", "[workload][swf]") {
  // Waits 0, 30 and 90 s with runs of 100, 5 and 10 s: 40 s in the mean; slowdowns 1, 35 / 10 and 100 / 10: 14.5 / 3.
  // Of three the 95th percentile is the third. The fourth wait is not known, the fifth job has no size.
  const std::string text =
      "1 0 0 100 4 -1 -1 4 100 -1 1 1 1 1 1 1 -1 -1\n"
      "2 5 30 5 4 -1 -1 4 100 -1 1 1 1 1 1 1 -1 -1\n"
      "3 6 90 10 4 -1 -1 4 100 -1 1 1 1 1 1 1 -1 -1\n"
      "4 7 -1 10 4 -1 -1 4 100 -1 1 1 1 1 1 1 -1 -1\n"
      "5 8 999 10 -1 -1 -1 -1 100 -1 1 1 1 1 1 1 -1 -1\n";
  const auto waits = logs::import_text(text).report.as_logged;
  REQUIRE(waits);
  CHECK(waits->jobs == 3);
  CHECK(waits->mean_wait_s == 40.0);
  CHECK(waits->p95_wait_s == 90.0);
  CHECK(waits->max_wait_s == 90.0);
  CHECK(waits->mean_bounded_slowdown == Approx(14.5 / 3.0));
  CHECK_FALSE(logs::import_text("4 7 -1 10 4 -1 -1 4 100 -1 1 1 1 1 1 1 -1 -1\n").report.as_logged);
}
