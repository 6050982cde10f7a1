#pragma once

#include <optional>

#include "gigasim/metrics/observer.hpp"
#include "gigasim/units/quantity.hpp"

namespace gigasim::engine {

/// What a job that saves its work does with its time.
struct PhaseTerms {
  units::Seconds work{0};      ///< in all, where it runs
  units::Seconds interval{0};  ///< of work between two checkpoints; infinity: none is written
  units::Bytes checkpoint{0};
  bool asynchronous = false;
  units::Seconds staging{0};
  units::Bytes load{0};
  units::Seconds limit{0};  ///< so long one run of it may last
};

/// A run of a job in phases: [restart,] load, then work and checkpoints by turns. Knows what comes next, and how much
/// of the work would be kept; others keep the clock and move the bytes. A run may be stopped and begun again any number
/// of times.
///
/// A job that saves its work without standing still is called once a checkpoint, when it is staged: the bytes that move
/// beside its work concern nobody before its next checkpoint or its end.
class PhasedRun {
 public:
  explicit PhasedRun(const PhaseTerms& terms) : terms_(terms) {}
  /// Goes on elsewhere from what was kept of `before`: the same part of the work, which may take another time here.
  PhasedRun(const PhaseTerms& terms, const PhasedRun& before);

  /// What the caller has to see to.
  struct Next {
    std::optional<units::Seconds> until;    ///< call timer() then
    std::optional<units::Bytes> transfer;   ///< begin to move so much between accelerators and storage
    std::optional<metrics::Spent> spent{};  ///< the phase that has ended was none of work, but this, ...
    units::Seconds since{0};                ///< ... from here on
    bool over = false;                      ///< all work is done
  };
  /// A run starts: after `restart`, from what was kept of the runs before.
  [[nodiscard]] Next begin(units::Seconds now, units::Seconds restart);
  /// The time that was asked for has come.
  [[nodiscard]] Next timer(units::Seconds now);
  /// The transfer has ended that the run awaits.
  [[nodiscard]] Next transfer_ended(units::Seconds now);
  /// The transfer beside the work has ended, at a date that may be past: known at the next timer, or when it is
  /// stopped.
  void written(units::Seconds date);

  enum class Keep { kAll, kSaved };
  struct Stopped {
    units::Seconds lost{0};  ///< work that has to be done again
    std::optional<metrics::Spent> spent;
    units::Seconds since{0};
  };
  /// The run ends here. What is kept of its work is all of it, or what the last complete checkpoint holds.
  [[nodiscard]] Stopped stop(units::Seconds now, Keep keep);

  [[nodiscard]] const PhaseTerms& terms() const { return terms_; }
  [[nodiscard]] bool is_over() const { return phase_ == Phase::kOver; }
  [[nodiscard]] bool is_loading() const { return phase_ == Phase::kLoading; }
  /// It stands still until the transfer ends.
  [[nodiscard]] bool awaits_transfer() const {
    return phase_ == Phase::kLoading || phase_ == Phase::kSaving || phase_ == Phase::kStalled;
  }
  [[nodiscard]] std::optional<units::Seconds> until() const { return until_; }
  [[nodiscard]] units::Seconds saved() const { return saved_; }

 private:
  // An asynchronous checkpoint is staged in kWorking, from pause_ on; in kStaging where it had to wait for the one
  // before.
  enum class Phase { kStopped, kRestarting, kLoading, kWorking, kSaving, kStalled, kStaging, kOver };
  [[nodiscard]] static std::optional<metrics::Spent> spent_in(Phase phase);
  [[nodiscard]] units::Seconds done_at(units::Seconds now) const;
  void enter(Phase phase, units::Seconds since, std::optional<units::Seconds> until);
  [[nodiscard]] Next load(units::Seconds now);
  [[nodiscard]] Next work(units::Seconds now);
  [[nodiscard]] Next save(units::Seconds now);
  [[nodiscard]] Next stage(units::Seconds now);
  [[nodiscard]] static Next leaving(Phase phase, units::Seconds since, Next next);

  PhaseTerms terms_;
  Phase phase_ = Phase::kStopped;
  units::Seconds phase_began_{0};
  units::Seconds pause_{0};  // work that began is over, or stops for a checkpoint
  std::optional<units::Seconds> until_;
  bool resumes_ = false;
  units::Seconds done_{0};                   // of the work, before the present phase
  units::Seconds saved_{0};                  // of it, in a complete checkpoint or else kept
  std::optional<units::Seconds> in_flight_;  // what the checkpoint holds that is being written beside the work
  units::Seconds written_at_{0};             // the one before
};

}  // namespace gigasim::engine
