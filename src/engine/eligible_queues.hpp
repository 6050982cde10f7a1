#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "gigasim/metrics/decision.hpp"
#include "gigasim/scenario/scenario.hpp"
#include "gigasim/workload/job.hpp"

namespace gigasim::engine {

/// Which queues may take the jobs of a stream and a country as far as this never changes: accelerators and memory,
/// residency, whose jobs the site takes, trust. Streams are few, so that all of it is worked out once: O(streams that
/// ask different things x countries x queues) at the start, O(1) per job.
class EligibleQueues {
 public:
  /// `queues` are the partitions in the order of their numbers; `origins` the country codes that jobs come from.
  EligibleQueues(const scenario::Scenario& scenario, std::vector<metrics::Place> queues,
                 const std::vector<std::string>& origins);

  /// What a job asks of a site: a number that streams which ask the same share. Jobs that are given as work ask for
  /// each size something else, those of a mix for each class: O(log sizes), O(1).
  [[nodiscard]] std::int32_t needs_of(const workload::Job& job) const;

  /// For one set of needs and one origin (-1: not known).
  struct View {
    std::vector<int> order;                      ///< the eligible ones, those at home first, then by distance
    std::size_t at_home = 0;                     ///< how many of `order` are in the origin's country
    std::vector<metrics::Exclusion> exclusions;  ///< by queue: kNone for the eligible ones
    std::int32_t kind = 0;                       ///< views with equal exclusions share this number
  };
  [[nodiscard]] const View& view(std::int32_t needs, std::int32_t origin) const {
    return views_[static_cast<std::size_t>(needs) * num_origins_ + static_cast<std::size_t>(origin + 1)];
  }
  /// By needs and queue: runtimes and requests are divided by this.
  [[nodiscard]] double speed(std::int32_t needs, int queue) const {
    return speeds_[static_cast<std::size_t>(needs)][static_cast<std::size_t>(queue)];
  }
  /// 0 for an origin that is not known.
  [[nodiscard]] double distance_km(std::int32_t origin, int queue) const {
    return origin < 0 ? 0.0 : distances_km_[static_cast<std::size_t>(origin)][static_cast<std::size_t>(queue)];
  }

 private:
  /// What streams ask of a site.
  struct Needs {
    scenario::Requirements machine;
    scenario::Residency residency = scenario::Residency::kAnywhere;
    bool sensitive = false;
    units::Bytes checkpoint{0};
    const scenario::SizedWork* work = nullptr;
    std::vector<double> speeds;  ///< by queue; empty: as `machine` or `work` say
    bool operator==(const Needs&) const = default;
  };
  /// The queues by preference, whoever may use them.
  struct Preference {
    std::vector<int> order;
    std::size_t at_home = 0;
  };
  void find_needs();
  [[nodiscard]] std::int32_t number_of(const Needs& needs);
  [[nodiscard]] std::vector<double> speeds_of(const Needs& needs) const;
  void measure(const std::vector<std::string>& origins);
  [[nodiscard]] Preference preference(const std::string& origin) const;
  void add_view(const Needs& needs, const std::string& origin, const Preference& preference);
  [[nodiscard]] metrics::Exclusion exclusion(const Needs& needs, const std::string& origin, std::size_t queue) const;
  [[nodiscard]] const scenario::Site& site(std::size_t queue) const;
  [[nodiscard]] const scenario::Partition& partition(std::size_t queue) const;

  const scenario::Scenario& scenario_;
  std::vector<metrics::Place> queues_;
  std::size_t num_origins_;  ///< with the unknown one
  std::vector<Needs> needs_;
  std::vector<std::int32_t> of_stream_;  ///< of its smallest size, where sizes differ: those above follow it
  std::vector<std::vector<std::int32_t>> of_class_;  ///< by stream and class; empty where classes ask the same
  std::vector<View> views_;                          ///< by needs, then by origin + 1
  std::map<std::vector<metrics::Exclusion>, std::int32_t> kinds_;
  std::vector<std::vector<double>> speeds_;
  std::vector<std::vector<double>> distances_km_;
};

}  // namespace gigasim::engine
