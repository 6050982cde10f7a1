#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <queue>
#include <utility>
#include <vector>

#include "gigasim/scenario/scenario.hpp"
#include "gigasim/workload/job.hpp"

namespace gigasim::engine {

/// Holds jobs that come after another one until that one has ended. A job whose predecessor succeeded (it completed,
/// and was neither killed nor failed) is submitted at that instant plus the delay of its stream, or when its log says,
/// if that is later. A job whose predecessor did not succeed is submitted at the same instant to be refused. O(log n) a
/// job, n jobs that others come after.
class Chains {
 public:
  explicit Chains(const std::vector<scenario::Stream>& streams) : streams_(&streams) {}

  /// Keeps a job that comes after another one. Its predecessor may be known already, over, or still to come.
  void hold(const workload::Job& job, units::Seconds now);
  /// Hears that a job is submitted: of a log, one of the same number may have been before.
  void begins(const workload::Job& job);
  /// Hears what became of a job.
  void ended(const workload::Job& job, bool success, units::Seconds now);

  struct Release {
    workload::Job job;
    bool doomed = false;  ///< to be refused
  };
  /// When the next job is released; nothing when none is.
  [[nodiscard]] std::optional<units::Seconds> next_release() const;
  /// Takes the next job that is released by now; one instant's jobs in the order in which they were released.
  [[nodiscard]] std::optional<Release> take(units::Seconds now);
  /// Jobs whose predecessor has not ended.
  [[nodiscard]] std::int64_t num_held() const { return num_held_; }

 private:
  using Key = std::pair<std::int32_t, std::int64_t>;  // stream and number
  struct Leader {
    std::optional<bool> success;  ///< nothing: not over
    units::Seconds end{0};
    std::vector<workload::Job> followers;
  };
  struct Due {
    units::Seconds at;
    std::int64_t order;
    Release release;
    bool operator>(const Due& other) const { return std::pair{at, order} > std::pair{other.at, other.order}; }
  };

  void release(const workload::Job& job, const Leader& leader, units::Seconds now);

  const std::vector<scenario::Stream>* streams_;
  std::map<Key, Leader> leaders_;
  std::priority_queue<Due, std::vector<Due>, std::greater<>> due_;
  std::int64_t num_held_ = 0, releases_ = 0;
};

}  // namespace gigasim::engine
