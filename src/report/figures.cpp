#include "figures.hpp"

namespace gigasim::report {

std::vector<std::optional<Figure>> figures_of(const metrics::Block& block) {
  std::vector<std::optional<Figure>> figures;
  figures.reserve(metrics::registry().size());
  for (const metrics::Metric& metric : metrics::registry()) figures.push_back(metrics::measured(metric, block));
  return figures;
}

std::optional<Figure> figure_of(const metrics::Block& block, std::string_view metric) {
  const metrics::Metric* found = metrics::find_metric(metric);
  return found == nullptr ? std::nullopt : metrics::measured(*found, block);
}

std::vector<metrics::Grouping> array_groupings() {
  std::vector<metrics::Grouping> arrays;
  for (const metrics::Grouping& grouping : metrics::groupings()) {
    if (grouping.label != "network") arrays.push_back(grouping);
  }
  return arrays;
}

}  // namespace gigasim::report
