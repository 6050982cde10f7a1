#include "phased_run.hpp"

#include <catch2/catch.hpp>

using namespace gigasim;
using engine::PhasedRun;
using engine::PhaseTerms;
using metrics::Spent;

namespace {

units::Seconds s(double seconds) {
  return units::Seconds{seconds};
}

/// 250 s of work, a checkpoint of 10 B after each 100 s.
PhaseTerms terms(bool asynchronous = false) {
  PhaseTerms t;
  t.work = s(250);
  t.interval = s(100);
  t.checkpoint = units::Bytes{10};
  t.asynchronous = asynchronous;
  t.staging = s(5);
  return t;
}

}  // namespace

TEST_CASE("a run works and saves by turns, and does not save at its end") {
  PhasedRun run(terms());
  CHECK(run.begin(s(0), s(60)).until == s(100));  // nothing to restart from yet
  CHECK(run.timer(s(100)).transfer == units::Bytes{10});
  const auto saved = run.transfer_ended(s(120));
  CHECK(saved.until == s(220));
  CHECK(saved.spent == Spent::kCheckpoint);
  CHECK(saved.since == s(100));
  CHECK(run.timer(s(220)).transfer == units::Bytes{10});
  CHECK(run.transfer_ended(s(230)).until == s(280));  // 50 s are left
  CHECK(run.timer(s(280)).over);
}

TEST_CASE("an interrupted run has to do again what it did since its last checkpoint") {
  PhasedRun run(terms());
  static_cast<void>(run.begin(s(0), s(0)));
  static_cast<void>(run.timer(s(100)));
  static_cast<void>(run.transfer_ended(s(120)));
  const auto stopped = run.stop(s(190), PhasedRun::Keep::kSaved);  // 70 s after it went on
  CHECK(stopped.lost == s(70));
  CHECK_FALSE(stopped.spent);
  CHECK(run.begin(s(200), s(60)).until == s(260));  // restart, ...
  const auto restarted = run.timer(s(260));
  CHECK(restarted.spent == Spent::kRestart);
  CHECK(restarted.transfer == units::Bytes{10});  // ... the checkpoint comes back, ...
  const auto loaded = run.transfer_ended(s(261));
  CHECK(loaded.spent == Spent::kLoad);
  CHECK(loaded.until == s(361));  // ... and from 100 s of work on it goes on
}

TEST_CASE("a checkpoint that is not written when its run is interrupted is worth nothing") {
  PhasedRun run(terms());
  static_cast<void>(run.begin(s(0), s(0)));
  static_cast<void>(run.timer(s(100)));
  const auto stopped = run.stop(s(110), PhasedRun::Keep::kSaved);
  CHECK(stopped.lost == s(100));
  CHECK(stopped.spent == Spent::kCheckpoint);
  CHECK(stopped.since == s(100));
  CHECK(run.saved() == s(0));
}

TEST_CASE("a run that is stopped in order keeps all its work") {
  PhasedRun run(terms());
  static_cast<void>(run.begin(s(0), s(0)));
  CHECK(run.stop(s(42), PhasedRun::Keep::kAll).lost == s(0));
  CHECK(run.saved() == s(42));
}

TEST_CASE("an asynchronous checkpoint stops the work for its staging alone") {
  PhasedRun run(terms(true));
  CHECK(run.begin(s(0), s(0)).until == s(105));  // 100 of work, 5 of staging
  const auto staged = run.timer(s(105));
  CHECK(staged.until == s(210));
  CHECK(staged.transfer == units::Bytes{10});
  CHECK(staged.spent == Spent::kCheckpoint);
  CHECK(staged.since == s(100));
  CHECK(run.saved() == s(0));  // not written yet
  run.written(s(150));
  CHECK(run.saved() == s(100));
  CHECK(run.stop(s(180), PhasedRun::Keep::kSaved).lost == s(75));
}

TEST_CASE("a run that is stopped while a checkpoint is staged has done no more than before it") {
  PhasedRun run(terms(true));
  static_cast<void>(run.begin(s(0), s(0)));
  const auto stopped = run.stop(s(103), PhasedRun::Keep::kSaved);
  CHECK(stopped.lost == s(100));
  CHECK(stopped.spent == Spent::kCheckpoint);
  CHECK(stopped.since == s(100));
}

TEST_CASE("nothing is staged after the last of the work") {
  PhasedRun run(terms(true));
  static_cast<void>(run.begin(s(0), s(0)));
  static_cast<void>(run.timer(s(105)));
  run.written(s(106));
  CHECK(run.timer(s(210)).until == s(260));  // 50 are left
  CHECK(run.timer(s(260)).over);
}

TEST_CASE("a checkpoint waits for the one before it") {
  PhasedRun run(terms(true));
  static_cast<void>(run.begin(s(0), s(0)));
  static_cast<void>(run.timer(s(105)));  // works until 205, the first checkpoint on its way
  const auto stalled = run.timer(s(210));
  CHECK_FALSE(stalled.until);
  CHECK_FALSE(stalled.transfer);
  CHECK(run.awaits_transfer());
  CHECK(run.transfer_ended(s(215)).until == s(220));  // now the staging of the second
  CHECK(run.saved() == s(100));
  const auto staged = run.timer(s(220));
  CHECK(staged.until == s(270));  // the rest
  CHECK(staged.transfer == units::Bytes{10});
  CHECK(staged.spent == Spent::kCheckpoint);
  CHECK(staged.since == s(205));
}

TEST_CASE("a checkpoint waits for one that was written while it would have been staged") {
  PhasedRun run(terms(true));
  static_cast<void>(run.begin(s(0), s(0)));
  static_cast<void>(run.timer(s(105)));
  run.written(s(207));  // told later, before the timer
  CHECK(run.timer(s(210)).until == s(212));
  const auto staged = run.timer(s(212));
  CHECK(staged.until == s(262));
  CHECK(staged.since == s(205));
  CHECK(run.stop(s(220), PhasedRun::Keep::kSaved).lost == s(108));  // 100 to 200 in the second, not written; 8 since
}
