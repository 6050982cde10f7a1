#include "hours_section.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "gigasim/report/report.hpp"
#include "reliability_section.hpp"
#include "sample_results.hpp"

using namespace gigasim;

namespace {

/// Of 1,000 accelerator-hours 700 are delivered: 200 to inference; 60 of the jobs' are lost, 30 go into restarts,
/// loading and checkpoints, and 40 of the rest are in repair.
metrics::Results results_with_failures() {
  metrics::Results results = sample::results();
  results.scenario.failures.emplace();
  metrics::ReliabilityFigures figures;
  figures.interruptions = 3;
  figures.goodput = 1.0 - 90.0 / 700.0;
  figures.lost_accelerator_hours = 60;
  figures.restart_accelerator_hours = 15;
  figures.load_accelerator_hours = 5;
  figures.checkpoint_accelerator_hours = 10;
  figures.repair_accelerator_hours = 40;
  figures.interruptions_by_cause = {2, 0, 0, 0, 0, 1, 0};
  for (metrics::Block* block : {&results.network, &results.sites[0]}) {
    block->has_machines = true;
    block->accelerator_hours_available = 1000;
    block->accelerator_hours = 700;
    block->inference_accelerator_hours = 200;
    block->reliability = figures;
  }
  return results;
}

std::vector<std::string> texts(const std::vector<report::Cell>& cells) {
  std::vector<std::string> all;
  for (const report::Cell& cell : cells) all.push_back(cell.text);
  return all;
}

}  // namespace

TEST_CASE("what became of accelerator-hours is not told where they are delivered or idle", "[report][hours]") {
  CHECK(report::hours_section(sample::results()).table.rows.empty());
  const auto told = nlohmann::json::parse(report::to_json(sample::results()));
  CHECK(!told["network"].contains("accelerator_hours_split"));
}

TEST_CASE("accelerator-hours by what became of them stand in one table", "[report][hours]") {
  const report::Section section = report::hours_section(results_with_failures());
  REQUIRE(section.table.rows.size() == 1);
  // Work: 700 - 200 - 60 - 30 = 410. Idle: 1,000 - 700 - 40 = 260.
  CHECK(texts(section.table.rows[0]) ==
        std::vector<std::string>{"athens", "410", "200", "60", "30", "40", "260", "1,000"});
}

TEST_CASE("the split in results.json adds up to the hours available, for the network and for sites",
          "[report][hours]") {
  const auto told = nlohmann::json::parse(report::to_json(results_with_failures()));
  for (const auto& block : {told["network"], told["sites"][0]}) {
    const auto& split = block["accelerator_hours_split"];
    double sum = 0;
    for (const auto& part : split) sum += part.get<double>();
    CHECK(sum == block["accelerator_hours_available"].get<double>());
    CHECK(split["work"] == 410.0);
    CHECK(split["idle"] == 260.0);
    CHECK(split["load"] == 5.0);
  }
  CHECK(!told["streams"][0].contains("accelerator_hours_split"));
}

TEST_CASE("interruptions are told by the causes that occur", "[report][hours]") {
  const report::Section section = report::reliability_section(results_with_failures());
  REQUIRE(section.table.columns.size() == 5);
  CHECK(section.table.columns[3].header == "accelerator");
  CHECK(section.table.columns[4].header == "pod outage");
  CHECK(texts(section.table.rows.at(0)) == std::vector<std::string>{"athens", "3", "87.1 %", "2", "1"});
}

TEST_CASE("what failures cost is told by stream, for those that held accelerators", "[report][hours]") {
  metrics::Results results = results_with_failures();
  REQUIRE(!results.streams.empty());
  results.streams[0].name = "fine-tuning";
  results.streams[0].accelerator_hours = 700;
  results.streams[0].reliability = results.network.reliability;
  results.streams.push_back(results.streams[0]);
  results.streams.back().name = "idle";
  results.streams.back().accelerator_hours = 0;
  const report::Section section = report::stream_reliability_section(results);
  REQUIRE(section.table.rows.size() == 1);
  CHECK(texts(section.table.rows[0]) == std::vector<std::string>{"fine-tuning", "3", "87.1 %", "60", "20", "10"});
}
