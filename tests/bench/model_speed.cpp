// How fast the models are, on one core: requests simulated per second, and what an evaluation of a formula costs.
//
//   model_speed
//
// Prints a line for each figure: its name, its value, its target (">=" or "<=" before it; "-" where there is none).

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <vector>

#include "gigasim/models/request_server.hpp"
#include "gigasim/models/training.hpp"
#include "gigasim/scenario/ai_work.hpp"
#include "gigasim/units/draws.hpp"

namespace {

using namespace gigasim;
using namespace gigasim::models;

constexpr std::size_t kRequests = 500'000;
constexpr int kRounds = 3;

double seconds_since(std::chrono::steady_clock::time_point begun) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
}

/// Least wall-clock seconds of some rounds.
template <class Work>
double least_seconds(Work work) {
  double least = HUGE_VAL;
  for (int round = 0; round < kRounds; ++round) {
    const auto begun = std::chrono::steady_clock::now();
    work();
    least = std::min(least, seconds_since(begun));
  }
  return least;
}

std::int64_t draw_tokens(units::RandomStream& random, double mean, bool varied) {
  const double sigma = std::sqrt(std::log(2.0));  // cv 1
  if (!varied) return std::llround(mean);
  return std::max<std::int64_t>(1, std::llround(mean * std::exp(sigma * units::draw_normal(random)) / std::sqrt(2.0)));
}

std::vector<Request> requests_at(double rate, bool varied) {
  units::RandomStream random(1, "bench", "requests");
  std::vector<Request> requests;
  double now = 0.0;
  while (requests.size() < kRequests) {
    now += units::draw_exponential(random, 1.0 / rate);
    requests.push_back({now, draw_tokens(random, 300, varied), draw_tokens(random, 300, varied)});
  }
  return requests;
}

void print(const std::string& name, double value, const char* target) {
  fmt::print("{}\t{:.4g}\t{}\n", name, value, target);
}

void requests(const Transformer& model, const Device& device) {
  for (const bool varied : {false, true}) {
    Replica replica;
    replica.tensor = 2;
    replica.input_tokens = replica.output_tokens = 300.0;
    replica.input_cv = replica.output_cv = varied ? 1.0 : 0.0;
    const ServingRates rates = serving_rates(model, device, replica);
    for (const double load : {0.3, 0.6, 0.95}) {
      const auto all = requests_at(load * saturation_rate(rates, replica), varied);
      const double took = least_seconds([&] { (void)simulate_requests(rates, replica, all); });
      print(fmt::format("requests/s, 300/300 tokens{}, load {}", varied ? " (log-normal)" : "", load),
            static_cast<double>(kRequests) / took, ">= 1000000");
    }
  }
}

/// The same, taken forward in steps of 10 s.
void fed_requests(const Transformer& model, const Device& device) {
  Replica replica;
  replica.tensor = 2;
  replica.input_tokens = replica.output_tokens = 300.0;
  const ServingRates rates = serving_rates(model, device, replica);
  const auto all = requests_at(0.6 * saturation_rate(rates, replica), false);
  const double took = least_seconds([&] {
    RequestServer server(rates, replica);
    std::vector<ServedRequest> answered;
    constexpr double kStep = 10.0;
    double now = kStep;
    for (const Request& request : all) {
      for (; request.arrival >= now; now += kStep) {
        server.advance(now);
        answered.clear();
        server.collect(now, answered);
      }
      server.add(request, request.arrival);
    }
  });
  print("requests/s of a replica of a scenario, 300/300 tokens, load 0.6", static_cast<double>(kRequests) / took,
        ">= 1000000");
}

void tables(const Transformer& model, const Device& device) {
  Replica replica;
  replica.tensor = 2;
  replica.input_tokens = 1000.0;
  replica.output_tokens = 300.0;
  replica.input_cv = replica.output_cv = 1.0;
  const ServingRates rates = serving_rates(model, device, replica);
  print("latency table, ms", 1e3 * least_seconds([&] { (void)LatencyTable(rates, replica); }), "-");
  const LatencyTable table(rates, replica);
  constexpr int kLookUps = 1'000'000;
  double sum = 0.0;
  const double took = least_seconds([&] {
    for (int i = 0; i < kLookUps; ++i) sum += table.at(table.saturation() * (i % 997) / 997.0).first_token.p95;
  });
  print("latency of a table, us", 1e6 * took / kLookUps, sum > 0.0 ? "<= 0.2" : "");
  const double rated = least_seconds([&] {
    for (int i = 0; i < kLookUps; ++i) {
      replica.input_tokens = 1000.0 + i % 100;
      sum += serving_rates(model, device, replica).prefill;
    }
  });
  print("rates of a replica, us", 1e6 * rated / kLookUps, sum > 0.0 ? "<= 2" : "");
}

void training(const Device& device) {
  constexpr int kSteps = 200'000;
  double sum = 0.0;
  for (const char* id : {"llama-3.1-8b", "llama-3.1-70b", "llama-3.1-405b"}) {
    const Transformer model = transformer_of(*catalogue::find_ai_model(id));
    const double took = least_seconds([&] {
      for (int i = 0; i < kSteps; ++i) {
        TrainingStep step;
        step.devices = 2048.0 + 64.0 * (i % 64);
        step.sequences = step.devices;
        const auto layout = choose_layout(model, device, step);
        if (layout) sum += step_time(model, device, step, *layout).total;
      }
    });
    print(fmt::format("step time with its layout, {}, us", id), 1e6 * took / kSteps, sum > 0.0 ? "<= 2" : "");
  }
}

/// The rates of a stream, worked out once when its scenario is loaded: what the simulation asks of them at each start.
void settled_rates() {
  constexpr std::int64_t kSizes = 64;
  constexpr std::size_t kPartitions = 40;
  constexpr int kLookUps = 1'000'000;
  scenario::AiWork work;
  for (std::int64_t size = 1; size <= kSizes; ++size) {
    work.sizes.push_back({32 * size, 0, std::vector<scenario::WorkRate>(kPartitions)});
    for (auto& rate : work.sizes.back().partition) rate.per_second = 1e4 * static_cast<double>(size);
  }
  double sum = 0.0;
  const double took = least_seconds([&] {
    for (int i = 0; i < kLookUps; ++i) {
      sum += work.per_second(32 * (1 + i * 7LL % kSizes), static_cast<std::size_t>(i) % kPartitions);
    }
  });
  print("rate of training, settled before, us", 1e6 * took / kLookUps, sum > 0.0 ? "<= 0.2" : "");
}

}  // namespace

int main() {
  const Device device = device_of(*catalogue::find_accelerator("H100"));
  const Transformer model = transformer_of(*catalogue::find_ai_model("llama-3.1-70b"));
  requests(model, device);
  fed_requests(model, device);
  tables(model, device);
  training(device);
  settled_rates();
  return 0;
}
