#pragma once

#include <string>
#include <vector>

#include "gigasim/catalogue/ai_models.hpp"
#include "gigasim/metrics/recorder.hpp"
#include "gigasim/models/latency.hpp"
#include "small_world.hpp"

/// Hand-made scenarios with a service, for tests.
namespace gigasim::test {

constexpr double kWeights = 8.03e9;  // bytes of an 8B model in FP8

inline models::Replica replica_of_8b() {
  models::Replica replica;
  replica.input_tokens = 1000;
  replica.output_tokens = 300;
  return replica;
}

inline models::ServingRates rates_of_8b() {
  return models::serving_rates(models::transformer_of(*catalogue::find_ai_model("llama-3.1-8b")),
                               models::device_of(*catalogue::find_accelerator("H100-SXM-80")), replica_of_8b());
}

inline models::LatencyTable table_of_8b() {
  return {rates_of_8b(), replica_of_8b()};
}

inline scenario::TracedDemand traced(const std::vector<models::Request>& requests) {
  scenario::RequestTrace trace;
  trace.requests = requests;
  return {"", 1.0, false, std::make_shared<const scenario::RequestTrace>(trace)};
}

/// A service of an 8B model on one H100 a replica, 1000 tokens in and 300 out. A start-up of 60 s; storages give one
/// replica its weights in 10 s.
inline void add_service(scenario::Scenario& s, const std::string& name, double requests_per_second,
                        const scenario::OriginWeights& origin) {
  scenario::Stream stream;
  stream.name = name;
  stream.labels = {{"service", name}};
  stream.origin = origin;
  stream.service = static_cast<std::int32_t>(s.workload.services.size());
  scenario::Service service;
  service.name = name;
  service.stream = static_cast<std::int32_t>(s.workload.streams.size());
  service.ai_model = "llama-3.1-8b";
  service.demand.rate = units::PerSecond{requests_per_second};
  service.demand.input_tokens = 1000;
  service.demand.output_tokens = 300;
  service.replicas.scale_by = scenario::ScaleBy::kFixed;
  service.replicas.interval = units::Seconds{300};
  service.replicas.start_up = units::Seconds{60};
  for (std::size_t site = 0; site < s.sites.size(); ++site) {
    s.sites[site].storage_bandwidth = units::BytesPerSecond{kWeights / 10.0};
    service.places.push_back({static_cast<std::int32_t>(site), 0, 1, models::Precision::kFp8});
  }
  s.workload.streams.push_back(stream);
  s.workload.services.push_back(service);
  s.period.until_drained = false;
  s.period.length = units::Seconds{1000};
}

inline metrics::Results simulated(const scenario::Scenario& s, const std::vector<workload::Job>& jobs) {
  ListedJobs source(jobs);
  metrics::Recorder recorder(s, source.origins());
  engine::run(s, source, recorder);
  return recorder.results({}, {});
}

}  // namespace gigasim::test
