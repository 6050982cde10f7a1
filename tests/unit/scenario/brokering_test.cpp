#include <catch2/catch.hpp>

#include "scenario_files.hpp"

using namespace gigasim::scenario;
using gigasim::units::Bytes;
using gigasim::units::Seconds;
using Users = Eligibility::Users;

namespace {

/// Two sites, one stream; each with more keys.
std::string two_sites(const std::string& athens, const std::string& stream, const std::string& scheduling) {
  return R"(gigasim: 1
period: { start: 2027-01-01, length: 30 d }
sites:
  - { name: athens, country: GR, location: [38, 24], partitions: [{ accelerator: GH200, count: 1000 }])" +
         athens + R"( }
  - { name: bonn, country: DE, location: [50, 7], partitions: [{ accelerator: H100, count: 1000 }] }
workload:
  demand: { load: 80 % }
  streams:
    - { name: a, mix: [seren.eval])" +
         stream + " }\nscheduling: { broker: weighted" + scheduling + " }\n";
}

Scenario loaded(const std::string& athens, const std::string& stream, const std::string& scheduling) {
  return load_text(two_sites(athens, stream, scheduling)).scenario;
}

}  // namespace

TEST_CASE("without a word anyone may use a site, jobs run anywhere, and the queue alone is weighed",
          "[scenario][broker]") {
  const Scenario s = loaded("", "", "");
  CHECK(s.sites[0].eligible == Eligibility{});
  CHECK(s.workload.streams[0].needs == Requirements{});
  CHECK(s.workload.streams[0].residency == Residency::kAnywhere);
  CHECK(s.scheduling.weights == BrokerWeights{1.0, 0.0, 0.0, 0.0});
  CHECK(s.scheduling.rebroker_after == std::nullopt);
}

TEST_CASE("a stream says which accelerators it accepts, how fast they are for it, and the memory it needs",
          "[scenario][broker]") {
  const Scenario s = loaded("", ", requires: { accelerators: [{ id: gh200, speed: 1.3 }, H100], memory: 80 GB }", "");
  const Requirements& needs = s.workload.streams[0].needs;
  CHECK(needs.accelerators == std::vector<AcceptedAccelerator>{{"GH200-96", 1.3}, {"H100-SXM-80", 1.0}});
  CHECK(needs.memory == Bytes{80e9});
  CHECK(loaded("", ", requires: { accelerators: H100 }", "").workload.streams[0].needs.accelerators.size() == 1);
}

TEST_CASE("a partition has the memory of its accelerator in the catalogue", "[scenario][broker]") {
  const Scenario s = loaded("", "", "");
  CHECK(s.sites[0].partitions[0].memory == Bytes{96e9});
  CHECK(s.sites[1].partitions[0].memory == Bytes{80e9});
}

TEST_CASE("a partition of an own accelerator type has the memory that the own table says", "[scenario][broker]") {
  const ScenarioFiles files;
  files.write("own.csv",
              "id,name,vendor,aliases,kind,unit,year,bf16_dense_tflops,h100_equivalent,fp8_dense_tflops,"
              "fp4_dense_tflops,matmul_bf16_measured_tflops,memory_gb,memory_tb_s,scaleup_gb_s_per_dir,scaleup_domain,"
              "scaleout_gbit_s_per_acc,per_node,acc_idle_w,node_base_idle_w,acc_tdp_w,node_base_load_w,"
              "training_avg_acc_w,inference_avg_acc_w,rated_kw_per_acc,power_conf,power_source,note,confidence,source\n"
              "X1,X1,ours,,gpu,GPU,2027,989,1,,,,123,3,450,8,400,8,70,180,700,350,,,,own,us,,own,us\n");
  const auto file = files.write("case.yaml", R"(gigasim: 1
catalogue: { accelerators: own.csv }
period: { start: 2027-01-01, length: 30 d }
sites: [{ name: a, country: GR, location: [38, 24], partitions: [{ accelerator: X1, count: 8 }] }]
workload: { streams: [{ name: s, arrivals: { rate: 1 jobs/h }, job: { accelerators: 1, runtime: 1 h },
                        requires: { accelerators: X1, memory: 100 GB } }] }
)");
  const auto result = load(file);
  CHECK(result.scenario.sites[0].partitions[0].memory == Bytes{123e9});
  CHECK(result.scenario.workload.streams[0].needs.accelerators[0].id == "X1");
  CHECK(result.warnings.empty());
}

TEST_CASE("a site is open to the EU or to a list of countries", "[scenario][broker]") {
  CHECK(loaded(", eligible: anyone", "", "").sites[0].eligible == Eligibility{});
  CHECK(loaded(", eligible: eu", "", "").sites[0].eligible == Eligibility{Users::kEu, {}});
  CHECK(loaded(", eligible: [FR, DE]", "", "").sites[0].eligible == Eligibility{Users::kCountries, {"DE", "FR"}});
  CHECK(loaded(", eligible: NO", "", "").sites[0].eligible == Eligibility{Users::kCountries, {"NO"}});
}

TEST_CASE("a stream's data may have to stay in the EU or in the country", "[scenario][broker]") {
  CHECK(loaded("", ", residency: eu", "").workload.streams[0].residency == Residency::kEu);
  CHECK(loaded("", ", residency: country", "").workload.streams[0].residency == Residency::kCountry);
}

TEST_CASE("the countries of the sites have their carbon intensity and electricity price", "[scenario][broker]") {
  const Scenario s = loaded("", "", ", weights: { carbon: 2, price: 0.5 }, rebroker_after: 1 d");
  CHECK(s.countries.at("DE").carbon_g_per_kwh == 342.06);        // tables/carbon-intensity.csv
  CHECK(s.countries.at("DE").electricity_eur_per_mwh == 139.0);  // tables/cost-parameters.csv, electricity_price/DE
  CHECK(s.scheduling.weights == BrokerWeights{1.0, 0.0, 2.0, 0.5});
  CHECK(s.scheduling.rebroker_after == Seconds{86400});
}

TEST_CASE("what has no effect is a warning", "[scenario][broker]") {
  using Warnings = std::vector<std::string>;
  const auto ends_with = [](const Warnings& warnings, const std::string& text) {
    return warnings.size() == 1 && warnings[0].ends_with(text);
  };
  CHECK(ends_with(load_text(two_sites("", ", requires: { memory: 200 GB }", "")).warnings,
                  "workload.streams[a].requires: no partition is like this: all its jobs will be refused"));
  CHECK(ends_with(
      load_text(
          two_sites("", "", "").replace(two_sites("", "", "").find("weighted"), 8, "nearest, weights: { price: 1 }"))
          .warnings,
      "scheduling.weights: has no effect: the broker is nearest, not weighted"));
  const std::string one_site = R"(gigasim: 1
period: { start: 2027-01-01, length: 30 d }
sites: [{ name: a, country: GR, location: [38, 24], partitions: [{ accelerator: H100, count: 8 }] }]
workload: { streams: [{ name: s, arrivals: { rate: 1 jobs/h }, job: { accelerators: 1, runtime: 1 h } }] }
scheduling: { rebroker_after: 1 d }
)";
  CHECK(ends_with(load_text(one_site).warnings, "scheduling.rebroker_after: has no effect: there is one partition"));
}
