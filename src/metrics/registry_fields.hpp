#pragma once

#include <cstdint>
#include <limits>

#include "gigasim/metrics/results.hpp"

/// How the registry's metrics are read from a block.
namespace gigasim::metrics::fields {

using Figure = Distribution::Figure;

/// In the place of a figure that a group or a scenario has not.
inline constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();

inline Figure exact(std::int64_t count) {
  return {static_cast<double>(count), false};
}

/// Reads a plain number of a block.
template <double Block::*Field>
Figure plain(const Block& block) {
  return {block.*Field, false};
}

/// Reads a number that not every block has.
template <std::optional<double> Block::*Field>
Figure if_any(const Block& block) {
  return {(block.*Field).value_or(kNoNumber), false};
}

template <std::int64_t JobCounts::*Field>
Figure job_count(const Block& block) {
  return exact(block.jobs.*Field);
}

template <Distribution Block::*Sample, Figure Distribution::*Field>
Figure location(const Block& block) {
  return (block.*Sample).*Field;
}

template <Mean Block::*Field>
Figure mean(const Block& block) {
  return {(block.*Field).value, false};
}

/// Reads a figure that only the network has.
template <std::optional<double> UserFigures::*Field>
Figure of_users(const Block& block) {
  return {(block.users.*Field).value_or(kNoNumber), false};
}

/// Reads a figure that only the network has.
template <std::optional<double> RegionalFigures::*Field>
Figure regional(const Block& block) {
  return {(block.regional.*Field).value_or(kNoNumber), false};
}

/// Reads a figure of scenarios with failures, or with jobs that save their work.
template <auto Field>
Figure of_reliability(const Block& block) {
  return {block.reliability ? static_cast<double>((*block.reliability).*Field) : kNoNumber, false};
}

template <double GrantedHours::*Field>
Figure granted(const Block& block) {
  return {block.granted.projects > 0 ? block.granted.*Field : kNoNumber, false};
}

/// Reads a figure of work, which a scenario without such work has not.
template <std::optional<double> AiFigures::*Field>
Figure of_work(const Block& block) {
  return {(block.ai.*Field).value_or(kNoNumber), false};
}

template <models::AiTask Task>
Figure tokens_of(const Block& block) {
  return {block.ai.tokens[static_cast<std::size_t>(Task)].value_or(kNoNumber), false};
}

template <std::size_t Holder>
Figure delivered(const Block& block) {
  return {block.delivered.delivered[Holder].value_or(kNoNumber), false};
}

template <std::size_t Holder>
Figure share_target(const Block& block) {
  return {block.delivered.target[Holder].value_or(kNoNumber), false};
}

/// Reads a figure of the services of a group.
template <double ServiceFigures::*Field>
Figure of_service(const Block& block) {
  return {block.service.any ? block.service.*Field : kNoNumber, false};
}

template <RequestTimes ServiceFigures::*Sample, std::optional<double> RequestTimes::*Field>
Figure of_requests(const Block& block) {
  return {(block.service.*Sample.*Field).value_or(kNoNumber), false};
}

inline Figure idle_hours(const Block& block) {
  const double idle = block.accelerator_hours_available - block.accelerator_hours - block.held_idle_accelerator_hours;
  return {block.has_machines ? idle : kNoNumber, false};
}

/// Share of the accelerator-hours delivered that was work which counts.
inline double counting_share(const Block& block) {
  if (block.reliability && block.reliability->goodput) return *block.reliability->goodput;
  if (block.accelerator_hours <= 0.0) return 1.0;
  return 1.0 - block.preempted_accelerator_hours / block.accelerator_hours;
}

/// In kWh per H100-equivalent hour.
inline Figure energy_per_hour(const Block& block) {
  constexpr double kKwhPerMwh = 1000.0;
  const double hours = block.h100_equivalent_hours * counting_share(block);
  return {hours > 0.0 ? block.energy_mwh * kKwhPerMwh / hours : kNoNumber, false};
}

/// Origins ask, and hold nothing; quarters and years have the hours of the network.
inline Figure inference_h100_hours(const Block& block) {
  const bool held = block.inference_accelerator_hours > 0.0 || (block.has_machines && block.service.any);
  return {held ? block.inference_h100_equivalent_hours : kNoNumber, false};
}

}  // namespace gigasim::metrics::fields
