#include "equality.hpp"

#include <catch2/catch.hpp>
#include <random>

using namespace gigasim::metrics;

TEST_CASE("all having the same is a Gini of 0 and a Jain of 1", "[metrics][equality]") {
  const std::vector<Endowment> same{{7.0, 1.0}, {7.0, 80.0}, {7.0, 0.5}};
  CHECK(*gini(same) == 0.0);
  CHECK(*jain(same) == Approx(1.0));
}

TEST_CASE("one of n having all is a Gini of 1 - 1/n and a Jain of 1/n", "[metrics][equality]") {
  // Four of equal weight: three pairs differ by 8, so G = 3 * 8 / (4 * 8) = 3/4, J = 8^2 / (4 * 8^2) = 1/4.
  const std::vector<Endowment> one{{0.0}, {8.0}, {0.0}, {0.0}};
  CHECK(*gini(one) == 0.75);
  CHECK(*jain(one) == 0.25);
}

TEST_CASE("a group of weight 3 is three of weight 1", "[metrics][equality]") {
  const std::vector<Endowment> grouped{{2.0, 3.0}, {5.0, 1.0}};
  const std::vector<Endowment> single{{2.0}, {2.0}, {2.0}, {5.0}};
  CHECK(*gini(grouped) == Approx(*gini(single)));
  CHECK(*jain(grouped) == Approx(*jain(single)));
  // 3 pairs differ by 3; sum 11: 9 / (4 * 11). 11^2 / (4 * 37).
  CHECK(*gini(grouped) == Approx(9.0 / 44.0));
  CHECK(*jain(grouped) == Approx(121.0 / 148.0));
}

TEST_CASE("there is no equality among one, and none of nothing", "[metrics][equality]") {
  CHECK_FALSE(gini({}));
  CHECK_FALSE(jain({{3.0, 2.0}}));
  CHECK_FALSE(gini({{0.0}, {0.0}}));
  CHECK_FALSE(jain({{1.0, 0.0}, {2.0, 0.0}}));
}

TEST_CASE("the Herfindahl-Hirschman index is the sum of squared shares", "[metrics][equality]") {
  CHECK(*herfindahl_hirschman({5.0}) == 1.0);
  CHECK(*herfindahl_hirschman({1.0, 1.0, 1.0, 1.0}) == 0.25);
  CHECK(*herfindahl_hirschman({30.0, 10.0}) == Approx(0.75 * 0.75 + 0.25 * 0.25));
  CHECK_FALSE(herfindahl_hirschman({}));
  CHECK_FALSE(herfindahl_hirschman({0.0, 0.0}));
}

TEST_CASE("indices of random endowments stay in their bounds and do not depend on the unit", "[metrics][equality]") {
  std::mt19937 random{11};
  std::uniform_real_distribution<double> number{0.01, 100.0};
  for (int round = 0; round < 200; ++round) {
    std::vector<Endowment> groups(2 + random() % 20);
    for (Endowment& group : groups) group = {number(random), number(random)};
    std::vector<Endowment> scaled = groups;
    for (Endowment& group : scaled) group = {group.each * 1000.0, group.weight * 0.001};
    CHECK(*gini(groups) >= 0.0);
    CHECK(*gini(groups) < 1.0);
    CHECK(*jain(groups) <= 1.0 + 1e-12);
    CHECK(*jain(groups) > 0.0);
    CHECK(*gini(scaled) == Approx(*gini(groups)).epsilon(1e-12));
    CHECK(*jain(scaled) == Approx(*jain(groups)).epsilon(1e-12));
  }
}
