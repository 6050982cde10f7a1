#include "equality.hpp"

#include <cmath>

namespace gigasim::metrics {
namespace {

struct Moments {
  double weight = 0.0, sum = 0.0, squares = 0.0;
};

/// Nothing when no comparison can be made.
std::optional<Moments> moments_of(const std::vector<Endowment>& groups) {
  Moments m;
  for (const Endowment& group : groups) {
    m.weight += group.weight;
    m.sum += group.weight * group.each;
    m.squares += group.weight * group.each * group.each;
  }
  if (groups.size() < 2 || m.weight <= 0.0 || m.sum <= 0.0) return std::nullopt;
  return m;
}

}  // namespace

std::optional<double> gini(const std::vector<Endowment>& groups) {
  const auto m = moments_of(groups);
  if (!m) return std::nullopt;
  double differences = 0.0;  // each pair once, which makes up for the 2 of the formula
  for (std::size_t i = 0; i < groups.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      differences += groups[i].weight * groups[j].weight * std::abs(groups[i].each - groups[j].each);
    }
  }
  return differences / (m->weight * m->sum);
}

std::optional<double> jain(const std::vector<Endowment>& groups) {
  const auto m = moments_of(groups);
  if (!m) return std::nullopt;
  return m->sum * m->sum / (m->weight * m->squares);
}

std::optional<double> herfindahl_hirschman(const std::vector<double>& parts) {
  double sum = 0.0;
  double squares = 0.0;
  for (const double part : parts) {
    sum += part;
    squares += part * part;
  }
  if (sum <= 0.0) return std::nullopt;
  return squares / (sum * sum);
}

}  // namespace gigasim::metrics
