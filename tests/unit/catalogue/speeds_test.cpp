#include "gigasim/catalogue/speeds.hpp"

#include <catch2/catch.hpp>

#include "gigasim/catalogue/catalogue.hpp"

using namespace gigasim;
using catalogue::speed_on;
using catalogue::SpeedRange;

TEST_CASE("the speed of a class on another accelerator is the published formula", "[catalogue][speeds]") {
  // Pre-training, A100 to GB300: 1 / (0.07 + 0.93 x 0.44 / 3.1) = 1 / 0.202 = 4.95. Evaluation: 1 / (0.48 + 0.52 x
  // 0.45 / 3.6) = 1 / 0.545. The ratio of peaks would be 8.0 for both.
  CHECK(*speed_on("pretrain", "A100-SXM-80", "GB300-NVL72") == Approx(1.0 / (0.07 + 0.93 * 0.44 / 3.1)));
  CHECK(*speed_on("eval", "A100-SXM-80", "GB300-NVL72") == Approx(1.0 / (0.48 + 0.52 * 0.45 / 3.6)));
  // Back again: r_recorded and r_here change places, (1 - f) stays.
  CHECK(*speed_on("pretrain", "GB300-NVL72", "A100-SXM-80") == Approx(1.0 / (0.07 + 0.93 * 3.1 / 0.44)));
}

TEST_CASE("the ends of the ranges enclose the best speed, on faster and on slower accelerators",
          "[catalogue][speeds]") {
  for (const char* speed_class : {"pretrain", "sft", "eval", "mllm", "other", "debug"}) {
    for (const auto& accelerator : catalogue::accelerators()) {
      INFO(speed_class << " on " << accelerator.id);
      const auto best = speed_on(speed_class, "A100-SXM-80", accelerator.id);
      if (!best) continue;
      CHECK(*speed_on(speed_class, "A100-SXM-80", accelerator.id, SpeedRange::kLow) <= *best);
      CHECK(*speed_on(speed_class, "A100-SXM-80", accelerator.id, SpeedRange::kHigh) >= *best);
    }
  }
  // Evaluation, lowest: f 0.45, r 0.6 on A100 and 2.0 on GB300.
  CHECK(*speed_on("eval", "A100-SXM-80", "GB300-NVL72", SpeedRange::kLow) == Approx(1.0 / (0.55 + 0.45 * 0.6 / 2.0)));
}

TEST_CASE("a job is as fast as recorded where it was recorded, in any range", "[catalogue][speeds]") {
  for (const SpeedRange range : {SpeedRange::kLow, SpeedRange::kBest, SpeedRange::kHigh}) {
    CHECK(speed_on("sft", "A100-SXM-80", "A100-SXM-80", range) == 1.0);
    CHECK(speed_on("sft", "A100-SXM-80", "A100-SXM-40", range) == 1.0);  // one row for both
  }
}

TEST_CASE("where nobody measured a ratio there is no speed", "[catalogue][speeds]") {
  CHECK_FALSE(speed_on("sft", "A100-SXM-80", "TPU-v4"));
  CHECK_FALSE(speed_on("no class", "A100-SXM-80", "GB300-NVL72"));
}

TEST_CASE("every job class of a mix says where it was recorded and how it scales", "[catalogue][speeds]") {
  for (const char* mix : {"seren", "kalos"}) {
    for (const auto* job_class : catalogue::mix_classes(mix)) {
      INFO(job_class->id);
      CHECK(job_class->recorded_on == "A100-SXM-80");
      CHECK(speed_on(job_class->speed_class, job_class->recorded_on, "H100-SXM-80").has_value());
    }
  }
}
