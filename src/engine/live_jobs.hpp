#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <utility>
#include <vector>

#include "gigasim/metrics/observer.hpp"
#include "gigasim/workload/job.hpp"
#include "phased_run.hpp"
#include "preemption.hpp"
#include "runners.hpp"
#include "transfers.hpp"

namespace gigasim::engine {

/// A job from its submission to its end.
struct LiveJob {
  enum class State : std::uint8_t { kHeld, kQueued, kRunning, kWiping, kDone };

  workload::Job job;
  State state = State::kHeld;
  int queue = -1;
  units::Seconds start{0};
  units::Seconds rebroker_at{0};  ///< while it waits in a queue
  Runners::Runner* runner = nullptr;
  std::unique_ptr<const workload::Job> as_asked;  ///< of a moldable job, whose size is chosen
  std::vector<metrics::PodShare> pods;
  units::Ticks charged = 0;  ///< of its project's budget, in accelerator-ticks
  JobProgress progress;
  units::Seconds restart{0};          ///< with which its present run begins, or the next one
  std::unique_ptr<PhasedRun> phases;  ///< of a job that saves its work
  Transfers::Flow flow;               ///< of its bytes
  std::int32_t saved_at = -1;         ///< the site whose storage holds what it goes on from; -1: where it runs
};

/// The jobs that are not over. Memory follows what is alive, however long one job waits among others that come and go;
/// of each job that there ever was stay four bytes.
class LiveJobs {
 public:
  /// A job that is not over, or has been finished since the last forget_done(). References last as long.
  [[nodiscard]] LiveJob& operator[](metrics::JobIndex index) {
    return pool_[static_cast<std::size_t>(places_[static_cast<std::size_t>(index)])];
  }
  [[nodiscard]] LiveJob::State state_of(metrics::JobIndex index) const {
    const std::int32_t place = places_[static_cast<std::size_t>(index)];
    return place < 0 ? LiveJob::State::kDone : pool_[static_cast<std::size_t>(place)].state;
  }
  /// How many there ever were, and how many of these are over.
  [[nodiscard]] metrics::JobIndex count() const { return static_cast<metrics::JobIndex>(places_.size()); }
  [[nodiscard]] std::int64_t num_done() const { return num_done_; }

  void add(const workload::Job& job) {
    if (vacant_.empty()) {
      vacant_.push_back(static_cast<std::int32_t>(pool_.size()));
      pool_.emplace_back();
    }
    places_.push_back(vacant_.back());
    vacant_.pop_back();
    (*this)[count() - 1].job = job;
  }
  void finish(metrics::JobIndex index) {
    (*this)[index].state = LiveJob::State::kDone;
    ++num_done_;
    finished_.push_back(index);
  }
  void forget_done() {
    for (const metrics::JobIndex index : finished_) {
      vacant_.push_back(std::exchange(places_[static_cast<std::size_t>(index)], -1));
      pool_[static_cast<std::size_t>(vacant_.back())] = {};
    }
    finished_.clear();
  }

 private:
  std::deque<LiveJob> pool_;
  std::vector<std::int32_t> places_;  // in the pool, by job; -1 once it is forgotten
  std::vector<std::int32_t> vacant_;  // places
  std::vector<metrics::JobIndex> finished_;
  std::int64_t num_done_ = 0;
};

}  // namespace gigasim::engine
