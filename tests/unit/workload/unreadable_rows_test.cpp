#include <catch2/catch.hpp>

#include "converting.hpp"
#include "gigasim/units/utf8.hpp"
#include "gigasim/workload/request_trace.hpp"
#include "import_log.hpp"

using namespace gigasim;
using converting::convert;
using converting::errors_in;
using converting::rows_of;
using Counts = std::map<std::string, std::int64_t>;
using Lines = std::map<std::string, std::vector<std::int64_t>>;

namespace {

workload::ImportedLog read(const std::string& text, const std::string& format = "auto", bool strict = false) {
  const logs::Folder folder;
  return workload::import_log({folder.write("log", text), format, 1.0, strict}, logs::rules());
}

std::string complaints(const std::string& text, bool strict) {
  try {
    (void)read(text, "auto", strict);
  } catch (const scenario::ScenarioError& error) {
    std::string all;
    for (const auto& message : error.messages()) all += (all.empty() ? "" : "\n") + converting::without_folder(message);
    return all;
  }
  return "no error";
}

const std::string kGood = " 0 -1 9 4 -1 -1 4 9 -1 1\n";
const std::string kTable = "# gigasim-jobs v1 origin=\nid,submit_s,accelerators,runtime_s\n";
const std::string kSacct = "JobIDRaw|Submit|Start|End|ElapsedRaw|TimelimitRaw|AllocTRES|State";
const std::string kTimes = "2024-05-01T08:00:00|2024-05-01T08:10:00|2024-05-01T08:20:00|600|60|";

}  // namespace

TEST_CASE("a line of an SWF log that cannot be read is left out and counted with its place", "[workload][swf][rows]") {
  std::string text;
  for (int i = 1; i <= 7; ++i) text += "1h x\n" + std::to_string(i) + kGood;
  const auto log = read(text);  // lines 1, 3, ..., 13 are bad; the account names the first five
  CHECK(log.report.lines == 14);
  CHECK(log.report.kept == 7);
  CHECK(log.report.unreadable == 7);
  CHECK(log.report.dropped == Counts{{"field 1 (job number): not a number", 7}});
  CHECK(log.report.dropped_lines == Lines{{"field 1 (job number): not a number", {1, 3, 5, 7, 9}}});
  REQUIRE(log.report.warnings.size() == 1);
  CHECK(converting::without_folder(log.report.warnings[0]) ==
        "7 of 14 rows could not be read and were left out (50 %); the first: log:1:1: field 1 (job number): not a "
        "number: \"1h\"");
}

TEST_CASE("up to one row in a hundred that cannot be read is no warning", "[workload][swf][rows]") {
  std::string text = "x\n";
  for (int i = 1; i <= 99; ++i) text += std::to_string(i) + kGood;
  CHECK(read(text).report.warnings.empty());              // 1 of 100
  CHECK(read(text + "y\n").report.warnings.size() == 1);  // 2 of 101
}

TEST_CASE("a mistake is told once where a strict reader refuses and where nothing is left", "[workload][swf][rows]") {
  // The group is above 9e15, which is what a double holds exactly.
  const std::string text = "; MaxProcs: 10\n1 0 0 10 1 -1 -1 1 10 -1 1 1 100000000000000000000 1 1 1 -1 -1\n";
  const std::string message = "log:2:30: field 13 (group): out of range: \"100000000000000000000\"";
  CHECK(complaints(text, true) == message);
  CHECK(complaints(text, false) == message);
  CHECK(complaints(text + "1" + kGood, true) == message);
  CHECK(complaints(text + "1" + kGood, false) == "no error");
}

TEST_CASE("times that would make a replay of thousands of years are refused with their place", "[workload][rows]") {
  const std::string late = "2 99999999999 -1 10 8 -1 -1 8 20 -1 1 1 1 1 1 1 -1 -1\n";
  const auto log = read("1 0 -1 10 8 -1 -1 8 20 -1 1 1 1 1 1 1 -1 -1\n" + late);
  CHECK(log.report.kept == 1);
  CHECK(log.report.dropped_lines == Lines{{"submitted more than 100 years after the log begins", {2}}});
  CHECK(complaints(kTable + "1,0,8,1e11\n", false) == "log:3:7: runtime_s: out of range: \"1e11\"");
  CHECK(complaints(kTable + "1,4e9,8,1\n", false) == "log:3:3: submit_s: out of range: \"4e9\"");
  // 10 years of 31,557,600 s may run.
  CHECK(read(kTable + "1,0,8,315576000\n").report.kept == 1);
}

TEST_CASE("white space of any kind stands behind the keys of an SWF header", "[workload][swf][rows]") {
  const auto log = read(";\tUnixStartTime:\t893466664\n;MaxProcs:\t128 (plus 4)\n1" + kGood);
  CHECK(log.report.unix_start_time == 893466664);
  CHECK(log.report.max_procs == 128);
}

TEST_CASE("tables may begin with a mark of UTF-8 and end their lines with carriage returns", "[workload][jobs][rows]") {
  CHECK(read("\xef\xbb\xbf" + kTable + "1,0,4,100\n").report.format == "jobs");
  std::string old = kTable + "1,0,4,100\n2,5,4,100\n";
  std::replace(old.begin(), old.end(), '\n', '\r');
  CHECK(read(old).report.kept == 2);
  CHECK(read("# gigasim-jobs v1 origin=\nid\t,\tsubmit_s,accelerators ,runtime_s\n1,0,4,100\n").report.kept == 1);
  CHECK(complaints("\xff\xfe#\x01", false) == "log: UTF-16 text: convert it to UTF-8 first (iconv -f UTF-16 -t UTF-8)");
}

TEST_CASE("rows of a table with broken quotes or another number of cells are left out", "[workload][jobs][rows]") {
  const auto log = read(kTable + "1,0,4,100\n\"2,0,4,100\n3,0\n4,0,4\",100\n5,0,4,100,7\n" +
                        std::string("6,\0,4,1\n", 8) + "7,0,4,100\n8,0,x,100\n");
  CHECK(log.report.lines == 8);
  CHECK(log.report.kept == 2);
  // The quote of row 2 closes in row 4, which makes two cells: row 2 alone is left out, and row 3 is read anew.
  CHECK(log.report.dropped == Counts{{"fewer cells than the heading", 2},
                                     {"a quote inside a cell that does not begin with one", 1},
                                     {"more cells than the heading", 1},
                                     {"a byte 0x00", 1},
                                     {"accelerators: not a number", 1}});
  CHECK(log.report.dropped_lines.at("accelerators: not a number") == std::vector<std::int64_t>{10});
}

TEST_CASE("who comes after a row that cannot be read is dropped with it", "[workload][jobs][rows]") {
  const std::string heading = "# gigasim-jobs v1 origin=\nid,submit_s,accelerators,runtime_s,after\n";
  const auto log = read(heading + "1,x,4,100,\n2,0,4,100,1\n3,0,4,100,2\n4,0,4,100,9\n5,0,4,100,5\n6,0,4,100,\n");
  CHECK(log.report.kept == 1);
  CHECK(log.report.dropped == Counts{{"submit_s: not a number", 1},
                                     {"after a job that was dropped", 2},
                                     {"after: no job has that id", 1},
                                     {"after: a job that comes after itself", 1}});
}

TEST_CASE("a share of an accelerator takes a whole one, and what that adds is said", "[workload][jobs][rows]") {
  const auto log = read(kTable + "1,0,0.25,3600\n2,0,0.25,3600\n3,0,0.25,3600\n4,0,0.25,3600\n");
  // 4 x 0.25 x 1 h = 1 accelerator-h asked for, 4 x 1 x 1 h = 4 taken.
  CHECK(log.report.repaired.at("a part of an accelerator, rounded up to a whole one") == 4);
  REQUIRE(log.report.warnings.size() == 1);
  CHECK(converting::without_folder(log.report.warnings[0]) ==
        "log: 4 of 4 jobs ask for a part of an accelerator and take a whole one in its place: 4 accelerator-h instead "
        "of 1");
}

TEST_CASE("waits as logged come back from the neutral table", "[workload][jobs][rows]") {
  const auto table =
      convert("swf", "1 0 30 60 4 -1 -1 4 90 -1 1\n2 10 0 60 4 -1 -1 4 90 -1 1\n3 20 -1 60 4 -1 -1 4 90 -1 1\n");
  const auto log = read(table.csv);
  REQUIRE(table.report.as_logged);
  REQUIRE(log.report.as_logged);
  CHECK(log.report.as_logged->jobs == 2);  // the third wait is not known
  CHECK(log.report.as_logged->mean_wait_s == 15.0);
  CHECK(log.report.as_logged->mean_bounded_slowdown == table.report.as_logged->mean_bounded_slowdown);
}

TEST_CASE("a delimiter in the last column, which is free text, cuts no row", "[workload][import][rows]") {
  const auto table = convert("sacct", kSacct + "|JobName\n1|" + kTimes + "gres/gpu=2|COMPLETED|train\n2|" + kTimes +
                                          "gres/gpu=2|COMPLETED|mad|name\n");
  CHECK(table.report.kept == 2);
  const auto trailing = convert("sacct", kSacct + "|JobName|\n2|" + kTimes + "gres/gpu=2|COMPLETED|mad|name|\n");
  CHECK(trailing.report.kept == 1);
  const auto first = convert("sacct", "JobName|" + kSacct + "\na|b|1|" + kTimes + "gres/gpu=2|COMPLETED\nc|2|" +
                                          kTimes + "gres/gpu=2|COMPLETED\n");
  CHECK(first.report.kept == 1);
  CHECK(first.report.dropped_lines == Lines{{"more cells than the heading", {2}}});
}

TEST_CASE("a record that stands twice is one job, and a requeued run is another", "[workload][import][rows]") {
  const std::string later = "2024-05-01T08:00:00|2024-05-01T09:10:00|2024-05-01T09:20:00|600|60|";
  const std::string run = "1|" + kTimes + "gres/gpu=8|NODE_FAIL\n";
  const auto table = convert("sacct", kSacct + "\n" + run + run + "1|" + later + "gres/gpu=8|COMPLETED\n");
  CHECK(table.report.lines == 3);
  CHECK(table.report.kept == 2);
  CHECK(table.report.merged == 1);
  CHECK(table.report.repaired == Counts{{"a run of a job that was requeued, kept as a job", 1}});
}

TEST_CASE("MIG slices count by their name and other shares as stated", "[workload][import][rows]") {
  const std::string log = kSacct + "\n1|" + kTimes + "gres/gpu:1g.5gb=1,gres/gpu=1|COMPLETED\n2|" + kTimes +
                          "gres/gpu:a100_3g.20gb=2|COMPLETED\n3|" + kTimes + "gres/gpu:a30_2g.12gb=1|COMPLETED\n4|" +
                          kTimes + "gres/shard=2|COMPLETED\n5|" + kTimes + "gres/mps=50|COMPLETED\n6|" + kTimes +
                          "gres/gpu:1g.5gb=1,gres/gpu:a100=2,gres/gpu=3|COMPLETED\n";
  const auto accelerators = [](const workload::NeutralTable& table) {
    const logs::Folder folder;
    std::vector<std::string> sizes;
    std::string rows = rows_of(table);
    for (std::size_t at = 0; at < rows.size(); at = rows.find('\n', at) + 1) {
      const std::size_t second = rows.find(',', rows.find(',', at) + 1) + 1;
      sizes.push_back(rows.substr(second, rows.find(',', second) - second));
    }
    return sizes;
  };
  // 1/7, 2 x 3/7, 2/4 of an A30, and 2 + 1/7.
  CHECK(accelerators(convert("sacct", log)) ==
        std::vector<std::string>{"0.14285714285714285", "0.8571428571428571", "0.5", "2.142857142857143"});
  CHECK(convert("sacct", log).report.dropped ==
        Counts{{"a share of a GPU of unknown size (--gpu-share states it)", 2}});
  workload::ImportOptions options;
  options.gpu_shares = {{"shard", 0.25}, {"mps", 0.01}, {"1g.5gb", 0.125}};
  CHECK(accelerators(convert("sacct", log, options)) ==
        std::vector<std::string>{"0.125", "0.8571428571428571", "0.5", "0.5", "0.5", "2.125"});
}

TEST_CASE("generic resources of Slurm before 20.11 are read, those requested by node", "[workload][import][rows]") {
  const std::string heading = "JobIDRaw|Submit|Start|End|ElapsedRaw|ReqGRES|AllocGRES|NNodes|State\n";
  const std::string times = "2019-05-01T08:00:00|2019-05-01T08:10:00|2019-05-01T08:20:00|600|";
  CHECK(rows_of(convert("sacct", heading + "1|" + times + "gpu:2|gpu:4|2|COMPLETED\n2|" + times +
                                     "gpu:2||3|COMPLETED\n3|" + times + "|gpu:tesla:2,gpu:kepler:1|1|COMPLETED\n")) ==
        "1,0,4,2,600,,,,,,completed,,,,600\n"
        "2,0,6,3,600,,,,,,completed,,,,600\n"
        "3,0,3,1,600,,,,,,completed,,,,600\n");
}

TEST_CASE("tasks of an array in one record are jobs of their own", "[workload][import][rows]") {
  const auto table = convert("sacct", "JobID|" + kSacct + "\n701_[1-3,7%2]|701|" + kTimes +
                                          "gres/gpu=2|TIMEOUT\n702_[1-3,...|702|" + kTimes + "gres/gpu=2|COMPLETED\n");
  CHECK(table.report.lines == 2);
  CHECK(table.report.added == 3);
  CHECK(table.report.kept == 5);  // 2 + 3
  CHECK(rows_of(table).starts_with("701_1,0,2,,600,3600,"));
  CHECK(table.report.repaired == Counts{{"a task of an array that stands in one record with others", 4},
                                        {"a list of array tasks that cannot be read, kept as one job", 1}});
}

TEST_CASE("repairs count the jobs that are kept, and no job is submitted after its start", "[workload][import][rows]") {
  const auto table = convert(
      "sacct",
      "JobIDRaw|Submit|Eligible|Start|End|ElapsedRaw|AllocTRES|State\n"
      "1|2024-05-01T08:00:00|2024-05-01T12:00:00|2024-05-01T08:30:00|2024-05-01T09:00:00|1800|gres/gpu=4|COMPLETED\n"
      "2|2024-05-01T08:00:00|2024-05-01T08:20:00|Unknown|2024-05-01T08:40:00|0||CANCELLED by 5\n");
  CHECK(rows_of(table) == "1,0,4,,1800,,,,,,completed,,,,1800\n");
  CHECK(table.report.repaired == Counts{{"eligible only after its start: submitted when it was", 1}});
}

TEST_CASE("texts of a log are written as UTF-8 without control characters", "[workload][import][rows]") {
  const auto table = convert("sacct",
                             "JobIDRaw|User|Submit|ElapsedRaw|AllocTRES|State\n1|m\xfcller|2024-05-01T08:00:00|600|"
                             "gres/gpu=4|COMPLETED\n2|a\x1b[31mb\xe2\x80\xae|2024-05-01T08:00:00|600|gres/gpu=4|"
                             "COMPLETED\n");
  CHECK(units::is_utf8(table.csv));
  CHECK(rows_of(table) == "1,0,4,,600,,,m\xc3\xbcller,,,completed,,,,\n2,0,4,,600,,,a[31mb,,,completed,,,,\n");
  CHECK(table.report.repaired ==
        Counts{{"text that is not UTF-8, read as Latin-1", 1}, {"control characters in a text, left out", 1}});
}

TEST_CASE("exports of sacct without a heading and with another delimiter are read", "[workload][import][rows]") {
  workload::ImportOptions options;
  options.columns = "jobidraw,submit,start,end,elapsedraw,timelimitraw,alloctres,state";
  CHECK(rows_of(convert("sacct", "1|" + kTimes + "gres/gpu=4|COMPLETED\n", options)) ==
        "1,0,4,,600,3600,,,,,completed,,,,600\n");
  CHECK(convert("sacct", kSacct + "\n1|" + kTimes + "gres/gpu=4|COMPLETED\n", options).report.lines == 1);
  options.columns.clear();
  options.delimiter = "^|^";
  CHECK(rows_of(convert("sacct",
                        "JobIDRaw^|^Submit^|^ElapsedRaw^|^AllocTRES^|^State^|^JobName\n1^|^2024-05-01T08:00:00"
                        "^|^600^|^gres/gpu=4^|^COMPLETED^|^a|b\n",
                        options)) == "1,0,4,,600,,,,,,completed,,,,\n");
}

TEST_CASE("the JSON of sacct is read job by job, and a job that cannot be read is left out",
          "[workload][import][rows]") {
  const auto job = [](const std::string& id, const std::string& limit, const std::string& state) {
    return R"({"account":"a","array":{"job_id":0,"task_id":{"set":false}},"cluster":"c","job_id":)" + id +
           R"(,"qos":"normal","state":{"current":[")" + state + R"("]},"time":{"elapsed":600,"eligible":1714550400,)" +
           R"("end":1714551600,"start":1714551000,"submission":1714550400,"limit":)" + limit +
           R"(},"tres":{"allocated":[{"type":"cpu","name":"","count":8},{"type":"gres","name":"gpu","count":4}]},)" +
           R"("user":"u"})";
  };
  const std::string set = R"({"set":true,"infinite":false,"number":60})";
  const auto table = convert("sacct", "{\"meta\":{\"x\":[1,{\"jobs\":[2]}]},\"jobs\":[" + job("77", set, "COMPLETED") +
                                          ",\n" + job("78", "30", "SLEEPING") + ",\n" +
                                          job("79", R"({"set":false})", "FAILED") + ",\n7],\"errors\":[]}");
  // 600 s from 08:10 to 08:20, submitted at 08:00.
  CHECK(rows_of(table) ==
        "77,0,4,,600,3600,normal,u,a,c,completed,,,,600\n79,0,4,,600,,normal,u,a,c,failed,600,,,600\n");
  CHECK(table.report.lines == 4);
  CHECK(table.report.dropped_lines ==
        Lines{{"state: not a job state of Slurm", {2}}, {"a job must be an object", {4}}});
  CHECK(errors_in("sacct", "{\"meta\":{}}") == "log:1:1: no list \"jobs\": is this the output of sacct --json?");
}

TEST_CASE("jobs of Batsim profiles that are not read are left out, and tasks take their busiest host's time",
          "[workload][import][rows]") {
  workload::ImportOptions options;
  options.flop_per_second = 1e9;
  const auto table = convert("batsim", R"({"nb_res": 4, "jobs": [
    {"id": "a", "subtime": 0, "res": 2, "profile": "smpi"},
    {"id": "b", "subtime": 0, "res": 2, "profile": "task"},
    {"id": "c", "subtime": 0, "res": 2, "profile": "same"},
    {"id": "d", "subtime": 0, "res": 2, "profile": "never"},
    {"id": "e", "subtime": 0, "res": 2, "profile": "none"}],
   "profiles": {"smpi": {"type": "smpi"}, "task": {"type": "parallel", "cpu": [4e9, 1e9], "com": [0, 0, 0, 0]},
    "same": {"type": "ptask_homogeneous", "cpu": 3e9, "com": 0},
    "never": {"type": "composed", "repeat": 0, "seq": ["task"]}}})",
                             options);
  // 4e9 FLOP on the busiest host of 1e9 FLOP/s; 5e9 on both.
  CHECK(rows_of(table) == "b,0,2,,4,,task,,,,completed,,5e+09,,\nc,0,2,,3,,same,,,,completed,,6e+09,,\n");
  CHECK(table.report.dropped == Counts{{"profile: of a type that is not read", 1},
                                       {"profile: a number of repetitions that is not above 0", 1},
                                       {"profile: there is no such profile", 1}});
}

TEST_CASE("a request trace may be JSON lines, and requests that cannot be read are left out",
          "[workload][requests][rows]") {
  const logs::Folder folder;
  const auto trace = workload::read_request_trace(
      folder.write("trace.jsonl",
                   "{\"timestamp\": 27482, \"input_length\": 6955, \"output_length\": 52, \"hash_ids\": [1]}\n"
                   "{\"timestamp\": 30535, \"input_length\": 6472, \"output_length\": 26}\n"
                   "{\"timestamp\": 30536, \"input_length\": 0, \"output_length\": 26}\nnot JSON\n"
                   "{\"timestamp\": 28482, \"input_length\": 1, \"output_length\": 2}\n"));
  REQUIRE(trace.requests.size() == 3);
  CHECK(trace.requests[1].arrival == Approx(1.0));  // 28482 ms less 27482 ms
  CHECK(trace.requests[2].arrival == Approx(3.053));
  CHECK(trace.requests[2].input_tokens == 6472);
  REQUIRE(trace.warnings.size() == 2);
  CHECK(converting::without_folder(trace.warnings[0]) ==
        "trace.jsonl: 2 of 5 requests could not be read and were left out; the first: trace.jsonl:3:1: input_length: "
        "must "
        "be a whole number of tokens from 1 on");
  CHECK(converting::without_folder(trace.warnings[1]) ==
        "trace.jsonl: 1 request is earlier than the one above: sorted by time");
}
