#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gigasim/catalogue/table.hpp"
#include "gigasim/units/geo.hpp"
#include "gigasim/units/quantity.hpp"

/// Typed views of the tables that the simulator computes with. Lookups return null for an unknown id.
namespace gigasim::catalogue {

/// One accelerator type. Powers are per accelerator and hold its share of the node (host, NIC, fans, losses):
/// idle = acc_idle_w + node_base_idle_w, full = acc_tdp_w + node_base_load_w of the power table.
struct Accelerator {
  std::string id;                    ///< "GH200-96"
  std::string vendor;                ///< "NVIDIA"; empty for an assumed class that nobody sells
  std::vector<std::string> aliases;  ///< "GH200", "NVIDIA GH200"; unique over the table
  double bf16_dense_tflops = 0.0;
  double h100_equivalent = 1.0;  ///< dense BF16 over that of H100 (989 TFLOP/s)
  double memory_gb = 0.0;
  int per_node = 1;
  units::Watts idle_power, full_power;
  const Row* row = nullptr;
};
/// Finds an accelerator by id or alias, both without regard to case.
[[nodiscard]] const Accelerator* find_accelerator(std::string_view id_or_alias);
[[nodiscard]] std::span<const Accelerator> accelerators();

struct Country {
  std::string code;  ///< ISO 3166-1 alpha-2; Greece is GR, the United Kingdom GB
  std::string name;
  bool eu_member = false;
  bool cohesion = false;  ///< eligible for the Cohesion Fund of 2021-2027; false outside the EU
  double population_million = 0.0;
  double gdp_beur = 0.0;
  int utc_offset_hours = 0;  ///< standard time
  bool summer_time = true;   ///< keeps European summer time
  std::string nren_node;     ///< id of its national network's node in wan-nodes: the place of its users
  units::GeoPoint location;  ///< of that node
  const Row* row = nullptr;
};
[[nodiscard]] const Country* find_country(std::string_view code);
[[nodiscard]] std::span<const Country> countries();
/// Returns the annual mean carbon intensity of a country's electricity in g CO2e/kWh; nothing where none is known.
[[nodiscard]] std::optional<double> find_carbon_intensity(std::string_view country);

struct WanNode {
  std::string id, kind, country;  ///< kind: pop | nren | ai_factory
  units::GeoPoint location;
};
struct WanLink {
  std::string id, from, to;
  units::Seconds latency;                                             ///< one way
  units::BytesPerSecond capacity_low, capacity_best, capacity_hyper;  ///< per direction
};
[[nodiscard]] std::span<const WanNode> wan_nodes();
[[nodiscard]] std::span<const WanLink> wan_links();

/// One class of jobs of a mix ("seren.sft").
struct JobClass {
  std::string id, mix;
  double job_share = 0.0;  ///< of the mix, normalised to sum 1
  bool pre_training = false;
  std::vector<std::pair<std::int64_t, double>> sizes;   ///< accelerators, probability (normalised)
  std::vector<std::pair<double, double>> duration_cdf;  ///< seconds, cumulative fraction 0..1, rising
  double cancel_g0_hours = 0.0, cancel_exponent = 0.0;  ///< p(cancelled) = min(1, (accelerator-hours/g0)^e)
  double failed_probability = 0.0;                      ///< of the jobs not cancelled
  std::string recorded_on;                              ///< accelerator whose durations these are, by id
  std::string speed_class;                              ///< how it scales: id of scalable-fractions
};
[[nodiscard]] const JobClass* find_job_class(std::string_view id);
[[nodiscard]] std::vector<const JobClass*> mix_classes(std::string_view mix);  ///< empty for an unknown mix

/// Relative arrival rate by hour of day and weekday (Monday first), each with mean 1.
struct ArrivalProfile {
  std::string id;
  std::vector<double> hour;     ///< 24
  std::vector<double> weekday;  ///< 7
};
[[nodiscard]] const ArrivalProfile* find_arrival_profile(std::string_view id);

/// Walltime request model: with `p_full` the job runs to its limit, otherwise runtime/request ~ Beta(a, b).
struct WalltimeModel {
  std::string id;
  double p_full = 0.0, beta_a = 0.0, beta_b = 0.0;
};
[[nodiscard]] const WalltimeModel* find_walltime_model(std::string_view id);

/// Burst size quantiles: (cumulative fraction, jobs), log-linear between.
struct BurstLaw {
  std::string id;
  std::vector<std::pair<double, double>> size_quantiles;
};
[[nodiscard]] const BurstLaw* find_burst_law(std::string_view id);

}  // namespace gigasim::catalogue
