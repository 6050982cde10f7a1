#include "gigasim/workload/request_trace.hpp"

#include <catch2/catch.hpp>

#include "logs.hpp"

using namespace gigasim;

namespace {

constexpr const char* kHeading = "TIMESTAMP,ContextTokens,GeneratedTokens\r\n";

workload::RequestTrace read_text(const std::string& lines) {
  const logs::Folder folder;
  return workload::read_request_trace(folder.write("trace.csv", lines));
}

/// Messages, one a line, without the folder's name.
std::string mistakes_in(const std::string& text) {
  const logs::Folder folder;
  const std::string path = folder.write("trace.csv", text);
  try {
    (void)workload::read_request_trace(path, true);
  } catch (const scenario::ScenarioError& error) {
    std::string all;
    for (std::string message : error.messages()) {
      message.erase(0, path.size() - std::string{"trace.csv"}.size());
      all += (all.empty() ? "" : "\n") + message;
    }
    return all;
  }
  return "no error";
}

std::string mistakes_after_heading(const std::string& lines) {
  return mistakes_in(kHeading + lines);
}

}  // namespace

TEST_CASE("a request trace keeps arrivals to 100 ns and tokens", "[workload][requests]") {
  // CR LF, and no end of the last line, as published; 18:16:00 minus 18:15:46.6805900 is 13.3194100 s.
  const auto trace = read_text(
      "TIMESTAMP,ContextTokens,GeneratedTokens\r\n2023-11-16 18:15:46.6805900,374,44\r\n"
      "2023-11-16 18:15:46.6805901,1,1\r\n2023-11-16 18:16:00,396,109");
  REQUIRE(trace.requests.size() == 3);
  CHECK(trace.requests[0].arrival == 0.0);
  CHECK(trace.requests[0].input_tokens == 374);
  CHECK(trace.requests[0].output_tokens == 44);
  CHECK(trace.requests[1].arrival == Approx(1e-7).epsilon(1e-6));
  CHECK(trace.requests[2].arrival == Approx(13.31941).epsilon(1e-12));
}

TEST_CASE("a request trace may have other columns, another order and zones", "[workload][requests]") {
  const auto trace = read_text(
      "GeneratedTokens,TIMESTAMP,user,ContextTokens\n7,2024-05-10 00:00:00.009930+00:00,a,5\n"
      "8,2024-05-10 02:00:01.009930+02:00,b,6\n");
  REQUIRE(trace.requests.size() == 2);
  CHECK(trace.requests[1].arrival == Approx(1.0));
  CHECK(trace.requests[1].input_tokens == 6);
  CHECK(trace.requests[1].output_tokens == 8);
}

// 400 nines are more than a double holds, and infinity over infinity would be later than nothing and earlier than
// nothing. 18 digits are taken: 0.5 s.
TEST_CASE("a fraction of a second has 18 digits at most", "[workload][requests]") {
  const std::string half = "5" + std::string(17, '0');
  const auto trace = read_text(kHeading + ("2023-11-16 18:15:46,1,1\n2023-11-16 18:15:46." + half + ",1,1\n"));
  REQUIRE(trace.requests.size() == 2);
  CHECK(trace.requests[1].arrival == 0.5);
  for (const std::size_t digits : {19, 308, 309, 400}) {
    const std::string stamp = "2023-11-16 18:15:46." + std::string(digits, '9');
    CHECK(mistakes_after_heading("2023-11-16 18:15:46,1,1\n" + stamp + ",1,1\n2023-11-16 18:15:47,1,1\n")
              .starts_with("trace.csv:3:1: TIMESTAMP: must be a time such as 2023-11-16 18:15:46.6805900: \"2023"));
  }
}

TEST_CASE("each mistake in a request trace is one message with its place", "[workload][requests]") {
  CHECK(mistakes_in("") == "trace.csv:1:1: the file is empty: no heading");
  CHECK(mistakes_in("TIMESTAMP,GeneratedTokens\n") ==
        "trace.csv:1:1: no column ContextTokens; a request trace has the columns TIMESTAMP, ContextTokens and "
        "GeneratedTokens");
  CHECK(mistakes_after_heading("") == "trace.csv:1:1: there is no request");
  CHECK(mistakes_after_heading("2023-11-16 18:15:46,374,44\r\n2023-11-16 18:15:45.5,10,20\r\n") ==
        "trace.csv:3:1: TIMESTAMP: requests must stand in order of time: 0.5 s before the one above: \"2023-11-16 "
        "18:15:45.5\"");
  CHECK(mistakes_after_heading("2023-11-16 18:15:46,-374,44\n") ==
        "trace.csv:2:21: ContextTokens: must be a whole number of tokens from 1 on: \"-374\"");
  CHECK(mistakes_after_heading("2023-11-16 18:15:46,374,0\n") ==
        "trace.csv:2:25: GeneratedTokens: must be a whole number of tokens from 1 on: \"0\"");
  CHECK(mistakes_after_heading("2023-11-16 18:15:46,374,\n") ==
        "trace.csv:2:25: GeneratedTokens: must be a whole number of tokens from 1 on: \"\"");
  CHECK(mistakes_after_heading("2023-11-16 18:15:46,3.5,1\n") ==
        "trace.csv:2:21: ContextTokens: must be a whole number of tokens from 1 on: \"3.5\"");
  CHECK(mistakes_after_heading("2023-11-16 18:15:46,many,1\n") ==
        "trace.csv:2:21: ContextTokens: not a number: \"many\"");
  CHECK(mistakes_after_heading("yesterday,374,44\n") ==
        "trace.csv:2:1: TIMESTAMP: must be a time such as 2023-11-16 18:15:46.6805900: \"yesterday\"");
  CHECK(mistakes_after_heading("2023-11-16 18:15:46.,374,44\n") ==
        "trace.csv:2:1: TIMESTAMP: must be a time such as 2023-11-16 18:15:46.6805900: \"2023-11-16 18:15:46.\"");
  // Bare numbers: a year and a month, or seconds since 1970.
  for (const std::string number : {"2023.11", "2023", "1700158546.68"}) {
    CHECK(mistakes_after_heading(number + ",374,44\n") ==
          "trace.csv:2:1: TIMESTAMP: must be a time such as 2023-11-16 18:15:46.6805900: \"" + number + "\"");
  }
  CHECK(mistakes_after_heading("2023-11-16 18:15:46,374\n") == "trace.csv:2:1: 2 cells where the heading has 3");
  // Two at once.
  CHECK(mistakes_after_heading("2023-11-16 18:15:46,0,44\n2023-11-16 18:15:47,1,0\n") ==
        "trace.csv:2:21: ContextTokens: must be a whole number of tokens from 1 on: \"0\"\n"
        "trace.csv:3:23: GeneratedTokens: must be a whole number of tokens from 1 on: \"0\"");
}

// Counts and means of the traces' own description.
TEST_CASE("the traces of Azure are read as described with them", "[workload][requests]") {
  const std::filesystem::path traces = GIGASIM_SOURCE_DIR "/../shared/data/traces/azure-llm-2023";
  if (!std::filesystem::exists(traces)) {
    WARN("skipped: the reference traces are not beside the checkout: " << traces);
    return;
  }
  struct Expected {
    const char* file;
    std::size_t requests;
    double per_second, input, output;
  };
  for (const Expected& expected : {Expected{"AzureLLMInferenceTrace_code.csv", 8819, 2.57, 2048, 28},
                                   Expected{"AzureLLMInferenceTrace_conv.csv", 19366, 5.53, 1155, 211}}) {
    const auto trace = workload::read_request_trace(traces / expected.file);
    REQUIRE(trace.requests.size() == expected.requests);
    double input = 0.0;
    double output = 0.0;
    for (const auto& request : trace.requests) {
      input += static_cast<double>(request.input_tokens);
      output += static_cast<double>(request.output_tokens);
    }
    const auto count = static_cast<double>(expected.requests);
    CHECK(count / trace.requests.back().arrival == Approx(expected.per_second).margin(0.005));
    CHECK(input / count == Approx(expected.input).margin(0.5));
    CHECK(output / count == Approx(expected.output).margin(0.5));
  }
}
