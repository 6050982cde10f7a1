#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gigasim/units/quantity.hpp"

/// What the cost model is told: plain values, from a run's results or made up.
namespace gigasim::cost {

/// A number with its bounds, in the unit of its parameter. `low` and `high` are bounds of the number.
struct Value {
  double best = 0.0;
  double low = 0.0;
  double high = 0.0;
  bool operator==(const Value&) const = default;
};

/// Values stated for single parameters, by name.
using Overrides = std::map<std::string, Value>;

/// From a moment on so many accelerators are online.
struct OnlineFrom {
  double moment = 0.0;  ///< as a fraction of the period: 0 and 1 are its beginning and end
  std::int64_t accelerators = 0;
};

struct PartitionFacts {
  std::string name;
  std::string accelerator;  ///< catalogue id
  std::int64_t count = 0;
  double h100_equivalent = 1.0;    ///< per accelerator
  units::Watts full_power{0};      ///< per accelerator, with its share of the node (IT)
  std::vector<OnlineFrom> online;  ///< moments rise; empty: all of them throughout
};

/// What a run says of a site in its results period. Hours are those of the whole period.
struct UseFacts {
  double period_hours = 0.0;
  double energy_it_mwh = 0.0;
  double energy_mwh = 0.0;  ///< facility
  double h100_equivalent_hours_available = 0.0;
  double h100_equivalent_hours = 0.0;                ///< delivered
  double accelerator_hours = 0.0;                    ///< delivered
  std::optional<double> h100_equivalent_hours_lost;  ///< to delay against the plan
  std::optional<double> tokens_trained;
  double training_h100_equivalent_hours = 0.0;        ///< delivered to what trained them
  std::optional<double> input_tokens, output_tokens;  ///< of the requests that services answered
  double inference_h100_equivalent_hours = 0.0;       ///< held by their replicas, starting up included
};

/// Who pays the capital, as fractions that sum 1.
struct Shares {
  double eu = 0.0;
  double national = 0.0;
  double private_money = 0.0;
  bool operator==(const Shares&) const = default;
};

struct SiteFacts {
  std::string name, title;
  std::string country;  ///< ISO 3166 code
  std::string kind;     ///< factory | gigafactory | supercomputer | antenna
  std::vector<PartitionFacts> partitions;
  std::optional<double> connection_mw;  ///< of the grid, as stated; nothing: by the load and the parameters
  std::optional<double> pue;            ///< nothing: that of the parameters
  std::optional<UseFacts> use;   ///< nothing: a year of 8,760 h with the parameters' availability and utilisation
  std::optional<Shares> shares;  ///< nothing: by the funding rules of its kind
  Overrides overrides;           ///< of this site, over those of Assumptions
};

/// Delivered H100-equivalent-hours of one access class in the period, all sites.
struct ClassUse {
  std::string access_class;  ///< catalogue id
  double h100_equivalent_hours = 0.0;
};

/// All that is assessed together.
struct Facts {
  std::vector<SiteFacts> sites;  ///< those without accelerators cost nothing and are left out
  std::vector<ClassUse> access_classes;
};

/// The catalogue's parameters, with what the user states instead.
struct Assumptions {
  Overrides overrides;  ///< of all sites
};

}  // namespace gigasim::cost
