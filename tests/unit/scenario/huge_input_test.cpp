#include <fmt/format.h>
#include <fmt/ranges.h>

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "scenario_files.hpp"

using Messages = std::vector<std::string>;

TEST_CASE("a line of 10 MB is refused", "[scenario][broken]") {
  CHECK(complaints(fmt::format("gigasim: 1\nname: {:x>10000000}\n", "")) ==
        Messages{"case.yaml:2:1: a line of more than 65536 bytes is not taken for a scenario"});
}

TEST_CASE("a file above 16 MiB is refused before it is parsed", "[scenario][broken]") {
  CHECK(complaints(std::string(16 * 1024 * 1024 + 1, '\n')) == Messages{"case.yaml: is larger than 16 MiB"});
}

TEST_CASE("an alias bomb is refused at the alias that goes too far", "[scenario][broken]") {
  // a0 holds 11 values (itself and ten). Each level repeats the one before ten times: 111, 1,111, 11,111, 111,111
  // values. The copies made so far are 110 in line 3, 1,110 in line 4, 11,110 in line 5 and 111,110 in line 6: the sum
  // passes 100,000 there.
  std::string text = "gigasim: 1\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int level = 1; level <= 8; ++level) {
    const std::string inner = fmt::format("*a{}", level - 1);
    const std::vector<std::string> ten(10, inner);
    text += fmt::format("a{0}: &a{0} [{1}]\n", level, fmt::join(ten, ", "));
  }
  const auto messages = complaints(text);
  REQUIRE(messages.size() == 1);
  CHECK(messages[0].starts_with("case.yaml:6:"));
  CHECK(messages[0].ends_with(": aliases copy more than 100000 values: write them out or use fewer"));
}

TEST_CASE("nesting deeper than 64 is refused where it goes too deep", "[scenario][broken]") {
  // The map of the file is level 1, so 63 brackets are still good and the 64th is at column 6 + 64.
  CHECK(complaints(fmt::format("name: {:[>10000}{:]>10000}\n", "", "")) ==
        Messages{"case.yaml:1:70: more than 64 maps and lists inside each other"});
}

TEST_CASE("deep nesting by block indentation is refused too", "[scenario][broken]") {
  std::string text = "gigasim: 1\n";
  for (int level = 0; level < 200; ++level) text += fmt::format("{:{}}a:\n", "", level);
  const auto messages = complaints(text);
  REQUIRE(messages.size() == 1);
  CHECK(messages[0].ends_with("more than 64 maps and lists inside each other"));
}

TEST_CASE("binary garbage is not taken for YAML", "[scenario][broken]") {
  using namespace std::string_literals;
  CHECK(complaints("\x1f\x8b\x08\x00gzip"s) == Messages{"case.yaml:1:1: not a text file (control character 0x1f)"});
  CHECK(complaints("gigasim: 1\nname: \xff\n"s) == Messages{"case.yaml:2:7: not a text file (byte 0xff is not UTF-8)"});
  CHECK(complaints("name: \xed\xa0\x80\n"s) == Messages{"case.yaml:1:7: not a text file (byte 0xed is not UTF-8)"});
  CHECK(complaints("name: \xc0\xaf\n"s) == Messages{"case.yaml:1:7: not a text file (byte 0xc0 is not UTF-8)"});
}

TEST_CASE("more values than any scenario has are refused", "[scenario][broken]") {
  std::string text = "gigasim: 1\nname:\n";
  for (int i = 0; i < 30'000; ++i) text += "- [1, 2, 3, 4, 5, 6, 7, 8, 9]\n";
  const auto messages = complaints(text);
  REQUIRE(messages.size() == 1);
  CHECK(messages[0].ends_with("more than 250000 values in one file"));
}

TEST_CASE("a folder is not a scenario file", "[scenario][broken]") {
  const ScenarioFiles files;
  CHECK_THROWS_WITH(gigasim::scenario::load(files.folder()),
                    files.folder().string() + ": is a directory, not a scenario file");
}

TEST_CASE("a file of mistakes is cut after a hundred", "[scenario][broken]") {
  std::string text = "gigasim: 1\n";
  for (int i = 0; i < 500; ++i) text += fmt::format("mistake-{}: 1\n", i);
  const auto messages = complaints(text);
  // 500 unknown keys and three missing ones (period, sites, workload).
  REQUIRE(messages.size() == 101);
  CHECK(messages.back() == "case.yaml: and 403 more");
}
