#include "ai_section.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "jobs_csv.hpp"
#include "sample_results.hpp"

using namespace gigasim;

namespace {

/// The sample's first stream pre-trains: jobs of the size of its first job at 1,000 tokens/s everywhere.
metrics::Results results_with_work() {
  metrics::Results results = sample::results();
  scenario::AiWork work;
  work.task = models::AiTask::kPreTraining;
  work.ai_model = "llama-3.1-8b";
  work.flop_per_unit = 5e10;
  work.time_low = 0.85;
  work.time_high = 1.45;
  work.unmeasured = {"MI430X"};
  scenario::SizedWork size;
  size.accelerators = results.jobs[0].accelerators;
  size.reference = 0;
  for (const scenario::Site& site : results.scenario.sites) {
    size.partition.resize(size.partition.size() + site.partitions.size(),
                          {scenario::WorkRate::Obstacle::kNone, 1000.0, 1e14});
  }
  work.sizes = {size};
  results.scenario.workload.streams[0].work = work;
  results.network.ai.tokens_trained = 2.5e9;
  results.network.ai.training_runs_per_month = 12.0;
  results.network.ai.model_flop = 3e21;
  results.network.ai.mfu = 0.41;
  return results;
}

}  // namespace

TEST_CASE("reports and jobs.csv say nothing of AI work where there is none", "[report][work]") {
  const metrics::Results results = sample::results();
  CHECK(report::ai_section(results).table.rows.empty());
  CHECK(report::ai_section(results).lines.empty());
  CHECK(report::ai_work_json(results.scenario).empty());
  CHECK(report::jobs_csv(results).find("ai_model") == std::string::npos);
}

TEST_CASE("the AI work of a result is told by stream, with how well its time is known", "[report][work]") {
  const metrics::Results results = results_with_work();
  const report::Section section = report::ai_section(results);
  REQUIRE(section.table.rows.size() == 1);
  CHECK(section.table.rows[0][6].text == "-15 % to +45 %");
  REQUIRE(section.lines.size() == 3);
  CHECK(section.lines[0].text == "Trained: 2.50 Gtokens, 12 finished runs in 30 days.");
  CHECK(section.lines[1].text == results.scenario.workload.streams[0].name +
                                     ": no rate of training measured on MI430X stands behind the predicted times.");
  CHECK(section.lines[2].text == "Model FLOP: 3 ZFLOP, at a utilisation (MFU) of 41.0 %.");
  const report::Json told = report::ai_work_json(results.scenario);
  REQUIRE(told.size() == 1);
  CHECK(told[0]["predicted_time_low"] == 0.85);
  CHECK(told[0]["predicted_time_high"] == 1.45);
  CHECK(told[0]["accelerators_without_measurement"] == report::Json::array({"MI430X"}));
  CHECK(told[0]["sizes"][0]["tokens_per_second"] == 1000.0);
  CHECK(told[0]["sizes"][0]["mfu"] == 0.5);  // 1,000 x 5e10 / 1e14
}

TEST_CASE("jobs.csv has model, task and tokens of jobs that are given as work", "[report][work]") {
  const std::string csv = report::jobs_csv(results_with_work());
  const std::string header = csv.substr(0, csv.find('\n'));
  CHECK(header.ends_with(",ai_model,task,tokens"));
  CHECK(csv.find(",llama-3.1-8b,pre_training,") != std::string::npos);
}
