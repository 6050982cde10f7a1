#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>

#include "gigasim/catalogue/ai_models.hpp"
#include "gigasim/models/ai_job.hpp"
#include "gigasim/units/grid.hpp"
#include "gigasim/units/text.hpp"
#include "scenario_files.hpp"

using namespace gigasim;
using namespace gigasim::scenario;
using models::AiTask;

namespace {

/// athens: 1,024 GH200 in nodes of 4; bonn: 512 H100 in nodes of 8. One stream.
std::string two_machines(const std::string& job, const std::string& athens = "", const std::string& more = "") {
  return fmt::format(R"(gigasim: 1
period: {{ start: 2027-01-01, length: 30 d }}
sites:
  - {{ name: athens, country: GR, location: [38, 24], partitions: [{{ accelerator: GH200, count: 1024, per_node: 4 }}]{} }}
  - {{ name: bonn, country: DE, location: [50, 7], partitions: [{{ accelerator: H100, count: 512, per_node: 8 }}] }}
workload:
  streams:
    - {{ name: a, arrivals: {{ rate: 1 jobs/d }}{}, job: {{ {} }} }}
)",
                     athens, more, job);
}

Stream stream_of(const std::string& job, const std::string& athens = "", const std::string& more = "") {
  return load_text(two_machines(job, athens, more)).scenario.workload.streams.at(0);
}

double seconds_of(const JobClass& job_class) {
  return std::get<ConstantRuntime>(job_class.runtime).value.in_base_units();
}

const std::string kPreTraining = "ai_model: llama-3.1-70b, training_tokens: 10e9 tokens";

models::Device device(const char* id) {
  return models::device_of(*catalogue::find_accelerator(id));
}

models::AiJob pre_training() {
  return models::usual_job(AiTask::kPreTraining, *catalogue::find_ai_model("llama-3.1-70b"));
}

}  // namespace

TEST_CASE("a job takes its tokens over the rate of the step model on its first partition", "[scenario][work]") {
  const Stream s = stream_of(kPreTraining + ", accelerators: 256");
  const auto run = models::run_of(pre_training(), device("GH200"), 256);
  REQUIRE(run);
  REQUIRE(s.classes.size() == 1);
  CHECK(seconds_of(s.classes[0]) == units::ceil_to_grid(units::Seconds{10e9 / run->tokens_per_second}).in_base_units());
  REQUIRE(s.work);
  CHECK(s.work->task == AiTask::kPreTraining);
  CHECK(s.work->ai_model == "llama-3.1-70b");
  REQUIRE(s.work->sizes.size() == 1);
  CHECK(s.work->sizes[0].reference == 0);
  CHECK(s.work->per_second(256, 0) == run->tokens_per_second);
  CHECK(s.work->sizes[0].partition[0].peak == 256 * 989e12);
  // The matrix products of both were measured, and the usual software of their vendor is the tuned one.
  CHECK(s.work->time_low == 0.85);
  CHECK(s.work->time_high == 1.15);
}

TEST_CASE("the speed of another partition is its rate over that of the first", "[scenario][work]") {
  const Stream s = stream_of(kPreTraining + ", accelerators: 256");
  const double gh200 = models::run_of(pre_training(), device("GH200"), 256)->tokens_per_second;
  const double h100 = models::run_of(pre_training(), device("H100"), 256)->tokens_per_second;
  CHECK(s.work->sizes[0].speed_on(0) == 1.0);
  CHECK(s.work->sizes[0].speed_on(1) == h100 / gh200);
}

TEST_CASE("a site's software efficiency divides the time of work, and nothing else", "[scenario][work]") {
  const double tuned = seconds_of(stream_of(kPreTraining + ", accelerators: 256").classes[0]);
  const Stream slow = stream_of(kPreTraining + ", accelerators: 256", ", software_efficiency: 0.5");
  CHECK(seconds_of(slow.classes[0]) == Approx(2.0 * tuned).epsilon(1e-6));
  CHECK(slow.work->sizes[0].speed_on(1) ==
        Approx(2.0 * stream_of(kPreTraining + ", accelerators: 256").work->sizes[0].speed_on(1)));
  const Stream plain = stream_of("runtime: 3 h, accelerators: 8", ", software_efficiency: 0.5");
  CHECK(seconds_of(plain.classes[0]) == 3.0 * 3600.0);
  CHECK_FALSE(plain.work);
}

TEST_CASE("each size of a job has a runtime of its own", "[scenario][work]") {
  const Stream s = stream_of(kPreTraining + R"(, accelerators: { "128": 25 %, "512": 75 % })");
  REQUIRE(s.classes.size() == 2);
  CHECK(s.classes[0].sizes == SizePmf{{128, 1.0}});
  CHECK(s.classes[0].share == 0.25);
  CHECK(s.classes[1].sizes == SizePmf{{512, 1.0}});
  CHECK(seconds_of(s.classes[1]) < seconds_of(s.classes[0]));
  CHECK(s.work->sizes.size() == 2);
  CHECK(s.work->of_size(512)->accelerators == 512);
  CHECK(s.work->of_size(256) == nullptr);
}

TEST_CASE("a deadline takes the smallest size in whole nodes that meets it", "[scenario][work]") {
  const Stream s = stream_of(kPreTraining + ", deadline: 3 d");
  REQUIRE(s.work);
  const std::int64_t n = s.work->sizes.at(0).accelerators;
  const auto days = [](const char* accelerator, std::int64_t count) {
    const auto run = models::run_of(pre_training(), device(accelerator), count);
    return run ? 10e9 / run->tokens_per_second / 86400.0 : 1e9;
  };
  // The node of athens has 4 accelerators, that of bonn 8.
  CHECK(n % 4 == 0);
  CHECK(std::min(days("GH200", n), n % 8 == 0 ? days("H100", n) : 1e9) <= 3.0);
  CHECK(days("GH200", n - 4) > 3.0);
  CHECK(days("H100", (n - 1) / 8 * 8) > 3.0);
  CHECK(seconds_of(s.classes[0]) <= 3 * 86400.0);
  for (std::size_t p = 0; p < 2; ++p) {  // and runs only where it is met
    const WorkRate& rate = s.work->sizes[0].partition[p];
    const bool late = days(p == 0 ? "GH200" : "H100", n) > 3.0;
    CHECK((rate.obstacle == WorkRate::Obstacle::kDeadline) == late);
  }
}

// 1e24 FLOP in a day at 40 % of 989e12 FLOP/s: 1e24 / (0.4 x 989e12 x 86400) = 29,257.4 accelerators. Whole nodes are
// 29,260 of the GH200 (4 each), 29,264 of the H100 (8 each).
TEST_CASE("a deadline that no site meets says how many accelerators would", "[scenario][work]") {
  CHECK_THROWS_WITH(load_text(two_machines("flop: 1e24 FLOP, utilisation: 40 %, deadline: 1 d")),
                    Catch::EndsWith("; 29,260 of GH200-96 would be enough"));
}

// A step of 4,194,304 tokens has 512 sequences of 8,192, and as many copies at most: beyond those of the widest layout
// accelerators idle.
TEST_CASE("a deadline that no number of accelerators meets says how far one gets", "[scenario][work]") {
  const std::int64_t most = models::run_of(pre_training(), device("GH200"), 10'000'000)->devices_at_work;
  const auto at_most = models::run_of(pre_training(), device("GH200"), most);
  CHECK(at_most->tokens_per_second == models::run_of(pre_training(), device("GH200"), 10 * most)->tokens_per_second);
  CHECK(at_most->tokens_per_second > models::run_of(pre_training(), device("GH200"), most - 4)->tokens_per_second);
  // The H100 are 8 to a node of one domain, and may get further: GH200 alone.
  CHECK_THROWS_WITH(load_text(two_machines("ai_model: llama-3.1-70b, training_tokens: 2e12 tokens, deadline: 1 h", "",
                                           ", requires: { accelerators: GH200 }")),
                    Catch::Contains("no number would be enough: " + units::grouped(most) + " of GH200-96 take "));
}

TEST_CASE("operations at a share of the peak take their quotient", "[scenario][work]") {
  // 1e21 FLOP at 40 % of 100 x 989e12 FLOP/s = 25,278.1 s; FP8 has twice the peak (1,979e12).
  CHECK(seconds_of(stream_of("flop: 1e21 FLOP, utilisation: 40 %, accelerators: 100").classes[0]) ==
        Approx(1e21 / (0.4 * 100 * 989e12)).epsilon(1e-6));
  CHECK(seconds_of(stream_of("flop: 1 ZFLOP, utilisation: 40 %, accelerators: 100, precision: fp8").classes[0]) ==
        Approx(1e21 / (0.4 * 100 * 1979e12)).epsilon(1e-6));
  CHECK(stream_of("flop: 1 ZFLOP, utilisation: 40 %, accelerators: 100").work->per_second(100, 1) ==
        Approx(0.4 * 100 * 989e12));
}

TEST_CASE("accelerator-hours are a runtime by size", "[scenario][work]") {
  const Stream s = stream_of(R"(accelerator_hours: 1000 accelerator-h, accelerators: { "10": 50 %, "20": 50 % })");
  CHECK(seconds_of(s.classes.at(0)) == 100 * 3600.0);
  CHECK(seconds_of(s.classes.at(1)) == 50 * 3600.0);
  CHECK_FALSE(s.work);
}

TEST_CASE("an amount may be log-normal, and so is the runtime", "[scenario][work]") {
  const Stream s = stream_of(
      "ai_model: llama-3.1-70b, task: lora, training_tokens: { median: 500e6 tokens, sigma: 1.2 }, accelerators: 32");
  const auto law = std::get<LognormalRuntime>(s.classes.at(0).runtime);
  CHECK(law.sigma == 1.2);
  CHECK(law.median.in_base_units() == Approx(500e6 / s.work->per_second(32, 0)));
  CHECK(s.work->trained_parameters == Approx(0.01 * 70.6e9));
}

TEST_CASE("sizes of a job class that the model does not fit on are left out, with a warning", "[scenario][work]") {
  const Loaded loaded = load_text(
      two_machines("ai_model: llama-3.1-70b, task: sft, training_tokens: 1e9 tokens, accelerators: seren.sft"));
  const Stream& s = loaded.scenario.workload.streams[0];
  REQUIRE(s.work);
  const auto fits = [](std::int64_t n) {
    const auto job = models::usual_job(AiTask::kSft, *catalogue::find_ai_model("llama-3.1-70b"));
    return models::run_of(job, device("GH200"), n) || models::run_of(job, device("H100"), n);
  };
  for (const SizedWork& size : s.work->sizes) CHECK(fits(size.accelerators));
  double shares = 0.0;
  for (const JobClass& one : s.classes) shares += one.share;
  CHECK(shares == Approx(1.0));
  const bool told = std::any_of(loaded.warnings.begin(), loaded.warnings.end(), [](const std::string& warning) {
    return warning.find("are left out of seren.sft: llama-3.1-70b does not fit on them") != std::string::npos;
  });
  CHECK(told);
}

TEST_CASE("a partition on which the model does not fit is not able, and the reference is the first that is",
          "[scenario][work]") {
  // 16 accelerators: 16 x 96 GB in athens, 16 x 80 GB in bonn. Whole fine-tuning of 70B in BF16 takes 18 x 70.6 GB and
  // activations: it is a matter of which of the two is enough.
  const auto job = models::usual_job(AiTask::kSft, *catalogue::find_ai_model("llama-3.1-70b"));
  const std::int64_t athens = *models::fewest_devices(job, device("GH200"));
  const std::int64_t bonn = *models::fewest_devices(job, device("H100"));
  REQUIRE(athens != bonn);
  const Stream s = stream_of(fmt::format(
      "ai_model: llama-3.1-70b, task: sft, training_tokens: 1e9 tokens, accelerators: {}", std::min(athens, bonn)));
  const SizedWork& size = s.work->sizes.at(0);
  const std::size_t able = athens < bonn ? 0 : 1;
  CHECK(size.reference == static_cast<std::int32_t>(able));
  CHECK(size.partition[able].obstacle == WorkRate::Obstacle::kNone);
  CHECK(size.partition[1 - able].obstacle == WorkRate::Obstacle::kModelSize);
  CHECK(size.speed_on(1 - able) == 1.0);
}

TEST_CASE("what nobody stated of work is written out", "[scenario][work]") {
  const Loaded training = load_text(two_machines(kPreTraining + ", accelerators: 256"));
  CHECK(value_of(training, "workload.streams[a].job.task") == "pre_training");
  CHECK(value_of(training, "workload.streams[a].job.precision") == "bf16");
  CHECK(value_of(training, "workload.streams[a].job.sequence") == "8.192 ktokens");
  CHECK(value_of(training, "workload.streams[a].job.batch") == "4.194304 Mtokens");
  CHECK(value_of(training, "workload.streams[a].job.input").empty());
  const Loaded evaluation =
      load_text(two_machines("ai_model: llama-3.1-8b, task: evaluation, tokens: 1e9 tokens, accelerators: 8"));
  CHECK(value_of(evaluation, "workload.streams[a].job.input") == "1 ktokens");
  CHECK(value_of(evaluation, "workload.streams[a].job.output") == "30 tokens");
  CHECK(value_of(evaluation, "workload.streams[a].job.batch").empty());
}

TEST_CASE("jobs that save their work may be preempted where their speeds differ", "[scenario][work][preemption]") {
  const std::string rest =
      R"(    - { name: urgent, arrivals: { rate: 1 jobs/d }, job: { runtime: 1 h, accelerators: 64 } }
scheduling:
  queue_policy: fcfs
  preemption: [{ name: p, by: stream=urgent, of: stream=a, mode: requeue }]
)";
  const std::string job = kPreTraining + ", accelerators: 256";
  const auto loaded = load_text(two_machines(job, "", ", checkpoint: { interval: 1 h }") + rest);
  CHECK(loaded.scenario.scheduling.preemption.at(0).of_streams == std::vector<std::int32_t>{0});
  CHECK(loaded.scenario.workload.streams[0].work->sizes[0].speed_on(1) != 1.0);
}

TEST_CASE("a site's training software decides the speed of training, and its serving software that of evaluation",
          "[scenario][work]") {
  const auto bonn = [](const std::string& job, const std::string& software) {
    std::string text = two_machines(job + ", accelerators: 64");
    text.replace(text.find("per_node: 8 }]"), 14, "per_node: 8 }]" + software);
    return load_text(text).scenario.workload.streams.at(0).work->per_second(64, 1);
  };
  const std::string evaluation = "ai_model: llama-3.1-70b, task: evaluation, tokens: 1e9 tokens";
  const std::string software = ", software: { training: nvidia-pytorch, serving: nvidia-vllm }";
  CHECK(bonn(kPreTraining, software) == Approx(0.6 * bonn(kPreTraining, "")).epsilon(1e-12));
  CHECK(bonn(evaluation, software) == Approx(0.88 * bonn(evaluation, "")).epsilon(1e-12));
  // A measured number of the site's own replaces both.
  const std::string measured = software + ", software_efficiency: 0.5";
  CHECK(bonn(kPreTraining, measured) == Approx(0.5 * bonn(kPreTraining, "")).epsilon(1e-12));
}

TEST_CASE("work that may run where nothing like it was measured names the accelerator", "[scenario][work]") {
  std::string text = two_machines(kPreTraining + ", accelerators: 256");
  text.replace(text.find("H100"), 4, "MI430X");
  const auto stream = load_text(text).scenario.workload.streams.at(0);
  REQUIRE(stream.work);
  // GH200 has published rates of training (Apertus on Alps); of AMD's accelerators none has.
  CHECK(stream.work->unmeasured == std::vector<std::string>{"MI430X"});
  CHECK(stream.work->time_high == Approx(0.8 / 0.55));  // catalogue software-stacks, amd-rocm
}
