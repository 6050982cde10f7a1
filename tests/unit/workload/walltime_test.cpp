#include "walltime.hpp"

#include <catch2/catch.hpp>

#include "gigasim/catalogue/catalogue.hpp"
#include "gigasim/units/grid.hpp"
#include "synthetic.hpp"

using namespace gigasim;
using scenario::Walltime;
using units::Seconds;
using workload::popular_request;
using workload::RandomStream;
using workload::WalltimeLaw;

namespace {

constexpr double kHour = 3600.0;

bool is_popular(Seconds request) {
  return popular_request(request) == request;
}

}  // namespace

TEST_CASE("requests are rounded up to popular values and whole days", "[workload][walltime]") {
  CHECK(popular_request(Seconds{1}) == Seconds{300});
  CHECK(popular_request(Seconds{300}) == Seconds{300});
  CHECK(popular_request(Seconds{301}) == Seconds{600});
  CHECK(popular_request(Seconds{8.5 * kHour}) == Seconds{12 * kHour});
  CHECK(popular_request(Seconds{72 * kHour}) == Seconds{72 * kHour});
  CHECK(popular_request(Seconds{72 * kHour + 1}) == Seconds{96 * kHour});
  CHECK(popular_request(Seconds{240.5 * kHour}) == Seconds{264 * kHour});
}

TEST_CASE("an exact request is the runtime and a factor multiplies it on the grid", "[workload][walltime]") {
  RandomStream random{1, "test", "walltimes"};
  CHECK(WalltimeLaw{{Walltime::Kind::kExact, 1.0, "", Seconds{0}}}.draw(random, Seconds{77}) == Seconds{77});
  CHECK(WalltimeLaw{{Walltime::Kind::kFactor, 1.5, "", Seconds{0}}}.draw(random, Seconds{77}) == Seconds{115.5});
  // 77 x 1.1 = 84.7 s = 86732.8 ticks -> 86733
  CHECK(WalltimeLaw{{Walltime::Kind::kFactor, 1.1, "", Seconds{0}}}.draw(random, Seconds{77}) ==
        units::from_ticks(86733));
  CHECK(WalltimeLaw{{Walltime::Kind::kFactor, 0.5, "", Seconds{0}}}.draw(random, Seconds{77}) == Seconds{77});
}

TEST_CASE("modelled requests run to the limit as often as the model says, else are popular", "[workload][walltime]") {
  const auto* model = catalogue::find_walltime_model("theta");
  REQUIRE(model != nullptr);
  constexpr int kDraws = 20000;
  const Seconds runtime{1234.5};  // no popular value
  const WalltimeLaw law{{Walltime::Kind::kModel, 1.0, "theta", Seconds{72 * kHour}}};
  RandomStream random{1, "test", "walltimes"};
  int exact = 0;
  for (int i = 0; i < kDraws; ++i) {
    const Seconds request = law.draw(random, runtime);
    exact += request == runtime ? 1 : 0;
    REQUIRE((request == runtime || is_popular(request)));
    REQUIRE(request >= runtime);
    REQUIRE(request <= Seconds{72 * kHour});
  }
  const double p = model->p_full;
  CHECK(std::fabs(exact - kDraws * p) < 4.0 * std::sqrt(kDraws * p * (1.0 - p)));
}

TEST_CASE("the share of modelled requests at or below a popular value is that of the beta law",
          "[workload][walltime]") {
  // A runtime of 1800 s asks for 1800 s / r. Requests of at most 2 h have r >= 1/4. With b = 1 the beta law has the
  // distribution function x^a: P(r >= 1/4) = 1 - 4^-a. The kth model (a = 0.411, b = 0.632) has no such form, so the
  // integral is summed in y = r^a, in which the density at 0 is finite: dF = (1 - r)^(b-1) dy / (a B(a, b)).
  const auto* model = catalogue::find_walltime_model("kth");
  REQUIRE(model != nullptr);
  const double a = model->beta_a;
  const double b = model->beta_b;
  const double log_beta = std::lgamma(a) + std::lgamma(b) - std::lgamma(a + b);
  const double top = std::pow(0.25, a);
  double below = 0.0;
  constexpr int kSteps = 20000;
  for (int i = 0; i < kSteps; ++i) {
    const double y = top * (i + 0.5) / kSteps;
    below += std::pow(1.0 - std::pow(y, 1.0 / a), b - 1.0) * top / kSteps;
  }
  const double short_requests = model->p_full + (1.0 - model->p_full) * (1.0 - below / (a * std::exp(log_beta)));
  const WalltimeLaw law{{Walltime::Kind::kModel, 1.0, "kth", Seconds{72 * kHour}}};
  RandomStream random{1, "test", "walltimes"};
  constexpr int kDraws = 20000;
  int found = 0;
  for (int i = 0; i < kDraws; ++i) found += law.draw(random, Seconds{1800}) <= Seconds{2 * kHour} ? 1 : 0;
  CHECK(std::fabs(found - kDraws * short_requests) < 4.0 * std::sqrt(kDraws * short_requests * (1.0 - short_requests)));
}

TEST_CASE("a request is capped at the limit, or above a longer runtime at whole days", "[workload][walltime]") {
  RandomStream random{1, "test", "walltimes"};
  const WalltimeLaw law{{Walltime::Kind::kModel, 1.0, "theta", Seconds{20 * kHour}}};
  for (int i = 0; i < 2000; ++i) {
    REQUIRE(law.draw(random, Seconds{19 * kHour}) <= Seconds{20 * kHour});  // though 24 h is the popular value
    const Seconds over = law.draw(random, Seconds{21 * kHour});
    REQUIRE((over == Seconds{21 * kHour} || over == Seconds{24 * kHour}));
    const Seconds long_run = law.draw(random, Seconds{100 * kHour});
    REQUIRE((long_run == Seconds{100 * kHour} || long_run == Seconds{120 * kHour}));
  }
}
