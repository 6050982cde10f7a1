#include <catch2/catch.hpp>
#include <filesystem>

#include "gigasim/workload/request_trace.hpp"
#include "scenario_files.hpp"

using namespace gigasim::scenario;
namespace fs = std::filesystem;

namespace {

LoadOptions of_variant(const std::string& variant) {
  LoadOptions options{variant, {}, metrics_of_tests()};
  options.read_requests = gigasim::workload::read_request_trace;
  return options;
}

/// Prints what was loaded, loads that, and compares. The name of the variant is the one thing that a file cannot say.
void check_round_trip(const fs::path& file, const LoadOptions& options, const ScenarioFiles& files) {
  INFO(file << " " << options.variant);
  const auto loaded = load(file, options);
  const std::string text = to_yaml(loaded);
  const auto again = load(files.write("again.yaml", text), of_variant(""));
  Scenario expected = loaded.scenario;
  expected.variant.clear();
  for (std::size_t i = 0; i < expected.workload.streams.size(); ++i) {  // the same log, perhaps by another path
    auto& trace = expected.workload.streams[i].trace;
    const auto& other = again.scenario.workload.streams.at(i).trace;
    if (!trace || !other) continue;
    CHECK(fs::weakly_canonical(trace->file) == fs::weakly_canonical(other->file));
    trace->file = other->file;
  }
  CHECK(again.scenario == expected);
  CHECK(again.ranges.size() == loaded.ranges.size());
  REQUIRE(again.resolved.size() == loaded.resolved.size());
  for (std::size_t i = 0; i < loaded.resolved.size(); ++i) {
    CHECK(again.resolved[i].path == loaded.resolved[i].path);
    if (!loaded.resolved[i].path.ends_with("trace.file")) CHECK(again.resolved[i].value == loaded.resolved[i].value);
  }
}

void check_with_variants(const fs::path& file, const ScenarioFiles& files) {
  check_round_trip(file, of_variant(""), files);
  for (const std::string& variant : variant_names(file)) check_round_trip(file, of_variant(variant), files);
}

const char* const kEverything = R"(gigasim: 1
name: "All: of it"
description: |
  Two lines,
  "quotes" and a # sign.
period: { start: 2027-Q4, warm_up: 0.1 s, length: 1 a }
sites:
  - { catalogue: ai-factories, labels: { wave: "1", note: "a, b" } }
  - { name: jaif, pue: { best: 1.11, low: 1.05, high: 1.2, source: "operator: 2026" }, eligible: eu, power: { connection: 35.5 MW } }
  - { name: hammerhai, remove: true }
  - catalogue: antennas
  - { catalogue: leonardo, name: leo, offline: 2028-06-01T12:00:00Z }
  - name: vault
    country: DE
    location: [50, 8]
    eligible: [NO, DE]
    partitions: [{ accelerator: H100, count: 64, trusted: true, trusted_only: true, wipe: 15 min }]
workload:
  demand: { load: 17.3 %, growth: 30 % per year }
  streams:
    - { name: pre, share: 33.3 %, mix: [seren.pretrain], size_factor: 4, accelerators: { max: 2048 }, access_class: aif_fast_lane }
    - { name: rest, mix: seren, bundle: 5, arrivals: { profile: working_hours, bursts: seren }, origin: { DE: 3, FR: 2, IT: 2 } }
    - { name: own, job: { accelerators: { "1": 33.3 %, "8": 33.3 %, "64": 33.4 % }, runtime: { lognormal: { median: 2 h, sigma: 1.2 } } },
        arrivals: { rate: 100 jobs/h, max_jobs: 1000 }, walltime: { factor: 1.1 }, origin: gdp, labels: { user: "no" },
        patience: { lognormal: { median: 3 d, sigma: 1 } }, sensitive: true, residency: eu,
        requires: { accelerators: [H100, { id: GH200, speed: 1.3 }], memory: 80 GB } }
    - { name: class, demand: { load: 3 % }, job: { accelerators: kalos.pretrain, runtime: seren.eval }, origin: NO }
scheduling:
  queue_policy: fcfs
  broker: weighted
  weights: { queue: 0.5, carbon: 0.1, price: { best: 0.2, low: 0.1, high: 1 } }
  overrun: extend
  target_queue_time: 36 h
  privileges:
    - { name: users, label: [user=no, access_class=aif_fast_lane], reserve: 12.5 %, at_kinds: factory, lend_up_to: 90 min }
    - { name: vault, label: stream=own, reserve: { best: 50 %, low: 20 %, high: 60 % }, unused: idle, priority: true, at_sites: vault }
network: { wan: hyper }
expect:
  - queue_time_p95{user=no} < 2 d
  - "utilisation in 60..95 %"   # in quotes
variants:
  no-jaif: { sites: [{ name: jaif, remove: true }] }
  larger: { sites: [{ name: jaif, partitions: [{ name: b, accelerator: B200, count: 50000, pod: 576 }] }] }
  nothing-expected: { expect: [] }
  again: { scheduling: { rebroker_after: 12 h, privileges: [{ name: vault, remove: true }, { name: users, remove: true }] } }
  patient: { workload: { streams: [{ name: own, patience: 4 d }] } }
  equal: { scheduling: { privileges: [{ name: vault, remove: true }, { name: users, reserve: 5 % }] } }
  own-demand: { workload: { demand: { of: own } } }
)";

}  // namespace

TEST_CASE("a printed scenario loads as the same scenario", "[scenario][show]") {
  const ScenarioFiles files;
  check_round_trip(files.write("simple.yaml", simple()), {}, files);
  check_with_variants(files.write("everything.yaml", kEverything), files);
}

TEST_CASE("a printed file that extends another stands alone", "[scenario][show]") {
  const ScenarioFiles files;
  files.write("everything.yaml", kEverything);
  check_with_variants(
      files.write("over.yaml", "gigasim: 1\nextends: everything.yaml\nseed: 5\nsites: [{ name: leo, remove: true }]\n"),
      files);
}

TEST_CASE("a printed variant keeps the demand of its reference", "[scenario][show]") {
  const ScenarioFiles files;
  const auto file = files.write("everything.yaml", kEverything);
  const auto base = load(file, of_variant(""));
  const auto variant = load(file, of_variant("larger"));
  CHECK(value_of(base, "workload.demand.of").ends_with(" accelerators"));
  CHECK(variant.scenario.workload.reference_accelerators ==
        Approx(base.scenario.workload.reference_accelerators).epsilon(1e-12));
  // The variant has a type that its reference has not: jobs run at other speeds there, so that types are printed.
  const std::string of = value_of(variant, "workload.demand.of");
  CHECK(of.find("GB300-NVL72: 2000 accelerators") != std::string::npos);
  CHECK(of.find(" B200") == std::string::npos);
}

TEST_CASE("a printed trace is found from the scenario's folder", "[scenario][show]") {
  const ScenarioFiles files;
  fs::create_directories(files.folder() / "bases");
  files.write("bases/log.swf", "1 0 0 10 1 -1 -1 1 10 -1 1 1 1 1 1 1 -1 -1\n");
  files.write("bases/base.yaml",
              with("{ start: 2027-01-01, length: until_drained }", "    partitions: [{ accelerator: H100, count: 8 }]",
                   "  streams: [{ name: log, trace: { file: log.swf } }]"));
  const auto file = files.write("over.yaml", "gigasim: 1\nextends: bases/base.yaml\n");
  CHECK(value_of(load(file), "workload.streams[log].trace.file") == "bases/log.swf");
  check_round_trip(file, {}, files);
}

TEST_CASE("every shipped scenario and variant loads and survives printing", "[scenario][show]") {
  const ScenarioFiles files;
  for (const auto& entry : fs::directory_iterator{GIGASIM_SOURCE_DIR "/scenarios"}) {
    if (!entry.is_regular_file()) continue;
    const fs::path& path = entry.path();
    const auto target = files.folder() / path.filename();
    fs::copy_file(path, target);
  }
  for (const auto& entry : fs::directory_iterator{GIGASIM_SOURCE_DIR "/scenarios"}) {
    if (!entry.is_regular_file()) continue;
    if (entry.path().extension() == ".yaml") check_with_variants(files.folder() / entry.path().filename(), files);
  }
}
