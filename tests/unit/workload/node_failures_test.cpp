#include "gigasim/workload/node_failures.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <map>

using namespace gigasim;
using workload::FailureCause;
using workload::NodeFailures;
using workload::NodePool;
using workload::Outage;

namespace {

constexpr double kDay = 86400.0;

NodePool pool_of(std::int64_t nodes, double per_node_day, std::uint64_t seed = 1) {
  NodePool pool;
  pool.nodes = nodes;
  pool.nodes_per_pod = 16;
  pool.rate = units::PerSecond{per_node_day / kDay};
  pool.seed = seed;
  pool.name = "failures:a.p";
  pool.site_name = "failures:a";
  return pool;
}

scenario::Failures rules_with_repair(double seconds) {
  scenario::Failures rules;
  rules.repair = units::Seconds{seconds};
  return rules;
}

std::vector<Outage> until(NodeFailures failures, double end) {
  std::vector<Outage> outages;
  while (failures.next_time() && failures.next_time()->in_base_units() < end) outages.push_back(failures.next());
  return outages;
}

}  // namespace

TEST_CASE("16,384 GPUs at the rate of Llama 3 fail about 419 times in 54 days") {
  // 2,048 nodes x 54 d x 3.8 / 1000 node-days = 420.2; 419 were counted. 3 sigma of a Poisson number: 61.
  double sum = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    const auto count =
        static_cast<double>(until({rules_with_repair(1), pool_of(2048, 3.8e-3, seed)}, 54 * kDay).size());
    if (seed == 1) CHECK(std::abs(count - 419) < 61);
    sum += count;
  }
  CHECK(std::abs(sum / 40 - 420.25) < 3 * std::sqrt(420.25 / 40));
}

TEST_CASE("causes of failures have the published shares") {
  std::map<FailureCause, double> counts;
  const auto outages = until({rules_with_repair(1), pool_of(1000, 0.1)}, 200 * kDay);  // 20,000
  for (const Outage& outage : outages) ++counts[outage.cause];
  const auto n = static_cast<double>(outages.size());
  for (const auto& [cause, share] : std::map<FailureCause, double>{{FailureCause::kAccelerator, 0.59},
                                                                   {FailureCause::kSoftware, 0.13},
                                                                   {FailureCause::kNetwork, 0.084},
                                                                   {FailureCause::kMaintenance, 0.076},
                                                                   {FailureCause::kOther, 0.12}}) {
    CHECK(std::abs(counts[cause] - share * n) < 3.5 * std::sqrt(share * (1 - share) * n));
  }
}

TEST_CASE("the mean time to failure is that of the rate whatever the shape of its law") {
  // Renewals in a long time t: t / mean + (cv^2 - 1) / 2 (Cox 1962), with the coefficient of variation of Weibull's
  // law.
  for (const double shape : {0.7, 1.0, 2.0}) {
    auto rules = rules_with_repair(1.0 / 1024);
    rules.shape = shape;
    const double t = 100 * kDay;
    const auto count = static_cast<double>(until({rules, pool_of(500, 1.0)}, t).size());
    const double first = std::tgamma(1 + 1 / shape);
    const double square = std::tgamma(1 + 2 / shape) / (first * first) - 1;
    const double expected = 500 * (100 + (square - 1) / 2);
    CHECK(std::abs(count - expected) < 3.5 * std::sqrt(500 * 100 * square));
  }
}

TEST_CASE("new machines fail more often until their early time is over") {
  auto rules = rules_with_repair(1);
  rules.early_factor = 3;
  rules.early_length = units::Seconds{50 * kDay};
  double early = 0;
  double late = 0;
  for (const Outage& outage : until({rules, pool_of(1000, 0.05)}, 100 * kDay))
    ++(outage.time.in_base_units() < 50 * kDay ? early : late);
  CHECK(std::abs(early - 7500) < 3.5 * std::sqrt(7500));  // 1000 x 50 d x 0.05 x 3
  CHECK(std::abs(late - 2500) < 3.5 * std::sqrt(2500));
}

TEST_CASE("lemons fail as much more often as stated") {
  auto rules = rules_with_repair(1);
  rules.lemon_share = 0.02;
  rules.lemon_factor = 20;
  const NodeFailures failures(rules, pool_of(5000, 0.01));
  double lemons = 0;
  for (std::int64_t node = 0; node < 5000; ++node) lemons += failures.is_lemon(node) ? 1 : 0;
  CHECK(std::abs(lemons - 100) < 3.5 * std::sqrt(98));
  double at_lemons = 0;
  double elsewhere = 0;
  for (const Outage& outage : until(failures, 100 * kDay))
    ++(failures.is_lemon(outage.first_node) ? at_lemons : elsewhere);
  CHECK(std::abs(at_lemons - lemons * 20) < 3.5 * std::sqrt(lemons * 20));
  CHECK(std::abs(elsewhere - (5000 - lemons)) < 3.5 * std::sqrt(5000 - lemons));
}

TEST_CASE("an outage of a pod takes its nodes, and one of a site all nodes of all its partitions at once") {
  auto rules = rules_with_repair(1);
  rules.pods = {units::PerSecond{0.1 / kDay}, units::Seconds{3600}};
  rules.sites = {units::PerSecond{0.1 / kDay}, units::Seconds{3600}};
  auto one = pool_of(40, 0);  // pods of 16, 16 and 8 nodes
  auto other = pool_of(7, 0);
  other.name = "failures:a.q";
  std::vector<double> dates, others;
  std::map<std::int64_t, std::int64_t> pods;
  for (const Outage& outage : until({rules, one}, 300 * kDay)) {
    if (outage.cause == FailureCause::kSiteOutage) {
      CHECK(outage.first_node == 0);
      CHECK(outage.nodes == 40);
      dates.push_back(outage.time.in_base_units());
    } else {
      pods[outage.first_node] = outage.nodes;
    }
  }
  CHECK(pods == std::map<std::int64_t, std::int64_t>{{0, 16}, {16, 16}, {32, 8}});
  for (const Outage& outage : until({rules, other}, 300 * kDay)) {
    if (outage.cause == FailureCause::kSiteOutage) others.push_back(outage.time.in_base_units());
  }
  CHECK(dates.size() > 15);
  CHECK(dates == others);
}

TEST_CASE("repairs by class last minutes, hours or days in the stated shares") {
  double minutes = 0;
  double hours = 0;
  double days = 0;
  const auto outages = until({scenario::Failures{}, pool_of(1000, 0.1)}, 100 * kDay);
  for (const Outage& outage : outages) {
    const double repair = (outage.repaired - outage.time).in_base_units();
    ++(repair < 3 * 3600 ? minutes : repair < 2.5 * kDay ? hours : days);
  }
  const auto n = static_cast<double>(outages.size());
  CHECK(std::abs(minutes / n - 0.80) < 3.5 * std::sqrt(0.16 / n));
  CHECK(std::abs(hours / n - 0.15) < 3.5 * std::sqrt(0.1275 / n));
  CHECK(std::abs(days / n - 0.05) < 3.5 * std::sqrt(0.0475 / n));
}
