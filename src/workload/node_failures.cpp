#include "gigasim/workload/node_failures.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <numbers>

#include "gigasim/units/grid.hpp"
#include "gigasim/units/model_constant.hpp"
#include "gigasim/units/portable_math.hpp"
#include "random_stream.hpp"

namespace gigasim::workload {
namespace {

using units::ModelConstant;

constexpr std::int64_t kWholeSite = std::numeric_limits<std::int64_t>::min();
constexpr const char* kCauses = "share of a cause among the failures of nodes: docs/models/failures.md";
constexpr const char* kLlama = "Llama 3 (Dubey et al. 2024), table 5: 419 unexpected interruptions in 54 days";
const ModelConstant kAcceleratorShare{0.59, {"workload.failure_share_accelerator", "", kCauses, kLlama}};
const ModelConstant kSoftwareShare{0.13, {"workload.failure_share_software", "", kCauses, kLlama}};
const ModelConstant kNetworkShare{0.084, {"workload.failure_share_network", "", kCauses, kLlama}};
const ModelConstant kMaintenanceShare{0.076, {"workload.failure_share_maintenance", "", kCauses, kLlama}};

constexpr const char* kRepairs = "`failures.repair: by_class`: how long a node is down";
constexpr const char* kNoSource = "assumption: no public distribution of repair times was found; low confidence";
const ModelConstant kTransientShare{0.80, {"workload.repair_transient_share", "", kRepairs, kNoSource}};
const ModelConstant kDrainedShare{0.15, {"workload.repair_drained_share", "", kRepairs, kNoSource}};
const ModelConstant kTransientMedian{600.0, {"workload.repair_transient_median", "s", kRepairs, kNoSource}};
const ModelConstant kTransientSigma{0.55, {"workload.repair_transient_sigma", "", kRepairs, kNoSource}};
const ModelConstant kDrainedLeast{4 * 3600.0, {"workload.repair_drained_least", "s", kRepairs, kNoSource}};
const ModelConstant kDrainedMost{48 * 3600.0, {"workload.repair_drained_most", "s", kRepairs, kNoSource}};
const ModelConstant kReplacedLeast{3 * 86400.0, {"workload.repair_replaced_least", "s", kRepairs, kNoSource}};
const ModelConstant kReplacedMost{14 * 86400.0, {"workload.repair_replaced_most", "s", kRepairs, kNoSource}};

/// Gamma(x) for 1 <= x <= 6 by Stirling's series at x + 12, whose error is below 1e-15 there.
double gamma_of(double x) {
  double divisor = 1.0;
  for (int i = 0; i < 12; ++i) divisor *= x + i;
  const double z = x + 12.0;
  const double series = 1.0 / (12.0 * z) - 1.0 / (360.0 * z * z * z) + 1.0 / (1260.0 * z * z * z * z * z);
  const double log_gamma = (z - 0.5) * units::portable_log(z) - z + 0.5 * units::portable_log(2.0 * std::numbers::pi);
  return units::portable_exp(log_gamma + series) / divisor;
}

double on_grid(double time) {
  return units::ceil_to_grid(units::Seconds{time}).in_base_units();
}

}  // namespace

std::string_view name_of(FailureCause cause) {
  constexpr std::array<std::string_view, kNumFailureCauses> kNames{
      "accelerator", "software", "network", "maintenance", "other", "pod_outage", "site_outage"};
  return kNames[static_cast<std::size_t>(cause)];
}

units::Seconds mean_repair(const scenario::Failures& rules) {
  if (rules.repair) return *rules.repair;
  const double sigma = kTransientSigma.value();
  const double transient = kTransientMedian.value() * units::portable_exp(sigma * sigma / 2.0);
  const double drained = (kDrainedLeast.value() + kDrainedMost.value()) / 2.0;
  const double replaced = (kReplacedLeast.value() + kReplacedMost.value()) / 2.0;
  const double rest = 1.0 - kTransientShare.value() - kDrainedShare.value();
  return units::Seconds{kTransientShare.value() * transient + kDrainedShare.value() * drained + rest * replaced};
}

NodeFailures::NodeFailures(scenario::Failures rules, NodePool pool)
    : rules_(std::move(rules)),
      pool_(std::move(pool)),
      random_(pool_.seed, pool_.name, "node failures"),
      pod_random_(pool_.seed, pool_.name, "pod outages"),
      site_random_(pool_.seed, pool_.site_name, "site outages"),
      lemon_(static_cast<std::size_t>(pool_.nodes), false) {
  const double begin = std::max(0.0, pool_.online.in_base_units());
  if (rules_.lemon_share > 0.0) {
    units::RandomStream lemons(pool_.seed, pool_.name, "lemons");
    for (auto&& lemon : lemon_) lemon = lemons.uniform() < rules_.lemon_share;
  }
  if (pool_.rate > units::PerSecond{0}) {
    scale_ = 1.0 / (pool_.rate.in_base_units() * gamma_of(1.0 + 1.0 / rules_.shape));
    for (std::int64_t node = 0; node < pool_.nodes; ++node) schedule_node(node, begin);
  }
  if (rules_.pods.rate > units::PerSecond{0} && pool_.nodes_per_pod > 0) {
    const std::int64_t pods = (pool_.nodes + pool_.nodes_per_pod - 1) / pool_.nodes_per_pod;
    for (std::int64_t pod = 0; pod < pods; ++pod) schedule_wide(-1 - pod, rules_.pods, pod_random_, begin);
  }
  if (rules_.sites.rate > units::PerSecond{0}) schedule_wide(kWholeSite, rules_.sites, site_random_, 0.0);
}

std::optional<units::Seconds> NodeFailures::next_time() const {
  if (due_.empty()) return std::nullopt;
  return units::Seconds{due_.top().first};
}

Outage NodeFailures::next() {
  const auto [time, which] = due_.top();
  due_.pop();
  Outage outage;
  outage.time = units::Seconds{time};
  double repair = 0.0;
  if (which >= 0) {
    outage.first_node = which;
    outage.cause = draw_cause();
    repair = draw_repair();
  } else {
    const bool site = which == kWholeSite;
    const scenario::WideOutages& rule = site ? rules_.sites : rules_.pods;
    outage.cause = site ? FailureCause::kSiteOutage : FailureCause::kPodOutage;
    outage.first_node = site ? 0 : (-1 - which) * pool_.nodes_per_pod;
    outage.nodes = site ? pool_.nodes : std::min(pool_.nodes_per_pod, pool_.nodes - outage.first_node);
    repair = draw_exponential(site ? site_random_ : pod_random_, rule.repair.in_base_units());
  }
  const double up = on_grid(time + repair);
  outage.repaired = units::Seconds{up};
  if (which >= 0) {
    schedule_node(which, up);
  } else {
    schedule_wide(which, which == kWholeSite ? rules_.sites : rules_.pods,
                  which == kWholeSite ? site_random_ : pod_random_, up);
  }
  return outage;
}

// A node ages by its operational time, which runs faster in the early time and for lemons.
void NodeFailures::schedule_node(std::int64_t node, double from) {
  const double speed = is_lemon(node) ? rules_.lemon_factor : 1.0;
  double life = draw_life() / speed;
  const double early_end = (pool_.online + rules_.early_length).in_base_units();
  if (from < early_end) {
    const double early_life = life / rules_.early_factor;
    if (from + early_life <= early_end) {
      life = early_life;
    } else {
      life = early_end - from + (life - (early_end - from) * rules_.early_factor);
    }
  }
  due_.push({on_grid(from + life), node});
}

void NodeFailures::schedule_wide(std::int64_t which, const scenario::WideOutages& rule, units::RandomStream& random,
                                 double from) {
  due_.push({on_grid(from + draw_exponential(random, 1.0 / rule.rate.in_base_units())), which});
}

double NodeFailures::draw_life() {
  const double unit = draw_exponential(random_, 1.0);
  return scale_ * (rules_.shape == 1.0 ? unit : units::portable_pow(unit, 1.0 / rules_.shape));
}

FailureCause NodeFailures::draw_cause() {
  double at = random_.uniform();
  const std::array shares{kAcceleratorShare.value(), kSoftwareShare.value(), kNetworkShare.value(),
                          kMaintenanceShare.value()};
  for (std::size_t cause = 0; cause < shares.size(); ++cause) {
    if (at < shares[cause]) return static_cast<FailureCause>(cause);
    at -= shares[cause];
  }
  return FailureCause::kOther;
}

double NodeFailures::draw_repair() {
  if (rules_.repair) return rules_.repair->in_base_units();
  const double at = random_.uniform();
  if (at < kTransientShare.value()) {
    return kTransientMedian.value() * units::portable_exp(kTransientSigma.value() * draw_normal(random_));
  }
  const bool drained = at < kTransientShare.value() + kDrainedShare.value();
  const double least = drained ? kDrainedLeast.value() : kReplacedLeast.value();
  const double most = drained ? kDrainedMost.value() : kReplacedMost.value();
  return least + (most - least) * random_.uniform();
}

}  // namespace gigasim::workload
