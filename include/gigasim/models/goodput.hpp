#pragma once

/// What failures leave of a training run: docs/models/ai.md, section 3. Pure functions, all times in seconds.
namespace gigasim::models {

/// Returns the checkpoint interval sqrt(2 w / lambda) that loses least (Young 1974, to first order): `blocking` is the
/// time w for which a checkpoint stops the run, `rate` the interruptions per second.
[[nodiscard]] double young_interval(double blocking, double rate);

/// Returns the interval that is exactly best for failures at a constant rate (Daly 2006), by the condition
/// lambda D = 1 - exp(-lambda (D + w)).
[[nodiscard]] double daly_interval(double blocking, double rate);

/// Returns the share of the time that is work which counts,
///
///     ETTR = lambda D exp(-lambda R) / (exp(lambda (D + w)) - 1),
///
/// with interruptions at a constant `rate` lambda, `interval` D of work between checkpoints, `blocking` w for each, and
/// `restart` R from an interruption to work going on (detect, restart, reload), which may be interrupted too. 1 without
/// failures and checkpoints.
[[nodiscard]] double effective_training_time_ratio(double rate, double interval, double blocking, double restart);

}  // namespace gigasim::models
