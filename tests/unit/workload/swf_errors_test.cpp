#include <catch2/catch.hpp>

#include "import_log.hpp"
#include "logs.hpp"

using namespace std::string_literals;

namespace {

const std::string kGood = "1 0 -1 9 4 -1 -1 4 9 -1 1\n";

}  // namespace

TEST_CASE("a missing log is an error with the system's reason", "[workload][swf][errors]") {
  const logs::Folder folder;
  CHECK(logs::errors_of(folder.file("none.swf")) == "none.swf: cannot be read: No such file or directory");
}

TEST_CASE("a folder in place of a log is an error", "[workload][swf][errors]") {
  const logs::Folder folder;
  std::filesystem::create_directories(folder.file("dir.swf"));
  CHECK(logs::errors_of(folder.file("dir.swf")) == "dir.swf: is a directory");
}

TEST_CASE("a log without any job line is an error", "[workload][swf][errors]") {
  CHECK(logs::errors_in("") == "log.swf: the log is empty: no job line");
  CHECK(logs::errors_in("; MaxProcs: 100\n\n  \n") == "log.swf: the log is empty: no job line");
}

TEST_CASE("a log in which every job is dropped is an error that says why", "[workload][swf][errors]") {
  CHECK(logs::errors_in("1 0 -1 -1 4 -1 -1 4 9 -1 1\n2 0 -1 9 400 -1 -1 400 9 -1 1\n3 0 -1 -1 4 -1 -1 4 9 -1 1\n") ==
        "log.swf: no usable job: dropped 1 larger than the largest partition, 2 run time below 0");
}

TEST_CASE("a field that is not a number is an error at its place", "[workload][swf][errors]") {
  CHECK(logs::errors_in("; header\n" + kGood + "2 10 -1 1h30 4 -1 -1 4 9 -1 1\n") ==
        "log.swf:3:9: field 4 (run time): not a number: \"1h30\"");
  CHECK(logs::errors_in("job submit\n") == "log.swf:1:1: field 1 (job number): not a number: \"job\"");
  CHECK(logs::errors_in("1 nan -1 9 4 -1 -1 4 9 -1 1\n") ==
        "log.swf:1:3: field 2 (submit time): not a number: \"nan\"");
  CHECK(logs::errors_in("1 0x10 -1 9 4 -1 -1 4 9 -1 1\n") ==
        "log.swf:1:3: field 2 (submit time): not a number: \"0x10\"");
  CHECK(logs::errors_in("1,0,-1,9,4,-1,-1,4,9,-1,1,and,more\n") ==
        "log.swf:1:1: field 1 (job number): not a number: \"1,0,-1,9,4,-1,-1,4,9,-1,\"...");
  CHECK(logs::errors_in("1 0 - 9 4 -1 -1 4 9 -1 1\n") == "log.swf:1:5: field 3 (wait time): not a number: \"-\"");
}

TEST_CASE("times and numbers beyond reason are errors", "[workload][swf][errors]") {
  CHECK(logs::errors_in("1 1e300 -1 9 4 -1 -1 4 9 -1 1\n") ==
        "log.swf:1:3: field 2 (submit time): out of range: \"1e300\"");
  CHECK(logs::errors_in("1 0 -1 9 4 -1 -1 4 2000000000000 -1 1\n") ==
        "log.swf:1:20: field 9 (requested time): out of range: \"2000000000000\"");
  CHECK(logs::errors_in("99999999999999999999 0 -1 9 4 -1 -1 4 9 -1 1\n") ==
        "log.swf:1:1: field 1 (job number): out of range: \"99999999999999999999\"");
}

TEST_CASE("up to ten mistakes of a log are told in full and the others counted", "[workload][swf][errors]") {
  std::string text;
  std::string expected;
  for (int line = 1; line <= 12; ++line) {
    text += "1 0 -1 x 4 -1 -1 4 9 -1 1\n";
    if (line <= 10) expected += "log.swf:" + std::to_string(line) + ":8: field 4 (run time): not a number: \"x\"\n";
  }
  CHECK(logs::errors_in(text) == expected + "log.swf: and 2 more");
}

TEST_CASE("binary data are an error at their first byte", "[workload][swf][errors]") {
  CHECK(logs::errors_in("\x89PNG\r\n\x1a\n") == "log.swf:1:1: byte 0x89: binary data, not a log");
  CHECK(logs::errors_in(kGood + "2 0 -1 9\0 4"s) == "log.swf:2:9: byte 0x00: binary data, not a log");
  CHECK(logs::errors_in(kGood + "; a header\0\n"s) == "log.swf:2:11: byte 0x00: binary data, not a log");
  CHECK(logs::errors_in(std::string(5U << 20U, '\0')) == "log.swf:1:1: byte 0x00: binary data, not a log");
}

TEST_CASE("a header may be in any single-byte or UTF-8 spelling", "[workload][swf][errors]") {
  CHECK(logs::errors_in("; Acknowledge: \xc3\x85ke, \xc5ke\n" + kGood) == "no error");
}

TEST_CASE("a line longer than 1 MiB is an error", "[workload][swf][errors]") {
  const std::string longest(1U << 20U, ' ');
  CHECK(logs::errors_in(kGood + longest + "\n") == "no error");
  CHECK(logs::errors_in(kGood + longest + " \n") == "log.swf:2:1048577: line longer than 1 MiB: not a log");
  CHECK(logs::errors_in(";" + std::string(10U << 20U, 'x')) == "log.swf:1:1048577: line longer than 1 MiB: not a log");
}

TEST_CASE("an unknown log format is an error", "[workload][errors]") {
  const logs::Folder folder;
  const std::string path = folder.write("log.csv", kGood);
  CHECK_THROWS_WITH(gigasim::workload::import_log({path, "csv", 1.0}, logs::rules()),
                    Catch::Matchers::Contains("log.csv: unknown log format \"csv\", expected \"swf\" or \"jobs\""));
}
