#include <array>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <utility>

#include "gigasim/metrics/registry.hpp"

namespace gigasim::metrics {
namespace {

constexpr Distribution::Figure kNoFigure{std::numeric_limits<double>::quiet_NaN(), false};

void blank_if_empty(Distribution& distribution) {
  if (distribution.count > 0) return;
  distribution.mean = distribution.median = distribution.p95 = distribution.p99 = distribution.max = kNoFigure;
}

void blank_if_empty(Mean& mean) {
  if (mean.count == 0) mean.value = std::numeric_limits<double>::quiet_NaN();
}

bool has_empty_sample(const Block& block) {
  return block.queue_time_s.count == 0 || block.queue_time_weighted_s.count == 0 || block.bounded_slowdown.count == 0 ||
         block.pods_per_job.count == 0 || block.walltime_accuracy.count == 0 || block.distance_km.count == 0 ||
         block.projects == 0 || block.trusted_utilisation.count == 0;
}

}  // namespace

std::optional<Distribution::Figure> measured(const Metric& metric, const Block& block) {
  // A quantile of no jobs is not 0. Blanking it at the source lets every metric that draws on it come out blank,
  // without this file knowing which they are.
  Block blanked;
  const Block* source = &block;
  if (has_empty_sample(block)) {
    blanked = block;
    if (blanked.queue_time_s.count == 0) blanked.started_within_target = kNoFigure;
    blank_if_empty(blanked.trusted_utilisation);
    blank_if_empty(blanked.queue_time_s);
    blank_if_empty(blanked.queue_time_weighted_s);
    blank_if_empty(blanked.bounded_slowdown);
    blank_if_empty(blanked.pods_per_job);
    blank_if_empty(blanked.walltime_accuracy);
    blank_if_empty(blanked.distance_km);
    blank_if_empty(blanked.decision_time_s);
    blank_if_empty(blanked.onboarding_time_s);
    blank_if_empty(blanked.time_to_access_s);
    source = &blanked;
  }
  const Distribution::Figure figure = metric.value(*source);
  if (!std::isfinite(figure.value)) return std::nullopt;
  return figure;
}

const std::vector<Block>& blocks_of(const Results& results, std::string_view json_array) {
  using Blocks = std::vector<Block> Results::*;
  static constexpr std::array<std::pair<std::string_view, Blocks>, 7> kArrays{{
      {"sites", &Results::sites},
      {"access_classes", &Results::access_classes},
      {"origins", &Results::origins},
      {"streams", &Results::streams},
      {"labels", &Results::labels},
      {"quarters", &Results::quarters},
      {"years", &Results::years},
  }};
  for (const auto& [name, blocks] : kArrays) {
    if (name == json_array) return results.*blocks;
  }
  throw std::logic_error("no blocks for the grouping " + std::string{json_array});
}

}  // namespace gigasim::metrics
