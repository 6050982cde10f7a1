#include "key_metrics.hpp"

#include <algorithm>
#include <array>

namespace gigasim::report {
namespace {

constexpr std::array kKeyMetrics{
    KeyMetric{"jobs_submitted", "Jobs submitted"},
    KeyMetric{"jobs_completed", "Jobs completed"},
    KeyMetric{"jobs_failed", "Jobs that failed", false},
    KeyMetric{"jobs_cancelled", "Jobs cancelled by their users", false},
    KeyMetric{"jobs_killed", "Jobs stopped at their time limit, or since their site went offline", false},
    KeyMetric{"jobs_refused", "Jobs refused", false},
    KeyMetric{"jobs_left", "Jobs whose users gave up waiting", false},
    KeyMetric{"jobs_unfinished", "Jobs waiting or running at the end"},
    KeyMetric{"requests_served", "Requests answered", false},
    KeyMetric{"slo_attainment", "Requests answered within the target", false},
    KeyMetric{"h100_equivalents_online_mean", "H100 equivalents online, mean", false, 3},
    KeyMetric{"accelerator_hours", "Accelerator-hours delivered", true, 3},
    KeyMetric{"h100_equivalent_hours", "H100-equivalent hours delivered"},
    KeyMetric{"goodput", "Share of them that was work which counts", false},
    KeyMetric{"unserved_h100_equivalent_hours", "H100-equivalent hours not served", false},
    KeyMetric{"h100_equivalent_hours_lost_to_delay", "H100-equivalent hours lost to delays", false, 2},
    KeyMetric{"reserved_unused_h100_equivalent_hours", "H100-equivalent hours reserved but not used", false, 2},
    KeyMetric{"utilisation", "Utilisation of the machines"},
    KeyMetric{"offered_load", "Demand in relation to capacity"},
    KeyMetric{"queue_time_mean", "Wait in the queue, mean"},
    KeyMetric{"queue_time_median", "Wait in the queue, median"},
    KeyMetric{"queue_time_p95", "Wait that 95 % of the jobs do not exceed"},
    KeyMetric{"time_to_access_mean", "Time to access, mean", false, 2},
    KeyMetric{"trusted_wait_premium", "Longer wait of sensitive jobs than of others, mean", false, 2},
    KeyMetric{"started_within_target", "Jobs started within the target", false, 2},
    KeyMetric{"distance_mean", "Distance from user to machine, mean", false, 3},
    KeyMetric{"energy", "Electricity, cooling included"},
    KeyMetric{"energy_per_h100_hour", "Electricity per H100-equivalent hour of work that counts", false},
    KeyMetric{"mean_power", "Mean power", true, 3},
    KeyMetric{"peak_power", "Highest power", true, 2},
};

bool says_something(const ComparedMetric& row) {
  return std::any_of(row.figures.begin(), row.figures.end(),
                     [](const auto& figure) { return figure && figure->value != 0.0; });
}

}  // namespace

std::span<const KeyMetric> key_metrics() {
  return kKeyMetrics;
}

bool is_measured(const ComparedMetric& row) {
  return std::any_of(row.figures.begin(), row.figures.end(), [](const auto& figure) { return figure.has_value(); });
}

bool is_shown(const KeyMetric& key, const ComparedMetric& row) {
  return key.always || says_something(row);
}

const ComparedMetric* find_row(const ComparedBlock& block, std::string_view metric) {
  const auto found = std::find_if(block.metrics.begin(), block.metrics.end(),
                                  [&](const ComparedMetric& row) { return row.metric->name == metric; });
  return found == block.metrics.end() ? nullptr : &*found;
}

std::vector<KeyRow> key_rows(const ComparedBlock& block) {
  std::vector<KeyRow> rows;
  for (const KeyMetric& key : kKeyMetrics) {
    const ComparedMetric* row = find_row(block, key.metric);
    if (row != nullptr && is_measured(*row) && is_shown(key, *row)) rows.push_back({&key, row});
  }
  while (rows.size() > kMostKeyRows) {
    const auto last = std::max_element(rows.begin(), rows.end(),
                                       [](const KeyRow& a, const KeyRow& b) { return a.key->rank <= b.key->rank; });
    rows.erase(last);
  }
  return rows;
}

}  // namespace gigasim::report
