#include <catch2/catch.hpp>

#include "converting.hpp"
#include "log_time.hpp"

using namespace gigasim;
using converting::convert;
using converting::errors_in;
using converting::rows_of;
using Counts = std::map<std::string, std::int64_t>;

TEST_CASE("dates of logs are read with their zone and nothing else is", "[workload][import]") {
  // 1 March 2023, 00:00:10 at +08:00 is 28 February, 16:00:10 UTC; 2023-02-28 is day 19416 since 1970.
  const double moment = 19416 * 86400.0 + 16 * 3600.0 + 10;
  for (const char* text : {"2023-03-01 00:00:10+08:00", "2023-03-01T00:00:10+0800", "2023-02-28T16:00:10Z",
                           "2023-02-28 11:00:10-05", "1677600010"}) {
    INFO(text);
    const auto time = workload::parse_log_time(text);
    REQUIRE(time);
    CHECK(time->unix_seconds == moment);
    CHECK(time->zoned);
  }
  CHECK(workload::parse_log_time("2023-02-28 16:00:10.5")->unix_seconds == moment + 0.5);
  CHECK_FALSE(workload::parse_log_time("2023-02-28 16:00:10")->zoned);
  for (const char* text : {"", "2023-02-29 00:00:00", "2023-13-01 00:00:00", "2023-02-28", "2023-02-28 24:00:00",
                           "2023-02-28 16:00:10 CET", "28.02.2023 16:00:10", "2023-02-28T16:00:10+99:00", "-5"}) {
    INFO(text);
    CHECK_FALSE(workload::parse_log_time(text));
  }
}

TEST_CASE("durations of Slurm are read in all their forms", "[workload][import]") {
  CHECK(workload::parse_slurm_duration("00:00:01") == 1.0);
  CHECK(workload::parse_slurm_duration("10:30") == 630.0);
  CHECK(workload::parse_slurm_duration("1-00") == 86400.0);
  CHECK(workload::parse_slurm_duration("1-12:30") == 86400.0 + 12 * 3600 + 30 * 60);
  CHECK(workload::parse_slurm_duration("365-23:59:59") == 365 * 86400.0 + 86399);
  CHECK(workload::parse_slurm_duration("00:00:01.250") == 1.25);
  for (const char* text : {"", "60", "1:2:3:4", "-1:00", "1-", "a:b", "INVALID", "1:00-2"}) {
    INFO(text);
    CHECK_FALSE(workload::parse_slurm_duration(text));
  }
}

TEST_CASE("a Batsim workload with delays, parallel work and sequences is converted", "[workload][import]") {
  // Hosts of 1e9 FLOP/s. per: 5e9 FLOP on each host, 5 s; total: 8e9 FLOP on 4 hosts, 2 s;
  // seq on 4 hosts: 3 x (10 s + 2 s) = 36 s and 3 x 8e9 FLOP.
  const std::string text = R"({"nb_res": 4, "jobs": [
    {"id": "late", "subtime": 9.5, "res": 4, "profile": "seq", "walltime": 60},
    {"id": 1, "subtime": 0, "res": 2, "profile": "w0!d", "walltime": -1, "extra_data": "{}"},
    {"id": 2, "subtime": 1, "res": 2, "profile": "per"},
    {"id": 3, "subtime": 1.0, "res": 4, "profile": "total"},
    {"id": 4, "subtime": 2, "profile": "d"}],
   "profiles": {
    "d": {"type": "delay", "delay": 10},
    "per": {"type": "ParallelTaskHomogeneousProfile", "computation_amount": 5e9, "communication_amount": 1,
            "generation_strategy": "DefinedAmountsUsedForEachValue"},
    "total": {"type": "parallel_homogeneous_total", "cpu": 8e9, "com": 0, "ret": 1},
    "seq": {"type": "composed", "repeat": 3, "seq": ["d", "total"]},
    "unused": {"type": "smpi", "trace": "x"}}})";
  workload::ImportOptions options;
  options.flop_per_second = 1e9;
  const auto table = convert("batsim", text, options);
  CHECK(rows_of(table) ==
        "1,0,2,,10,,w0!d,,,,completed,,,,\n"
        "2,1,2,,5,,per,,,,completed,,1e+10,,\n"
        "3,1,4,,2,,total,,,,failed,,8e+09,,\n"
        "late,9.5,4,,36,60,seq,,,,failed,,2.4e+10,,\n");
  CHECK(table.report.max_procs == 4);
  CHECK(table.report.lines == 5);
  CHECK(table.report.dropped == Counts{{"no accelerators", 1}});
  CHECK(table.report.repaired ==
        Counts{{"communication left out, computation alone", 1}, {"not in order of submit time, sorted", 3}});
}

TEST_CASE("what is wrong with a Batsim workload is said with its place", "[workload][import][errors]") {
  const auto with_profile = [](const std::string& profile) {
    return "{\"jobs\": [{\"id\": 1, \"subtime\": 0, \"res\": 1, \"profile\": \"p\"}],\n\"profiles\": {\"p\": " +
           profile + "}}";
  };
  CHECK(errors_in("batsim", "{\"jobs\": [}") ==
        "log:1:12: not JSON: syntax error while parsing value - unexpected '}'");
  CHECK(errors_in("batsim", "") == "log:1:1: not JSON: syntax error while parsing value - unexpected end of input");
  CHECK(errors_in("batsim", "{\"jobs\": []}") == "log:1:1: no \"profiles\" in the workload");
  CHECK(errors_in("batsim", "[]") == "log:1:1: no \"jobs\" in the workload");
  CHECK(errors_in("batsim", with_profile(R"({"type": "smpi"})")) ==
        "log:2:20: profile of type \"smpi\": is not read (delays, parallel tasks and sequences of these are)");
  CHECK(errors_in("batsim", with_profile(R"({"type": "parallel_homogeneous", "cpu": 1})")) ==
        "log:2:20: profile of type \"parallel_homogeneous\": needs the speed of a host: --flop-per-second");
  CHECK(errors_in("batsim", with_profile(R"({"type": "sequence", "seq": ["p"]})")) ==
        "log:2:20: profile of type \"sequence\": the sequence contains itself");
  CHECK(errors_in("batsim", with_profile(R"({"type": "delay", "delay": -1})")) ==
        "log:2:20: profile of type \"delay\": needs an amount of at least 0");
  CHECK(errors_in("batsim", R"({"jobs": [{"id": 1, "subtime": "x", "res": 1, "profile": "p"}], "profiles": {}})") ==
        "log:1:12: subtime: must be a number\nlog:1:12: profile \"p\": there is no such profile");
  // A number and a text are the same id.
  CHECK(errors_in("batsim", R"({"jobs": [{"id": 1, "subtime": 0, "res": 1, "profile": "d"},
 {"id": "1", "subtime": 5, "res": 1, "profile": "d"}], "profiles": {"d": {"type": "delay", "delay": 1}}})") ==
        "log:2:3: id: a job \"1\" was there before");
}

TEST_CASE("odd walltimes of a Batsim workload and jobs larger than its machine are counted", "[workload][import]") {
  const auto table = convert("batsim", R"({"nb_res": 4, "jobs": [
    {"id": "none", "subtime": 0, "res": 4, "profile": "d"},
    {"id": "minus", "subtime": 0, "res": 4, "profile": "d", "walltime": -1},
    {"id": "zero", "subtime": 0, "res": 4, "profile": "d", "walltime": 0},
    {"id": "less", "subtime": 0, "res": 4, "profile": "d", "walltime": -2.5},
    {"id": "large", "subtime": 0, "res": 5, "profile": "d", "walltime": 10}],
   "profiles": {"d": {"type": "delay", "delay": 10}}})");
  CHECK(rows_of(table) ==
        "none,0,4,,10,,d,,,,completed,,,,\n"
        "minus,0,4,,10,,d,,,,completed,,,,\n"
        "zero,0,4,,10,,d,,,,completed,,,,\n"
        "less,0,4,,10,,d,,,,completed,,,,\n"
        "large,0,5,,10,10,d,,,,completed,,,,\n");
  CHECK(table.report.dropped.empty());
  CHECK(table.report.repaired ==
        Counts{{"larger than its machine (nb_res), kept", 1}, {"walltime of 0 or less, taken as not known", 2}});
}

TEST_CASE("Acme logs keep GPU jobs with the time between start and end", "[workload][import]") {
  const auto table = convert("acme",
                             "job_id,user,node_num,gpu_num,cpu_num,type,state,submit_time,start_time,end_time,duration,"
                             "queue,gpu_time\n"
                             "a1,u1,2,16,128,Pretrain,COMPLETED,2023-03-01 08:00:00+08:00,2023-03-01 08:00:10+08:00,"
                             "2023-03-01 09:00:10+08:00,3600,10,57600\n"
                             // Kalos: the duration includes 100 s of queue.
                             "a2,u2,1,8,64,\"SFT, long\",FAILED,2023-03-01 00:01:00+00:00,2023-03-01 00:02:40+00:00,"
                             "2023-03-01 00:12:40+00:00,700,100,4800\n"
                             "a3,u3,1,0,8,Eval,COMPLETED,2023-03-01 00:01:00+00:00,2023-03-01 00:02:40+00:00,"
                             "2023-03-01 00:12:40+00:00,600,100,0\n"
                             "a4,u3,1,1,8,Eval,CANCELLED,2023-03-01 00:01:00+00:00,,,0,0,0\n");
  // 08:00 at +08:00 is midnight UTC: the table begins there.
  CHECK(rows_of(table) ==
        "a1,0,16,2,3600,,Pretrain,u1,,,completed,,,,10\n"
        "a2,60,8,1,600,,\"SFT, long\",u2,,,failed,600,,,160\n");
  CHECK(table.report.unix_start_time == 19417LL * 86400);
  CHECK(table.report.dropped == Counts{{"no accelerators", 1}, {"never started", 1}});
  CHECK(table.report.repaired == Counts{{"duration differs from end less start, which was taken", 1}});
}

TEST_CASE("Philly jobs count the GPUs of their first attempt and the time of all", "[workload][import]") {
  const auto attempt = [](const std::string& start, const std::string& end, const std::string& gpus) {
    return R"({"start_time": )" + start + R"(, "end_time": )" + end + R"(, "detail": [)" + gpus + "]}";
  };
  const std::string two_hosts = R"({"ip": "m1", "gpus": ["gpu0", "gpu1"]}, {"ip": "m2", "gpus": ["gpu3"]})";
  const auto job = [](const std::string& id, const std::string& status, const std::string& attempts) {
    return R"({"status": ")" + status + R"(", "vc": "v1", "jobid": ")" + id + R"(", "user": "u", "attempts": [)" +
           attempts + R"(], "submitted_time": "2017-10-09 07:00:00"})";
  };
  const std::string first = attempt("\"2017-10-09 07:00:10\"", "\"2017-10-09 07:01:10\"", two_hosts);
  const std::string second = attempt("\"2017-10-09 08:00:00\"", "\"2017-10-09 08:00:30\"", "");
  const auto table =
      convert("philly", "[" + job("j1", "Pass", first) + ",\n" + job("j2", "Failed", first + "," + second) + ",\n" +
                            job("j3", "Killed", "") + ",\n" +
                            job("j4", "Killed", attempt("\"2017-10-09 07:00:10\"", "null", two_hosts)) + "]");
  CHECK(rows_of(table) ==
        "j1,0,3,2,60,,,u,v1,,completed,,,,10\n"
        "j2,0,3,2,90,,,u,v1,,failed,90,,,10\n");
  CHECK(table.report.dropped == Counts{{"never started", 1}, {"an attempt without an end", 1}});
  CHECK(table.report.repaired == Counts{{"several attempts, joined to one run", 1}});
  CHECK(table.report.lines == 4);
  CHECK(errors_in("philly", R"({"a": 1})") == "log:1:1: must be an array of jobs");
  CHECK(errors_in("philly", "[\n" + job("j1", "Gone", first) + "]") ==
        "log:2:2: status: must be Pass, Killed or Failed, got \"Gone\"");
}

TEST_CASE("a table derived from the Philly log is read by its heading", "[workload][import]") {
  const auto table = convert("philly",
                             "submit_time_local,duration_s,num_gpus,virtual_cluster\n"
                             "2017-09-04 10:30:41,100,8,v1\n2017-09-04 10:30:40,50,0,v1\n2017-09-04 10:30:41,,1,v1\n");
  CHECK(rows_of(table) == "1,0,8,,100,,,,v1,,,,,,\n");
  CHECK(table.report.dropped == Counts{{"no accelerators", 1}, {"no run time", 1}});
}

TEST_CASE("an SWF log is converted by the rules by which it is replayed", "[workload][import]") {
  const std::string text =
      "; UnixStartTime: 1709280000\n"
      "1 10 -1 60 4 -1 -1 8 120 -1 1 3 2 -1 5 -1 -1 -1\n"
      "2 11 -1 60 4 -1 -1 -1 -1 -1 0 -1 -1 -1 -1 -1 -1 -1\n"
      "3 12 -1 -1 4 -1 -1 8 120 -1 1 3 2 -1 5 -1 -1 -1\n";
  workload::ImportOptions options;
  options.accelerators_per_processor = 0.5;
  const auto table = convert("swf", text, options);
  CHECK(table.csv.starts_with("# gigasim-jobs v1 origin=2024-03-01T08:00:00Z source=swf:log sha256="));
  CHECK(rows_of(table) == "1,10,4,,60,120,5,3,2,,completed,,,,\n2,11,2,,60,,,,,,failed,,,,\n");
  CHECK(table.report.dropped == Counts{{"run time below 0", 1}});
  CHECK(table.report.warnings.empty());
  CHECK(convert("swf", text).report.warnings.size() == 1);  // one accelerator a processor was not said
}
