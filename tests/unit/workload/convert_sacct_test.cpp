#include <catch2/catch.hpp>

#include "converting.hpp"

using converting::convert;
using converting::errors_in;
using converting::rows_of;
using Counts = std::map<std::string, std::int64_t>;

namespace {

const std::string kSacctHeading =
    "JobIDRaw|JobID|User|Account|Partition|QOS|Submit|Eligible|Start|End|ElapsedRaw|TimelimitRaw|ReqTRES|AllocTRES|"
    "NNodes|"
    "NCPUS|State\n";

/// A line of the recommended export.
std::string sacct_line(const std::string& id, const std::string& state, const std::string& tres,
                       const std::string& times =
                           "2024-03-01T08:00:00|2024-03-01T08:00:00|2024-03-01T08:10:00|"
                           "2024-03-01T09:10:00|3600|120") {
  return id + "|" + id + "|ann|p01|gpu|normal|" + times + "|" + tres + "|" + tres + "|2|64|" + state + "\n";
}

}  // namespace

TEST_CASE("a line of sacct becomes a job, with its limit in minutes and its run time in seconds",
          "[workload][import]") {
  const auto table = convert("sacct", kSacctHeading + sacct_line("7", "COMPLETED", "cpu=64,gres/gpu=8,node=2"));
  // 08:00:00 on 1 March 2024 begins the table; 3600 s of run time, 120 min = 7200 s of limit.
  CHECK(table.csv.substr(0, 78) ==
        "# gigasim-jobs v1 origin=2024-03-01T08:00:00Z source=sacct:log sha256=" + table.report.digest.substr(0, 8));
  CHECK(rows_of(table) == "7,0,8,2,3600,7200,normal,ann,p01,,completed,,,,600\n");
  CHECK(table.report.lines == 1);
  CHECK(table.report.kept == 1);
  CHECK(table.report.dropped.empty());
  CHECK(table.report.warnings == std::vector<std::string>{"log: 3 times without a zone, taken as UTC"});
}

TEST_CASE("typed GPUs repeat the untyped sum and are counted only where that is missing", "[workload][import]") {
  const auto table = convert("sacct", kSacctHeading + sacct_line("1", "COMPLETED", "gres/gpu:h100=4,gres/gpu=4") +
                                          sacct_line("2", "COMPLETED", "gres/gpu:a100=2,gres/gpu:h100=4") +
                                          sacct_line("3", "COMPLETED", "cpu=4,gres/gpumem=80G,gres/gpu=1"));
  CHECK(rows_of(table) ==
        "1,0,4,2,3600,7200,normal,ann,p01,,completed,,,,600\n"
        "2,0,6,2,3600,7200,normal,ann,p01,,completed,,,,600\n"
        "3,0,1,2,3600,7200,normal,ann,p01,,completed,,,,600\n");
}

TEST_CASE("steps, pending and running jobs and those cancelled in the queue are dropped, arrays and hetjobs stay",
          "[workload][import]") {
  const std::string gpus = "gres/gpu=4";
  const std::string never = "2024-03-01T08:00:00|Unknown|None|2024-03-01T08:05:00|0|Partition_Limit";
  const auto table =
      convert("sacct", kSacctHeading + sacct_line("1", "COMPLETED", gpus) + sacct_line("1.batch", "COMPLETED", gpus) +
                           sacct_line("1.0", "COMPLETED", gpus) + sacct_line("2_4", "FAILED", gpus) +
                           sacct_line("3+0", "CANCELLED by 1000", gpus) +
                           sacct_line("4", "CANCELLED by 1000", gpus, never) + sacct_line("5", "PENDING", gpus, never) +
                           sacct_line("6", "RUNNING", gpus,
                                      "2024-03-01T08:00:00|2024-03-01T08:00:00|2024-03-01T08:10:00|Unknown|60|60") +
                           sacct_line("7", "TIMEOUT", "cpu=3"));
  CHECK(table.report.dropped == Counts{{"job step", 2},
                                       {"cancelled in the queue", 1},
                                       {"still pending", 1},
                                       {"still running", 1},
                                       {"no accelerators", 1}});
  CHECK(rows_of(table) ==
        "1,0,4,2,3600,7200,normal,ann,p01,,completed,,,,600\n"
        "2_4,0,4,2,3600,7200,normal,ann,p01,,failed,3600,,,600\n"
        "3+0,0,4,2,3600,7200,normal,ann,p01,,cancelled,,,,600\n");
  CHECK(table.report.lines == 9);
  CHECK(table.report.kept == 3);
}

TEST_CASE("a held or dependent job is submitted when it becomes eligible", "[workload][import]") {
  const auto table = convert(
      "sacct", kSacctHeading + sacct_line("1", "COMPLETED", "gres/gpu=1") +
                   sacct_line("2", "COMPLETED", "gres/gpu=1",
                              "2024-03-01T08:00:00|2024-03-01T08:01:40|2024-03-01T08:10:00|2024-03-01T09:10:00|3600|"));
  CHECK(rows_of(table) ==
        "1,0,1,2,3600,7200,normal,ann,p01,,completed,,,,600\n"
        "2,100,1,2,3600,,normal,ann,p01,,completed,,,,600\n");
  CHECK(table.report.repaired == Counts{{"held or dependent: submitted when it became eligible", 1}});
}

TEST_CASE("each run of a requeued job is a job", "[workload][import]") {
  const std::string later = "2024-03-01T09:00:00|2024-03-01T09:00:00|2024-03-01T09:10:00|2024-03-01T10:10:00|3600|120";
  const auto table = convert("sacct", kSacctHeading + sacct_line("1", "NODE_FAIL", "gres/gpu=1") +
                                          sacct_line("1", "COMPLETED", "gres/gpu=1", later));
  CHECK(table.report.kept == 2);
  CHECK(table.report.repaired == Counts{{"a run of a job that was requeued, kept as a job", 1}});
}

TEST_CASE("the trailing delimiter of sacct -p, durations in words and UNLIMITED are read", "[workload][import]") {
  const auto table = convert("sacct",
                             "JobID|Submit|Elapsed|Timelimit|AllocTRES|State|\n"
                             "1|2024-03-01T08:00:00|1-02:03:04|2-00:00:00|gres/gpu=1|COMPLETED|\n"
                             "2|2024-03-01T08:00:00|00:10:00|UNLIMITED|gres/gpu=1|OUT_OF_MEMORY|\n"
                             "3|1709280000|05:00.500|Partition_Limit|gres/gpu=1|CANCELLED+|\n");
  // 1-02:03:04 = 86400 + 7200 + 180 + 4; 1709280000 is 2024-03-01 08:00 UTC.
  CHECK(rows_of(table) ==
        "1,0,1,,93784,172800,,,,,completed,,,,\n"
        "2,0,1,,600,,,,,,failed,600,,,\n"
        "3,0,1,,300.5,,,,,,cancelled,,,,\n");
}

TEST_CASE("jobs without GPUs count by node or by CPU when the user says so", "[workload][import]") {
  gigasim::workload::ImportOptions options;
  options.accelerators_per_node = 4;
  CHECK(rows_of(convert("sacct", kSacctHeading + sacct_line("1", "COMPLETED", "cpu=64"), options)) ==
        "1,0,8,2,3600,7200,normal,ann,p01,,completed,,,,600\n");
  options.accelerators_per_node.reset();
  options.accelerators_per_processor = 0.1;  // 6.4, rounded up
  CHECK(rows_of(convert("sacct", kSacctHeading + sacct_line("1", "COMPLETED", "cpu=64"), options)) ==
        "1,0,7,2,3600,7200,normal,ann,p01,,completed,,,,600\n");
}

TEST_CASE("what is wrong with an export of sacct is said with its place", "[workload][import][errors]") {
  CHECK(errors_in("sacct", "") == "log:1:1: the file is empty: no heading");
  CHECK(errors_in("sacct", "JobIDRaw,Submit,State,ElapsedRaw\n") ==
        "log:1:1: no column JobIDRaw or JobID: other text stands between the cells (--delimiter says which)");
  CHECK(errors_in("sacct", "JobName|Submit\n") ==
        "log:1:1: no column JobIDRaw or JobID (export with: sacct -a -X -P -o ..., see docs/import.md)");
  CHECK(
      errors_in("sacct", "163485|phillips|COMPLETED\n") ==
      "log:1:1: no column JobIDRaw or JobID: the first line is a job (--columns names the columns of a file without a "
      "heading)");
  const std::string heading = "JobIDRaw|Submit|ElapsedRaw|TimelimitRaw|AllocTRES|State\n";
  CHECK(errors_in("sacct", heading + "1|2024-02-30T08:00:00|60|1|gres/gpu=1|COMPLETED\n") ==
        "log:2:3: Submit: not a date and time: \"2024-02-30T08:00:00\"");
  CHECK(errors_in("sacct", heading + "1|2024-02-28T08:00:00|1:00|1|gres/gpu=1|COMPLETED\n") ==
        "log:2:23: ElapsedRaw: not a number: \"1:00\"");
  CHECK(errors_in("sacct", heading + "1|2024-02-28T08:00:00|60|1|gres/gpu=x|COMPLETED\n") ==
        "log:2:28: AllocTRES: a count of gres/gpu is not a whole number: \"gres/gpu=x\"");
  CHECK(errors_in("sacct", heading + "1|2024-02-28T08:00:00|60|1|gres/gpu=1|SLEEPING\n") ==
        "log:2:39: State: not a job state of Slurm: \"SLEEPING\"");
  CHECK(errors_in("sacct", heading + "1|2024-02-28T08:00:00|60|1|a|b|gres/gpu=1|COMPLETED\n") ==
        "log:2:1: 8 cells where the heading has 6: does a cell hold the delimiter?");
  CHECK(errors_in("sacct", heading + "1|2024-02-28T08:00:00|60|1|cpu=1|COMPLETED\n") ==
        "log: no usable job: dropped 1 no accelerators");
}
