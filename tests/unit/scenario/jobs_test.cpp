#include <catch2/catch.hpp>
#include <filesystem>

#include "gigasim/catalogue/catalogue.hpp"
#include "scenario_files.hpp"

using namespace gigasim::scenario;
using namespace gigasim::units;
using Messages = std::vector<std::string>;

namespace {

std::string scenario_text(const std::string& stream, int count = 1024) {
  return with("{ start: 2027-01-01, length: 30 d }",
              "    partitions: [{ accelerator: GH200, count: " + std::to_string(count) + " }]",
              "  streams: [{ name: a, " + stream + " }]");
}

Stream stream(const std::string& text, int count = 1024) {
  return load_text(scenario_text(text, count)).scenario.workload.streams[0];
}

double sum(const SizePmf& sizes) {
  double total = 0.0;
  for (const auto& [size, share] : sizes) total += share;
  return total;
}

}  // namespace

TEST_CASE("a mix brings its classes with their shares, sizes and the theta walltime", "[scenario][jobs]") {
  const auto s = stream("demand: { load: 50 % }, mix: seren, accelerators: { max: 1024 }");
  const auto mix = gigasim::catalogue::mix_classes("seren");
  REQUIRE(s.classes.size() == mix.size());
  double shares = 0.0;
  for (std::size_t i = 0; i < mix.size(); ++i) {
    CHECK(s.classes[i].name == mix[i]->id);
    CHECK(s.classes[i].in_bursts == !mix[i]->pre_training);
    CHECK(std::get<ClassRuntime>(s.classes[i].runtime).job_class == mix[i]->id);
    CHECK(sum(s.classes[i].sizes) == Approx(1.0));
    shares += s.classes[i].share;
  }
  CHECK(shares == Approx(1.0));
  CHECK(s.walltime == Walltime{});
}

TEST_CASE("sizes outside of the bounds are dropped and the rest is renormalised", "[scenario][jobs]") {
  const auto* all = gigasim::catalogue::find_job_class("seren.eval");
  const auto s = stream("demand: { load: 50 % }, mix: [seren.eval], accelerators: { min: 2, max: 4 }");
  double kept = 0.0;
  for (const auto& [size, share] : all->sizes) kept += size >= 2 && size <= 4 ? share : 0.0;
  REQUIRE_FALSE(s.classes[0].sizes.empty());
  for (const auto& [size, share] : s.classes[0].sizes) {
    CHECK((size >= 2 && size <= 4));
    for (const auto& [original, before] : all->sizes) {
      if (original == size) CHECK(share == Approx(before / kept));
    }
  }
}

TEST_CASE("sizes above the largest partition of the reference are dropped with a warning", "[scenario][jobs]") {
  const auto loaded = load_text(scenario_text("demand: { load: 50 % }, mix: [seren.pretrain]", 64));
  for (const auto& [size, share] : loaded.scenario.workload.streams[0].classes[0].sizes) CHECK(size <= 64);
  REQUIRE(loaded.warnings.size() == 1);
  CHECK(loaded.warnings[0].ends_with(
      "workload.streams[a].mix: jobs of more than 64 accelerators (the largest partition) are left out of the mix"));
  CHECK(value_of(loaded, "workload.streams[a].accelerators.max") == "64");
}

TEST_CASE("a variant with smaller partitions than its jobs is an error that names both numbers", "[scenario][jobs]") {
  // seren.eval has sizes up to 8 and more; the reference holds them, the variant has 4 accelerators.
  const std::string text =
      scenario_text("demand: { load: 50 % }, mix: [seren.eval], accelerators: { max: 8 }") +
      "variants: { small: { sites: [{ name: athens, partitions: [{ name: gh200-96, count: 4 }] }] } }\n";
  CHECK(complaints(text).empty());
  const auto messages = complaints(text, {"small", {}});
  REQUIRE(messages.size() == 1);
  CHECK(messages[0].ends_with(
      "workload.streams[a].mix: job larger than any site: 8 accelerators, the largest partition has 4 (add "
      "\"accelerators: { max: 4 }\" to the stream)"));
}

TEST_CASE("the size factor acts on pre-training alone, the bundle on all else", "[scenario][jobs]") {
  const auto s = stream("demand: { load: 50 % }, mix: [seren.eval, seren.pretrain], size_factor: 2, bundle: 5", 100000);
  const auto* eval = gigasim::catalogue::find_job_class("seren.eval");
  const auto* pretrain = gigasim::catalogue::find_job_class("seren.pretrain");
  CHECK(s.classes[0].sizes.front().first == eval->sizes.front().first);
  CHECK(s.classes[0].bundle == 5);
  CHECK(s.classes[1].sizes.front().first == 2 * pretrain->sizes.front().first);
  CHECK(s.classes[1].bundle == 1);
}

TEST_CASE("an explicit job has its sizes, its runtime and an exact walltime", "[scenario][jobs]") {
  const auto s = stream(
      "arrivals: { rate: 2 jobs/h }, job: { accelerators: { \"8\": 25 %, \"1\": 75 % }, runtime: { exponential: 1 h } "
      "}");
  REQUIRE(s.classes.size() == 1);
  CHECK(s.classes[0].name == "a");
  CHECK(s.classes[0].sizes == SizePmf{{1, 0.75}, {8, 0.25}});
  CHECK(std::get<ExponentialRuntime>(s.classes[0].runtime).mean == Seconds{3600});
  CHECK(s.walltime.kind == Walltime::Kind::kExact);
  CHECK(s.arrivals.rate->in_base_units() == Approx(2.0 / 3600.0));
}

TEST_CASE("runtimes may be constant, lognormal or those of a job class", "[scenario][jobs]") {
  const auto law = [](const std::string& runtime) {
    return stream("arrivals: { rate: 2 jobs/h }, job: { accelerators: 1, runtime: " + runtime + " }")
        .classes[0]
        .runtime;
  };
  CHECK(law("90 min") == RuntimeLaw{ConstantRuntime{Seconds{5400}}});
  CHECK(law("{ lognormal: { median: 2 h, sigma: 1.2 } }") == RuntimeLaw{LognormalRuntime{Seconds{7200}, 1.2}});
  CHECK(law("seren.eval") == RuntimeLaw{ClassRuntime{"seren.eval"}});
}

TEST_CASE("walltimes may be exact, a factor or a model", "[scenario][jobs]") {
  const auto walltime = [](const std::string& text) {
    return stream("demand: { load: 50 % }, mix: [seren.eval], walltime: " + text).walltime;
  };
  CHECK(walltime("exact").kind == Walltime::Kind::kExact);
  CHECK(walltime("{ factor: 2.5 }").factor == 2.5);
  CHECK(walltime("kth").model == "kth");
  CHECK(walltime("kth").limit == Seconds{72 * 3600.0});
}

TEST_CASE("a trace is found beside the scenario that names it and has nothing of a synthetic stream",
          "[scenario][jobs]") {
  const ScenarioFiles files;
  std::filesystem::create_directories(files.folder() / "logs");
  files.write("logs/a.swf", "1 0 0 10 1 -1 -1 1 10 -1 1 1 1 1 1 1 -1 -1\n");
  const auto loaded =
      load(files.write("case.yaml", scenario_text("trace: { file: logs/a.swf }, labels: { kind: log }")));
  const Stream& s = loaded.scenario.workload.streams[0];
  REQUIRE(s.trace);
  CHECK(s.trace->file == (files.folder() / "logs/a.swf").string());
  CHECK(s.trace->accelerators_per_processor == 1.0);
  CHECK(s.origin.empty());
  CHECK(s.classes.empty());
  CHECK(value_of(loaded, "workload.streams[a].trace.file") == "logs/a.swf");
  CHECK(value_of(loaded, "workload.streams[a].arrivals.profile").empty());
}
