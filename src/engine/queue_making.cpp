#include "queue_making.hpp"

#include <algorithm>

#include "gigasim/scheduling/capped_queue.hpp"

namespace gigasim::engine {
namespace {

double factor_of(const std::map<std::string, double>& factors, const std::string& name) {
  const auto found = factors.find(name);
  return found == factors.end() ? 0.0 : found->second;
}

scheduling::PreemptionRights preemption_rights(const scenario::Scenario& scenario) {
  const std::size_t kinds = scenario.workload.streams.size();
  scheduling::PreemptionRights rights(kinds, std::vector<bool>(kinds, false));
  for (const scenario::Preemption& rule : scenario.scheduling.preemption) {
    for (const std::int32_t by : rule.by_streams) {
      for (const std::int32_t of : rule.of_streams) {
        rights[static_cast<std::size_t>(by)][static_cast<std::size_t>(of)] = true;
      }
    }
  }
  return rights;
}

/// One account for each holder of the site's time. One without a share comes last as soon as it has used anything.
std::vector<scheduling::Account> holders_as_accounts(const scenario::TimeShares& shares) {
  constexpr double kNext = 1e-9;
  std::vector<scheduling::Account> accounts;
  accounts.reserve(scenario::kTimeHolders.size());
  for (const scenario::TimeHolder holder : scenario::kTimeHolders) {
    accounts.push_back({-1, std::max(shares.of(holder), kNext)});
  }
  return accounts;
}

std::unique_ptr<scheduling::QueuePolicy> plain_queue(const scenario::Scenario& scenario, const scenario::Site& site,
                                                     const scheduling::QueueOptions& options) {
  const std::string& policy = scenario.scheduling.policy_at(site);
  if (policy == "multifactor") {
    return scheduling::make_multifactor_queue(priority_rules(scenario, site), options);
  }
  return scheduling::make_queue_policy(policy, options);
}

}  // namespace

scheduling::PriorityRules priority_rules(const scenario::Scenario& scenario, const scenario::Site& site) {
  const scenario::PriorityRules& of = scenario.scheduling.priority;
  scheduling::PriorityRules rules;
  rules.age = of.age;
  rules.size = of.size;
  rules.fair_share = of.fair_share;
  rules.favour_small = of.favour_small;
  rules.age_limit = of.age_limit;
  rules.half_life = of.half_life;
  for (const scenario::Stream& stream : scenario.workload.streams) {
    const auto level = stream.labels.find("qos");
    const double quality = level == stream.labels.end() ? 0.0 : factor_of(of.levels, level->second);
    rules.standing.push_back(of.access_class * factor_of(of.access_classes, stream.access_class) +
                             of.quality_of_service * quality);
  }
  if (scenario.scheduling.shares == scenario::ShareRule::kTarget && site.time_shares) {
    rules.accounts = holders_as_accounts(*site.time_shares);
  }
  return rules;
}

MadeQueue make_queue(const scenario::Scenario& scenario, const scenario::Site& site,
                     const scheduling::QueueOptions& options, const std::vector<double>& caps) {
  const auto make_plain = [&] { return plain_queue(scenario, site, options); };
  auto plain = caps.empty() ? make_plain() : scheduling::make_capped_queue(caps, make_plain);
  if (scenario.scheduling.preemption.empty()) return {std::move(plain), nullptr};
  auto preempting = scheduling::make_preempting_queue(std::move(plain), preemption_rights(scenario));
  scheduling::PreemptingQueue* const seen = preempting.get();
  return {std::move(preempting), seen};
}

}  // namespace gigasim::engine
