#include "fair_share.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>
#include <random>

using gigasim::scheduling::FairShare;
using gigasim::units::Seconds;

TEST_CASE("use builds up and halves as the closed form says", "[scheduling][fair_share]") {
  FairShare shares{Seconds{100}};
  const auto a = shares.add(FairShare::kRoot, 1.0);
  shares.hold(a, 3, Seconds{0});
  // 3 accelerators for one half-life: 3 * 100 / ln 2 * (1 - 1/2)
  const double built_up = 150.0 / std::numbers::ln2;
  CHECK(shares.used(a, Seconds{100}) == Approx(built_up).epsilon(1e-12));
  shares.hold(a, -3, Seconds{100});
  CHECK(shares.used(a, Seconds{200}) == Approx(built_up / 2).epsilon(1e-12));
  CHECK(shares.used(a, Seconds{400}) == Approx(built_up / 8).epsilon(1e-12));
  // For ever: what decays is what is added, 3 / (ln 2 / 100).
  shares.hold(a, 3, Seconds{400});
  CHECK(shares.used(a, Seconds{1e5}) == Approx(300.0 / std::numbers::ln2).epsilon(1e-12));
}

TEST_CASE("with a long half-life use is accelerator-seconds", "[scheduling][fair_share]") {
  FairShare shares{Seconds{1e9}};
  const auto a = shares.add(FairShare::kRoot, 1.0);
  shares.hold(a, 4, Seconds{0});
  shares.hold(a, -4, Seconds{250});
  CHECK(shares.used(a, Seconds{250}) == Approx(1000.0).epsilon(1e-6));
}

TEST_CASE("the factor is 1 for who has used nothing and a half for who has used its share",
          "[scheduling][fair_share]") {
  FairShare shares{Seconds{100}};
  const auto a = shares.add(FairShare::kRoot, 1.0);
  const auto b = shares.add(FairShare::kRoot, 1.0);
  const auto c = shares.add(FairShare::kRoot, 2.0);
  CHECK(shares.factor(a, Seconds{0}) == 1.0);
  for (const auto account : {a, b}) shares.hold(account, 5, Seconds{0});
  // a and b have used a half each and have a quarter each; c has used nothing.
  CHECK(shares.factor(a, Seconds{50}) == Approx(std::exp2(-0.5 / 0.25)));
  CHECK(shares.factor(c, Seconds{50}) == 1.0);
  shares.hold(c, 10, Seconds{0});  // as much as both, with as many shares
  CHECK(shares.factor(a, Seconds{70}) == Approx(0.5));
  CHECK(shares.factor(c, Seconds{70}) == Approx(0.5));
}

// All hold from the same moment on, so that use is in proportion to what they hold: a1 2, a2 2, b 6 of 10.
//   A: 60 shares of 100, U_E = U = 0.4              b: 40 of 100, U_E = U = 0.6, F = 2^-(0.6 / 0.4)
//   a1: 3 of 4, S = 0.45, U_E = 0.2 + (0.4 - 0.2) * 3/4 = 0.35, F = 2^-(0.35 / 0.45)
//   a2: 1 of 4, S = 0.15, U_E = 0.2 + (0.4 - 0.2) * 1/4 = 0.25, F = 2^-(0.25 / 0.15)
TEST_CASE("the effective use of an account leans towards that of its parent", "[scheduling][fair_share]") {
  FairShare shares{Seconds{3600}};
  const auto big = shares.add(FairShare::kRoot, 60);
  const auto b = shares.add(FairShare::kRoot, 40);
  const auto a1 = shares.add(big, 3);
  const auto a2 = shares.add(big, 1);
  shares.hold(a1, 2, Seconds{10});
  shares.hold(a2, 2, Seconds{10});
  shares.hold(b, 6, Seconds{10});
  const Seconds now{5000};
  CHECK(shares.factor(a1, now) == Approx(std::exp2(-7.0 / 9.0)));
  CHECK(shares.factor(a2, now) == Approx(std::exp2(-5.0 / 3.0)));
  CHECK(shares.factor(b, now) == Approx(std::exp2(-1.5)));
  CHECK(shares.used(big, now) == Approx(shares.used(a1, now) + shares.used(a2, now)));
}

TEST_CASE("asking changes nothing, to the bit", "[scheduling][fair_share][property]") {
  std::mt19937 random(4);
  FairShare asked{Seconds{1000}};
  FairShare left_alone{Seconds{1000}};
  for (int i = 0; i < 5; ++i) {
    static_cast<void>(asked.add(FairShare::kRoot, 1 + i));
    static_cast<void>(left_alone.add(FairShare::kRoot, 1 + i));
  }
  double now = 0;
  for (int step = 0; step < 500; ++step) {
    now += static_cast<double>(random() % 400);
    const auto account = static_cast<FairShare::Account>(1 + random() % 5);
    const auto change = static_cast<std::int64_t>(random() % 9);
    asked.hold(account, change, Seconds{now});
    left_alone.hold(account, change, Seconds{now});
    static_cast<void>(asked.factor(1, Seconds{now + 1}));
  }
  for (FairShare::Account a = 1; a <= 5; ++a) {
    CHECK(asked.factor(a, Seconds{now}) == left_alone.factor(a, Seconds{now}));
  }
}
