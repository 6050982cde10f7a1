#include <catch2/catch.hpp>

#include "converting.hpp"
#include "import_log.hpp"

using namespace gigasim;
using Counts = std::map<std::string, std::int64_t>;
using units::Seconds;

namespace {

const std::string kJobsMark = "# gigasim-jobs v1 origin=2024-03-01T08:00:00Z source=x sha256=0\n";
const std::string kJobsHeading = "id,submit_s,accelerators,runtime_s,walltime_s,user,outcome,fail_after_s,after\n";

workload::ImportedLog read_table(const std::string& text, const workload::ImportRules& rules = logs::rules(),
                                 const std::string& format = "jobs", bool strict = false) {
  const logs::Folder folder;
  return workload::import_log({folder.write("jobs.csv", text), format, 1.0, strict}, rules);
}

std::string table_complaints(const std::string& text) {
  try {
    (void)read_table(text, logs::rules(), "jobs", true);
  } catch (const scenario::ScenarioError& error) {
    std::string all;
    for (const auto& message : error.messages()) all += (all.empty() ? "" : "\n") + converting::without_folder(message);
    return all;
  }
  return "no error";
}

}  // namespace

TEST_CASE("a table of jobs is read by its heading, with empty cells for what is not known", "[workload][jobs]") {
  const auto log =
      read_table(kJobsMark + "# a comment\nruntime_s,id,accelerators,submit_s,user\n60,5,8,10,ann\n\n1.5,6,2,11,\n");
  REQUIRE(log.jobs.size() == 2);
  CHECK(log.jobs[0].number == 5);
  CHECK(log.jobs[0].accelerators == 8);
  CHECK(log.jobs[0].submit == Seconds{10});
  CHECK(log.jobs[0].runtime == Seconds{60});
  CHECK(log.jobs[0].walltime == Seconds{60});
  CHECK(log.jobs[0].user == 0);
  CHECK(log.jobs[1].user == -1);
  CHECK(log.jobs[1].runtime == Seconds{1.5});
  CHECK(log.report.format == "jobs");
  CHECK(log.report.unix_start_time == 1709280000);
  CHECK(log.report.lines == 2);
  CHECK(log.report.repaired == Counts{{"no requested time, run time taken", 2}});
}

TEST_CASE("a failure ends a run early, and outcomes are labels", "[workload][jobs]") {
  const auto log = read_table(kJobsMark + kJobsHeading +
                              "1,0,1,100,200,,failed,40,\n2,0,1,,200,,failed,40,\n3,0,1,100,200,,cancelled,,\n");
  REQUIRE(log.jobs.size() == 3);
  CHECK(log.jobs[0].runtime == Seconds{40});
  CHECK(log.jobs[1].runtime == Seconds{40});
  CHECK(log.jobs[2].runtime == Seconds{100});
  CHECK(log.jobs[0].ending == workload::Ending::kFailed);
  CHECK(log.jobs[2].ending == workload::Ending::kCancelled);
}

TEST_CASE("jobs of a table that cannot run are dropped, and so is what comes after them", "[workload][jobs]") {
  auto rules = logs::rules();  // 100 accelerators
  rules.period = Seconds{1000};
  const auto log =
      read_table(kJobsMark + kJobsHeading + "1,0,101,10,10,,,,\n2,0,1,10,10,,,,1\n3,0,1,10,10,,,,2\n4,0,,10,10,,,,\n" +
                     "5,0,1,,10,,,,\n6,,1,10,10,,,,\n7,1000,1,10,10,,,,\n8,0,1,10,10,,,,\n9,0,1,-1,10,,,,\n",
                 rules);
  CHECK(log.jobs.size() == 1);
  CHECK(log.report.dropped == Counts{{"larger than the largest partition", 1},
                                     {"after a job that was dropped", 2},
                                     {"no size", 1},
                                     {"no run time", 1},
                                     {"no submit time", 1},
                                     {"submitted after the period", 1},
                                     {"run time below 0", 1}});
  CHECK(log.report.lines == 9);
}

TEST_CASE("chains of a table name the job before by its number", "[workload][jobs][chain]") {
  const auto log = read_table(kJobsMark + kJobsHeading + "tune,5,1,10,10,,,,train\ntrain,0,1,10,10,,,,\n");
  REQUIRE(log.jobs.size() == 2);  // in order of submit time; numbered as they stand
  CHECK(log.jobs[0].number == 2);
  CHECK(log.jobs[0].leads);
  CHECK(log.jobs[0].after_stream == -1);
  CHECK(log.jobs[1].number == 1);
  CHECK_FALSE(log.jobs[1].leads);
  CHECK(log.jobs[1].after_stream == 0);
  CHECK(log.jobs[1].after == 2);
  CHECK(log.report.repaired.at("id that is no whole number, numbered in order") == 2);
}

TEST_CASE("the format of a log can be told by its first line", "[workload][jobs]") {
  CHECK(read_table(kJobsMark + kJobsHeading + "1,0,1,10,10,,,,\n", logs::rules(), "auto").report.format == "jobs");
  CHECK(read_table("1 0 -1 9 4 -1 -1 4 9 -1 1\n", logs::rules(), "auto").report.format == "swf");
}

TEST_CASE("what is wrong with a table of jobs is said with its place", "[workload][jobs][errors]") {
  const std::string good = "1,0,1,10,10,,,,\n";
  CHECK(table_complaints("id,submit_s\n") ==
        "jobs.csv:1:1: the first line must begin with \"# gigasim-jobs v1\", got \"id,submit_s\"");
  CHECK(table_complaints("# gigasim-jobs v2 origin=\n") ==
        "jobs.csv:1:1: the first line must begin with \"# gigasim-jobs v1\", got \"# gigasim-jobs v2 origin\"...");
  CHECK(table_complaints("# gigasim-jobs v1 origin=yesterday source=x\n") ==
        "jobs.csv:1:26: origin: must be a date such as 2024-01-01T00:00:00Z, got \"yesterday\"");
  CHECK(table_complaints(kJobsMark) == "jobs.csv:1:1: the file is empty: no heading");
  CHECK(table_complaints(kJobsMark + "id,submit_s,accelerators\n") ==
        "jobs.csv:2:1: no column runtime_s (docs/import.md lists the columns)");
  CHECK(table_complaints(kJobsMark + "id,submit_s,accelerators,runtime_s,waltime_s\n") ==
        "jobs.csv:2:1: unknown column \"waltime_s\", did you mean \"walltime_s\"?");
  CHECK(table_complaints(kJobsMark + kJobsHeading +
                         "1,x,1,10,10,,,,\n2,0,1,10,10,,lost,,\n3,0,1,1e13,10,,,,\n,0,1,1,1,,,,\n") ==
        "jobs.csv:3:3: submit_s: not a number: \"x\"\n"
        "jobs.csv:4:14: outcome: must be completed, failed or cancelled: \"lost\"\n"
        "jobs.csv:5:7: runtime_s: out of range: \"1e13\"\n"
        "jobs.csv:6:1: id: a job needs an id: \"\"");
  CHECK(table_complaints(kJobsMark + kJobsHeading + "1,0,1\n") == "jobs.csv:3:1: 3 cells where the heading has 9");
  CHECK(table_complaints(kJobsMark + kJobsHeading + "\"1,0,1\n") == "jobs.csv:3:1: a quote is not closed");
  CHECK(table_complaints(kJobsMark + kJobsHeading + "\"1\"0,1\n") == "jobs.csv:3:4: text behind a closing quote");
  CHECK(table_complaints(kJobsMark + kJobsHeading + "1\"0,1\n") ==
        "jobs.csv:3:2: a quote inside a cell that does not begin with one");
  CHECK(table_complaints(kJobsMark + kJobsHeading + std::string{"1,\0,1\n", 6}) ==
        "jobs.csv:3:3: byte 0x00: binary data, not a log");
  CHECK(table_complaints(kJobsMark + kJobsHeading + good + "2,0,1,10,10,,,,3\n") ==
        "jobs.csv:4:16: after: no job has the id \"3\"");
  CHECK(table_complaints(kJobsMark + kJobsHeading + good + good + "2,0,1,10,10,,,,1\n") ==
        "jobs.csv:5:16: after: more than one job has the id \"1\"");
  CHECK(table_complaints(kJobsMark + kJobsHeading + "1,0,1,10,10,,,,2\n2,0,1,10,10,,,,1\n") ==
        "jobs.csv:3:16: after: job \"1\" comes after itself, in a cycle");
  CHECK(table_complaints(kJobsMark + kJobsHeading + "1,0,1,10,10,,,,1\n") ==
        "jobs.csv:3:16: after: job \"1\" comes after itself, in a cycle");
}

TEST_CASE("what is converted reads back as the jobs that it was", "[workload][jobs][import]") {
  // Times off the grid of 1/1024 s are rounded up once, when they are written.
  const auto table = converting::convert(
      "swf", "7 0.1 -1 60.3 4 -1 -1 8 120.7 -1 1 3 2 -1 5 -1 -1 -1\n8 5 -1 0 4 -1 -1 8 120 -1 0 4 2 -1 5 -1 -1 -1\n");
  const auto direct = logs::import_text(
      "7 0.1 -1 60.3 4 -1 -1 8 120.7 -1 1 3 2 -1 5 -1 -1 -1\n8 5 -1 0 4 -1 -1 8 120 -1 0 4 2 -1 5 -1 -1 -1\n");
  const auto back = read_table(table.csv);
  REQUIRE(back.jobs.size() == direct.jobs.size());
  for (std::size_t i = 0; i < back.jobs.size(); ++i) {
    CHECK(back.jobs[i].number == direct.jobs[i].number);
    CHECK(back.jobs[i].submit == direct.jobs[i].submit);
    CHECK(back.jobs[i].runtime == direct.jobs[i].runtime);
    CHECK(back.jobs[i].walltime == direct.jobs[i].walltime);
    CHECK(back.jobs[i].accelerators == direct.jobs[i].accelerators);
    CHECK(back.jobs[i].ending == direct.jobs[i].ending);
  }
}

TEST_CASE("users and projects of a table are numbered as they first appear", "[workload][import]") {
  const auto log = read_table(kJobsMark +
                              "id,submit_s,accelerators,runtime_s,user,project\n"
                              "1,0,1,1,ann,p7\n2,0,1,1,bob,p7\n3,0,1,1,ann,\n4,0,1,1,,p2\n");
  REQUIRE(log.jobs.size() == 4);
  CHECK(log.jobs[0].user == 0);
  CHECK(log.jobs[1].user == 1);
  CHECK(log.jobs[2].user == 0);
  CHECK(log.jobs[3].user == -1);
  CHECK(log.jobs[0].account == 0);
  CHECK(log.jobs[1].account == 0);
  CHECK(log.jobs[2].account == -1);
  CHECK(log.jobs[3].account == 1);
}
