#include "gigasim/scenario/request_trace.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "gigasim/workload/request_trace.hpp"
#include "scenario_files.hpp"

using namespace gigasim;
using namespace gigasim::scenario;

namespace {

LoadOptions reading() {
  LoadOptions options;
  options.read_requests = workload::read_request_trace;
  return options;
}

/// A service with a trace, on 4 accelerators for an hour.
std::string with_trace(const std::string& trace) {
  return R"(
gigasim: 1
period: { start: 2027-01-01, length: 1 h }
sites:
  - name: athens
    country: GR
    location: [37.72, 24.05]
    partitions: [{ name: p, accelerator: GH200, count: 4 }]
workload:
  streams:
    - { name: research, arrivals: { rate: 1 jobs/h }, job: { accelerators: 1, runtime: 1 h } }
  services:
    - name: chat
      ai_model: llama-3.1-8b
      demand: { origin: GR, trace: )" +
         trace + " }\n";
}

const char* const kTwoRequests =
    "TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:00:00,100,10\n2023-11-16 18:00:04.5,300,30\n";

Loaded load_with(const std::string& trace, const std::string& csv, const ScenarioFiles& files) {
  files.write("requests.csv", csv);
  return load(files.write("case.yaml", with_trace(trace)), reading());
}

}  // namespace

TEST_CASE("a trace gives a service its requests and how long these are", "[scenario][services]") {
  const ScenarioFiles files;
  const Loaded loaded = load_with("{ file: requests.csv, scale: 2.5, repeat: true }", kTwoRequests, files);
  const RequestDemand& demand = loaded.scenario.workload.services[0].demand;
  REQUIRE(demand.trace);
  CHECK(demand.trace->scale == 2.5);
  CHECK(demand.trace->repeat);
  REQUIRE(demand.trace->trace->requests.size() == 2);
  CHECK(demand.trace->trace->requests[1].arrival == 4.5);
  // 100 and 300 tokens: mean 200, standard deviation 100. The answers are a tenth of that.
  CHECK(demand.input_tokens == 200.0);
  CHECK(demand.input_cv == 0.5);
  CHECK(demand.output_tokens == 20.0);
  CHECK(demand.output_cv == 0.5);
  // The second request comes 4.5 s after the first, and so does the first of the next round after it.
  CHECK(cycle_of(*demand.trace->trace) == 9.0);
  CHECK(loaded.warnings.empty());
  REQUIRE(loaded.inputs.size() == 2);
  CHECK(loaded.inputs[1].path == (files.folder() / "requests.csv").string());
  CHECK(loaded.inputs[1].digest == demand.trace->trace->digest);
}

TEST_CASE("a scenario with a trace is the same when it is printed and loaded again", "[scenario][services]") {
  const ScenarioFiles files;
  const Loaded loaded = load_with("{ file: requests.csv, repeat: true }", kTwoRequests, files);
  const std::string text = to_yaml(loaded);
  CHECK(value_of(loaded, "workload.services[chat].demand.profile").empty());
  CHECK(value_of(loaded, "workload.services[chat].demand.trace.file") == "requests.csv");
  CHECK(value_of(loaded, "workload.services[chat].fidelity") == "fluid");
  CHECK(load(files.write("again.yaml", text), reading()).scenario.workload == loaded.scenario.workload);
}

TEST_CASE("a trace that two services replay is read once", "[scenario][services]") {
  const ScenarioFiles files;
  files.write("requests.csv", kTwoRequests);
  int times = 0;
  LoadOptions options;
  options.read_requests = [&](const std::string& file, bool strict) {
    ++times;
    return workload::read_request_trace(file, strict);
  };
  const std::string second = R"(    - name: code
      ai_model: llama-3.1-8b
      demand: { trace: { file: requests.csv, scale: 3 } }
)";
  const auto loaded = load(files.write("case.yaml", with_trace("{ file: requests.csv }") + second), options);
  CHECK(times == 1);
  const auto& services = loaded.scenario.workload.services;
  CHECK(services[0].demand.trace->trace == services[1].demand.trace->trace);
  CHECK(loaded.inputs.size() == 2);
}

TEST_CASE("a trace that ends before the period is warned of", "[scenario][services]") {
  const ScenarioFiles files;
  const Loaded loaded = load_with("{ file: requests.csv }", kTwoRequests, files);
  REQUIRE(loaded.warnings.size() == 1);
  CHECK(loaded.warnings[0] == (files.folder() / "case.yaml").string() +
                                  ":15:44: workload.services[chat].demand.trace.file: the trace ends after 5 s, of 1 h "
                                  "that are simulated: no request comes from there on (repeat: true begins it anew)");
}

// Two requests 9 s apart as repeated: 800 in an hour, 3600 / 9 x 2. A thousandth of each is none.
TEST_CASE("a scale at which no request ever comes is warned of", "[scenario][services]") {
  const ScenarioFiles files;
  const Loaded loaded = load_with("{ file: requests.csv, scale: 0.001, repeat: true }", kTwoRequests, files);
  REQUIRE(loaded.warnings.size() == 1);
  CHECK(loaded.warnings[0] == (files.folder() / "case.yaml").string() +
                                  ":15:65: workload.services[chat].demand.trace.scale: no request comes: the log has "
                                  "800 in the 1 h that are simulated, and 0.001 of each come");
  CHECK(load_with("{ file: requests.csv, scale: 0.00125, repeat: true }", kTwoRequests, files).warnings.empty());
}

// 700 requests a second apart, but for one that comes at 1250 s after one at 349 s: 901 s = 15.02 min. The last comes
// at 1599 s, so that the mean distance is 1599 / 700 = 2.28 s. Line 1 is the heading.
TEST_CASE("long stretches of a trace without requests are warned of, with their line", "[scenario][services]") {
  std::string csv = "TIMESTAMP,ContextTokens,GeneratedTokens\n";
  const auto row = [](int seconds) {
    const auto two = [](int n) { return std::string(n < 10 ? "0" : "") + std::to_string(n); };
    return "2023-11-16 18:" + two(seconds / 60) + ":" + two(seconds % 60) + ",100,10\n";
  };
  for (int second = 0; second < 350; ++second) csv += row(second);
  for (int second = 1250; second < 1600; ++second) csv += row(second);
  const ScenarioFiles files;
  const Loaded loaded = load_with("{ file: requests.csv, repeat: true }", csv, files);
  REQUIRE(loaded.warnings.size() == 1);
  CHECK(loaded.warnings[0] == (files.folder() / "requests.csv").string() +
                                  ":352: a gap: no request in the 15.02 min before this one, where one comes every "
                                  "2.28 s on the whole");
}

TEST_CASE("mistakes in a trace are told with their places in the trace", "[scenario][services]") {
  const ScenarioFiles files;
  files.write("requests.csv", "TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:00:00,,10\n");
  CHECK_THROWS_WITH(load(files.write("case.yaml", with_trace("{ file: requests.csv }")), reading()),
                    (files.folder() / "requests.csv").string() +
                        ":2:21: ContextTokens: must be a whole number of tokens from 1 on: \"\"");
}
