#include <catch2/catch.hpp>
#include <numeric>
#include <random>

#include "converting.hpp"
#include "gigasim/units/utf8.hpp"
#include "gigasim/workload/request_trace.hpp"
#include "import_log.hpp"

using namespace gigasim;

namespace {

constexpr int kMutants = 400;  // of each format

/// Bytes that mean something in one format or another.
constexpr std::string_view kBytes = "0123456789-+.,|\"{}[]:;#eEg \t\r\n\\/_%\xff\xc3\x1b";

using Random = std::mt19937;

std::size_t below(Random& random, std::size_t end) {
  return random() % end;  // not std::uniform_int_distribution, which differs between libraries
}

/// A text with one to four bytes, or a stretch, changed, taken out, put in or copied.
std::string mutant(std::string text, Random& random) {
  for (std::size_t changes = 1 + below(random, 4); changes > 0 && !text.empty(); --changes) {
    const std::size_t at = below(random, text.size());
    const std::size_t length = 1 + below(random, 12);
    const char byte = below(random, 20) == 0 ? '\0' : kBytes[below(random, kBytes.size())];
    switch (below(random, 5)) {
      case 0:
        text[at] = byte;
        break;
      case 1:
        text.erase(at, length);
        break;
      case 2:
        text.insert(at, 1, byte);
        break;
      case 3:
        text.insert(at, text.substr(below(random, text.size()), length));
        break;
      default:
        text.insert(at, "99999999999999999999");
    }
  }
  return text;
}

void check_account(const workload::ImportReport& report) {
  std::int64_t dropped = 0;
  for (const auto& [reason, count] : report.dropped) {
    dropped += count;
    CHECK(units::is_utf8(reason));
  }
  CHECK(report.lines + report.added == report.kept + dropped + report.merged);
  CHECK(report.kept > 0);
  for (const auto& [reason, count] : report.repaired) CHECK(count <= report.kept);
}

/// Errors name the file, and no byte of it reaches a terminal raw.
void check_errors(const scenario::ScenarioError& error, const std::string& path) {
  CHECK_FALSE(error.messages().empty());
  for (const std::string& message : error.messages()) {
    CHECK(message.starts_with(path));
    CHECK(units::plain_utf8(message) == message);
  }
}

template <class Read>
void fuzz(const std::string& good, const Read& read) {
  Random random{20261201};
  const logs::Folder folder;
  for (int i = 0; i < kMutants; ++i) {
    const std::string text = i == 0 ? good : mutant(good, random);
    INFO(text);
    const std::string path = folder.write("log", text);
    try {
      read(path, random() % 4 == 0);
    } catch (const scenario::ScenarioError& error) {
      CHECK(i > 0);
      check_errors(error, path);
    }
  }
}

void fuzz_import(const std::string& format, const std::string& good) {
  fuzz(good, [&](const std::string& path, bool strict) {
    workload::ImportOptions options;
    options.flop_per_second = 1e9;
    options.strict = strict;
    const auto table = workload::convert_log(format, path, options);
    check_account(table.report);
    CHECK(units::is_utf8(table.csv));
    // What was written reads back: all of it, strictly.
    const std::string back = path + ".csv";
    std::ofstream{back, std::ios::binary} << table.csv;
    auto rules = logs::rules();
    rules.largest_partition = 2'000'000'000'000;
    const auto log = workload::import_log({back, "jobs", 1.0, true}, rules);
    CHECK(log.report.kept == table.report.kept);
  });
}

const std::string kSwf =
    "; MaxProcs: 128\n; UnixStartTime: 893466664\n1 0 5 100 8 -1 -1 8 200 -1 1 3 1 -1 1 -1 -1 -1\n"
    "2 10 0 50 4 45.3 2048 4 60 -1 1 4 1 -1 1 -1 -1 -1\n3 20 3 1e2 2 -1 -1 0 -1 -1 -1 3 1 -1 1 -1 -1 -1\n";

}  // namespace

TEST_CASE("a mutated SWF log is read or refused with its place, and its account adds up", "[workload][fuzz]") {
  fuzz_import("swf", kSwf);
  fuzz(kSwf, [](const std::string& path, bool strict) {
    check_account(workload::import_log({path, "auto", 1.0, strict}, logs::rules()).report);
  });
}

TEST_CASE("a mutated neutral table is read or refused with its place, and its account adds up", "[workload][fuzz]") {
  fuzz(
      "# gigasim-jobs v1 origin=2024-03-01T08:00:00Z source=x sha256=0\n"
      "id,submit_s,accelerators,nodes,runtime_s,walltime_s,user,outcome,fail_after_s,after,start_s\n"
      "1,0,8,2,3600,7200,\"ann, b\",completed,,,60\n2,10,0.5,,100,,bob,failed,50,1,20\n3,11,1,1,5,5,,,,,\n",
      [](const std::string& path, bool strict) {
        check_account(workload::import_log({path, "jobs", 1.0, strict}, logs::rules()).report);
      });
}

TEST_CASE("a mutated export of sacct is read or refused with its place, and its account adds up", "[workload][fuzz]") {
  fuzz_import("sacct",
              "JobID|JobIDRaw|User|Cluster|Submit|Eligible|Start|End|ElapsedRaw|TimelimitRaw|ReqTRES|AllocTRES|NNodes|"
              "State|JobName\n"
              "7|7|ann|c|2024-05-01T08:00:00|2024-05-01T08:00:00|2024-05-01T08:10:00|2024-05-01T08:20:00|600|60|"
              "gres/gpu=2|gres/gpu=2|1|COMPLETED|x|y\n"
              "8_[1-3]|8|bob|c|2024-05-01T08:00:00|2024-05-01T09:00:00|2024-05-01T09:10:00|2024-05-01T09:20:00|600|60|"
              "gres/gpu:a100_3g.20gb=1|gres/gpu:a100_3g.20gb=1|1|TIMEOUT|z\n"
              "9|9|bob|c|2024-05-01T08:00:00|Unknown|None|Unknown|0||gres/gpu=2||1|PENDING|z\n");
  fuzz_import("sacct",
              R"({"meta":{"plugin":{"type":"x"}},"jobs":[{"account":"a","array":{"job_id":7,"task":"1-2"},"job_id":77,)"
              R"("state":{"current":["COMPLETED"]},"time":{"elapsed":600,"eligible":1714550400,"end":1714551600,)"
              R"("start":1714551000,"submission":1714550400,"limit":{"set":true,"number":60}},"tres":{"allocated":)"
              R"([{"type":"gres","name":"gpu","count":4}]},"user":"u"}],"errors":[]})");
}

TEST_CASE("a mutated Batsim workload is read or refused with its place, and its account adds up", "[workload][fuzz]") {
  fuzz_import("batsim", R"({"nb_res":4,"jobs":[{"id":"s","subtime":0,"res":2,"profile":"q","walltime":100},
{"id":2,"subtime":1,"res":4,"profile":"t"},{"id":"d","subtime":2,"res":1,"profile":"d"}],
"profiles":{"d":{"type":"delay","delay":20.5},"t":{"type":"parallel","cpu":[1e9,2e9],"com":[0,1]},
"q":{"type":"composed","repeat":4,"seq":["d","t","d"]}}})");
}

TEST_CASE("a mutated log of a GPU cluster is read or refused with its place, and its account adds up",
          "[workload][fuzz]") {
  fuzz_import("acme",
              "job_id,user,node_num,gpu_num,cpu_num,type,state,submit_time,start_time,end_time,duration\n"
              "a1,u1,2,16,128,Pretrain,COMPLETED,2023-03-01 08:00:00+08:00,2023-03-01 08:00:10+08:00,"
              "2023-03-01 09:00:10+08:00,3600\n"
              "a2,u2,1,8,64,\"SFT, long\",FAILED,2023-03-01 00:01:00+00:00,2023-03-01 00:02:40+00:00,"
              "2023-03-01 00:12:40+00:00,700\n");
  fuzz_import("philly",
              R"([{"status":"Pass","vc":"v","jobid":"j1","user":"u","submitted_time":"2017-10-09 07:00:00","attempts":)"
              R"([{"start_time":"2017-10-09 07:00:10","end_time":"2017-10-09 07:01:10","detail":[{"ip":"m","gpus":)"
              R"(["g0","g1"]}]}]},{"status":"Killed","submitted_time":"2017-10-09 07:00:00","attempts":[]}])");
  fuzz_import("philly",
              "submit_time_local,duration_s,num_gpus,virtual_cluster\n2017-09-04 10:30:41,100,8,v1\n"
              "2017-09-04 10:30:40,50,1,v1\n");
}

TEST_CASE("a mutated request trace is read or refused with its place", "[workload][fuzz]") {
  const auto read = [](const std::string& path, bool strict) {
    const auto trace = workload::read_request_trace(path, strict);
    CHECK_FALSE(trace.requests.empty());
    double last = 0.0;
    for (const auto& request : trace.requests) {
      CHECK(request.arrival >= last);
      last = request.arrival;
    }
  };
  fuzz("TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:15:46.6805900,374,44\n2023-11-16 18:15:50,396,109\n",
       read);
  fuzz(
      "{\"timestamp\": 27482, \"input_length\": 6955, \"output_length\": 52}\n"
      "{\"timestamp\": 30535, \"input_length\": 6472, \"output_length\": 26}\n",
      read);
}
