#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "benchmark_groups.hpp"
#include "gigasim/models/requests.hpp"
#include "gigasim/models/serving.hpp"
#include "prefixes.hpp"

namespace gigasim::models {
namespace {

constexpr std::string_view kDenseRates = "dense, all requests waiting at the start";
constexpr std::string_view kClients = "dense, clients that ask again: output rate";
constexpr std::string_view kClientTime = "dense, clients that ask again: time per output token";
constexpr std::string_view kClientRequests = "dense, clients that ask again: time per output token, request by request";
constexpr std::string_view kOffline = "dense, MLPerf offline: tuned engines, not fitted";
constexpr std::string_view kOtherSoftware = "dense, other software than TensorRT-LLM: not fitted";
constexpr std::string_view kMixtureRates = "mixtures of experts: an order of magnitude";
constexpr double kMilliseconds = 1e3;

Transformer served_model(const catalogue::Row& row) {
  Transformer model = benchmarked_model(row);
  model.kv_heads = *row.number("kv_heads");
  model.head_dimension = *row.number("head_dim");
  return model;
}

std::string why_not_served(const catalogue::Row& row, const catalogue::Accelerator* accelerator) {
  const std::string& scenario = row["scenario"];
  if (scenario != "max_throughput" && scenario != "concurrency" && scenario != "offline") {
    return fmt::format("scenario {} is not one of saturation or of clients", scenario);
  }
  if (std::string reason = unknown_rates(row, accelerator, "weight_precision"); !reason.empty()) return reason;
  return missing_cell(row, {"params_b", "active_params_b", "layers", "hidden", "kv_heads", "head_dim", "tp",
                            "accelerators", "input_tokens", "output_tokens", "output_tokens_per_s"});
}

/// Whether the row is of the software to which the serving model is fitted, or of a user who names none.
bool is_fitted_software(const catalogue::Row& row) {
  return row["family"].empty() || row["family"].starts_with("trtllm");
}

/// The same, each request on its own: four rounds of all clients after two to warm up. 0 where the memory never holds a
/// whole request.
double time_of_requests(const ServingRates& rates, const Replica& replica, double clients) {
  const auto all = static_cast<std::int64_t>(std::max(1.0, std::round(clients)));
  const Request request{0.0, static_cast<std::int64_t>(replica.input_tokens),
                        static_cast<std::int64_t>(replica.output_tokens)};
  RequestsOptions options;
  options.warm_up = 2 * all;
  return simulate_clients(
             rates, replica, all, 4 * all, [&] { return request; }, options)
      .output_token.mean;
}

}  // namespace

BenchmarkReport compare_inference(const RowFilter& takes) {
  const auto group = [](std::string_view title, const char* unit, bool promised) {
    return ComparisonGroup{std::string{title}, unit, promised, {}};
  };
  Groups groups{{group(kDenseRates, "output tokens/s", true), group(kClients, "output tokens/s", false),
                 group(kClientTime, "ms", false), group(kClientRequests, "ms", false),
                 group(kOffline, "output tokens/s", false), group(kOtherSoftware, "output tokens/s", false),
                 group(kMixtureRates, "output tokens/s", false)}};
  for (const catalogue::Row& row : catalogue::find_table("inference-benchmarks")->rows) {
    if (!takes(row)) continue;
    const auto* accelerator = catalogue::find_accelerator(row["accelerator"]);
    if (std::string reason = why_not_served(row, accelerator); !reason.empty()) {
      groups.leave_out(row, std::move(reason));
      continue;
    }
    Replica replica;
    replica.tensor = static_cast<int>(*row.number("tp"));
    replica.precision = *precision_named(row["weight_precision"]);
    replica.input_tokens = *row.number("input_tokens");
    replica.output_tokens = *row.number("output_tokens");
    const ServingRates rates = serving_rates(served_model(row), device_of(*accelerator), replica);
    if (rates.largest_batch < 1.0) {
      groups.leave_out(row, "by the model not one request fits in memory");
      continue;
    }
    const double replicas = *row.number("accelerators") / replica.tensor;
    const double measured = *row.number("output_tokens_per_s");
    const auto clients = row.number("concurrency");
    if (row["scenario"] == "concurrency" && clients) {
      const ClosedLoop loop = closed_loop(rates, replica, *clients / replicas);
      groups.add(kClients, row, measured, replicas * loop.output_tokens_per_second);
      if (const auto time = row.number("tpot_ms")) {
        groups.add(kClientTime, row, *time, loop.seconds_per_output_token * kMilliseconds);
        const double one_by_one = time_of_requests(rates, replica, *clients / replicas);
        if (one_by_one > 0.0) groups.add(kClientRequests, row, *time, one_by_one * kMilliseconds);
      }
      continue;
    }
    const std::string_view title = row["kind"] == "moe"           ? kMixtureRates
                                   : row["scenario"] == "offline" ? kOffline
                                   : is_fitted_software(row)      ? kDenseRates
                                                                  : kOtherSoftware;
    groups.add(title, row, measured, replicas * saturated_output_rate(rates, replica));
  }
  return std::move(groups).report();
}

}  // namespace gigasim::models
