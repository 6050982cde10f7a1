#include "figures.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>
#include <utility>

namespace gigasim::report {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

void blank_if_empty(metrics::Distribution& distribution) {
  if (distribution.count > 0) return;
  const Figure none{kNone, false};
  distribution.mean = distribution.median = distribution.p95 = distribution.p99 = distribution.max = none;
}

void blank_if_empty(metrics::Mean& mean) {
  if (mean.count == 0) mean.value = kNone;
}

/// A quantile of no jobs is not 0. Blanking it at the source lets every metric that draws on it come out blank, without
/// this file knowing which they are.
metrics::Block without_empty_samples(const metrics::Block& block) {
  metrics::Block copy = block;
  blank_if_empty(copy.queue_time_s);
  blank_if_empty(copy.queue_time_weighted_s);
  blank_if_empty(copy.bounded_slowdown);
  blank_if_empty(copy.pods_per_job);
  blank_if_empty(copy.walltime_accuracy);
  blank_if_empty(copy.distance_km);
  return copy;
}

std::optional<Figure> value_in(const metrics::Metric& metric, const metrics::Block& blanked) {
  const Figure figure = metric.value(blanked);
  if (!std::isfinite(figure.value)) return std::nullopt;
  return figure;
}

}  // namespace

std::vector<std::optional<Figure>> figures_of(const metrics::Block& block) {
  const metrics::Block blanked = without_empty_samples(block);
  std::vector<std::optional<Figure>> figures;
  figures.reserve(metrics::registry().size());
  for (const metrics::Metric& metric : metrics::registry()) figures.push_back(value_in(metric, blanked));
  return figures;
}

std::optional<Figure> figure_of(const metrics::Block& block, std::string_view metric) {
  const metrics::Metric* found = metrics::find_metric(metric);
  return found == nullptr ? std::nullopt : value_in(*found, without_empty_samples(block));
}

const std::vector<metrics::Block>& blocks_of(const metrics::Results& results, std::string_view json_array) {
  using Blocks = std::vector<metrics::Block> metrics::Results::*;
  static constexpr std::array<std::pair<std::string_view, Blocks>, 5> kArrays{{
      {"sites", &metrics::Results::sites},
      {"access_classes", &metrics::Results::access_classes},
      {"origins", &metrics::Results::origins},
      {"streams", &metrics::Results::streams},
      {"labels", &metrics::Results::labels},
  }};
  for (const auto& [name, blocks] : kArrays) {
    if (name == json_array) return results.*blocks;
  }
  throw std::logic_error("no blocks for the grouping " + std::string{json_array});
}

std::vector<metrics::Grouping> array_groupings() {
  std::vector<metrics::Grouping> arrays;
  for (const metrics::Grouping& grouping : metrics::groupings()) {
    if (grouping.label != "network") arrays.push_back(grouping);
  }
  return arrays;
}

}  // namespace gigasim::report
