#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gigasim/units/quantity.hpp"

/// Which sites may take which jobs, and what a broker weighs.
namespace gigasim::scenario {

/// A type of accelerator that a job accepts.
struct AcceptedAccelerator {
  std::string id;      ///< catalogue id
  double speed = 1.0;  ///< the job's runtime and request are divided by this there
  bool operator==(const AcceptedAccelerator&) const = default;
};

/// What the jobs of a stream ask of the machine.
struct Requirements {
  std::vector<AcceptedAccelerator> accelerators;  ///< empty: any, at speed 1
  units::Bytes memory{0};                         ///< of one accelerator, at least
  bool operator==(const Requirements&) const = default;
};

/// Where the data of a stream's jobs may be processed.
enum class Residency : std::uint8_t {
  kAnywhere,
  kEu,       ///< in a member state of the EU
  kCountry,  ///< in the country that the job comes from
};

/// Whose jobs a site takes, by the country that they come from.
struct Eligibility {
  enum class Users : std::uint8_t { kAnyone, kEu, kCountries } users = Users::kAnyone;
  std::vector<std::string> countries;  ///< codes, rising; for kCountries
  bool operator==(const Eligibility&) const = default;
};

/// What the broker `weighted` puts on each criterion; docs/models/scheduling.md states the units.
struct BrokerWeights {
  double queue = 1.0;
  double distance = 0.0;
  double carbon = 0.0;
  double price = 0.0;
  bool operator==(const BrokerWeights&) const = default;
};

}  // namespace gigasim::scenario
