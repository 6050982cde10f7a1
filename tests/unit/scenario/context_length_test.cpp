#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "scenario_files.hpp"

using namespace gigasim::scenario;

namespace {

/// A service and a stream on 1,024 H100; Teuken 7B has a context of 4,096 tokens (catalogue).
std::string serving_and_training(const std::string& demand, const std::string& job) {
  return R"(gigasim: 1
period: { start: 2027-01-01, length: 1 h }
sites:
  - { name: bonn, country: DE, location: [50, 7], partitions: [{ accelerator: H100, count: 1024, per_node: 8 }] }
workload:
  streams:
    - { name: jobs, arrivals: { rate: 1 jobs/h }, job: { ai_model: teuken-7b, accelerators: 8, )" +
         job + R"( } }
  services:
    - { name: chat, ai_model: teuken-7b, demand: { origin: DE, )" +
         demand + " } }\n";
}

const char* const kShortJob = "training_tokens: 1e9 tokens";
const char* const kShortRequests = "mean: 1 requests/s, tokens: { input: 3796 tokens, output: 300 tokens }";

std::vector<std::string> warnings(const std::string& demand, const std::string& job) {
  return load_text(serving_and_training(demand, job)).warnings;
}

}  // namespace

// 3,796 + 300 = 4,096
TEST_CASE("requests and sequences as long as the context are possible", "[scenario][context]") {
  CHECK(complaints(serving_and_training(kShortRequests, kShortJob)).empty());
  CHECK(warnings(kShortRequests, kShortJob).empty());
  CHECK(
      warnings(kShortRequests, "task: evaluation, tokens: 1e9 tokens, input: 4000 tokens, output: 96 tokens").empty());
}

// The chats of Azure have up to 14,050 tokens in and 1,000 out, and 1,366 of both on average.
TEST_CASE("a law by which some requests are longer than the context is warned of", "[scenario][context]") {
  const auto said = warnings("mean: 1 requests/s, request_lengths: azure_conversation", kShortJob);
  REQUIRE(said.size() == 1);
  CHECK_THAT(said[0],
             Catch::EndsWith("workload.services[chat].demand.request_lengths: some requests may be longer than "
                             "the context of teuken-7b, 4,096 tokens: they are answered all the same"));
}

TEST_CASE("training on sequences longer than the context is warned of, but where that is what it is for",
          "[scenario][context]") {
  const auto said = warnings(kShortRequests, "training_tokens: 1e9 tokens, sequence: 8192 tokens");
  REQUIRE(said.size() == 1);
  CHECK_THAT(said[0],
             Catch::EndsWith("workload.streams[jobs].job.sequence: sequences of 8,192 tokens are longer than "
                             "the context of teuken-7b, 4,096 tokens: it is taken to be made for longer ones"));
  CHECK(warnings(kShortRequests, "task: continued_pre_training, training_tokens: 1e9 tokens, sequence: 8192 tokens")
            .empty());
}

TEST_CASE("requests of a trace that are longer than the context are counted", "[scenario][context]") {
  const ScenarioFiles files;
  files.write("requests.csv", "read below");
  LoadOptions options;
  options.read_requests = [](const std::string&, bool) {
    RequestTrace trace;
    trace.requests = {{0.0, 100, 10}, {1.0, 4000, 97}, {4000.0, 4096, 1}};
    return trace;
  };
  // 110, 4,097 and 4,097 tokens: 2,768 on average.
  const auto loaded =
      load(files.write("case.yaml", serving_and_training("trace: { file: requests.csv }", kShortJob)), options);
  REQUIRE(loaded.warnings.size() == 1);
  CHECK_THAT(loaded.warnings[0],
             Catch::EndsWith("workload.services[chat].demand.trace.file: 2 of 3 requests are longer than the context "
                             "of teuken-7b, 4,096 tokens: they are answered all the same"));
}
