#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gigasim::scenario {

/// A metric that expectations may name. Who measures says which there are: this room only knows how they are written.
struct MetricName {
  std::string_view name;  ///< "queue_time_p95"
  std::string_view unit;  ///< "s", "MWh", "MW", "jobs", "" for a pure number
};

enum class Comparison { kLess, kAtMost, kMore, kAtLeast, kEqual, kWithin };

/// What a run is expected to give: `queue_time_p95{user_type=sme} < 2 d`.
struct Expectation {
  std::string text;  ///< as written
  std::string metric;
  std::string unit;        ///< of the metric, and of the limits here
  std::string key, value;  ///< the group that is meant; both empty for the network
  Comparison comparison = Comparison::kLess;
  std::optional<double> low;   ///< for > >= == in
  std::optional<double> high;  ///< for < <= == in
  bool in_percent = false;     ///< the limit was written with the sign %
  std::string at;              ///< where it was written: "eu.yaml:9:5"

  /// The place says nothing of what is expected.
  bool operator==(const Expectation& other) const {
    return text == other.text && metric == other.metric && unit == other.unit && key == other.key &&
           value == other.value && comparison == other.comparison && low == other.low && high == other.high &&
           in_percent == other.in_percent;
  }
};

}  // namespace gigasim::scenario
