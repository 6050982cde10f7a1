#pragma once

#include <optional>
#include <vector>

/// How equally something is shared out, and how concentrated it is.
namespace gigasim::metrics {

/// What everyone of a group has, and how many they are (any unit).
struct Endowment {
  double each = 0.0, weight = 1.0;
};

/// Returns the Gini coefficient: half the mean absolute difference between two members, over the mean,
///
///     G = sum_i sum_j p_i p_j |x_i - x_j| / (2 sum_i p_i x_i)      (p_i: weight over the sum of weights)
///
/// 0 when all have the same; below 1. Nothing for fewer than two groups or when nobody has anything. Source: C. Gini,
/// Variabilita e mutabilita, 1912; weighted by population as B. Milanovic, Worlds Apart, 2005, "concept 2".
[[nodiscard]] std::optional<double> gini(const std::vector<Endowment>& groups);

/// Returns Jain's fairness index, J = (sum_i p_i x_i)^2 / sum_i p_i x_i^2: 1 when all have the same, 1/n when one of n
/// of equal weight has all. Nothing as for gini(). Source: R. Jain, D. Chiu, W. Hawe, DEC-TR-301, 1984.
[[nodiscard]] std::optional<double> jain(const std::vector<Endowment>& groups);

/// Returns the Herfindahl-Hirschman index: the sum of the squares of the shares, 1/n to 1. (Competition law multiplies
/// it by 10,000.) Nothing when there is nothing to share. Source: A. Hirschman, American Economic Review 54, 1964.
[[nodiscard]] std::optional<double> herfindahl_hirschman(const std::vector<double>& parts);

}  // namespace gigasim::metrics
