#include "arrival_rate.hpp"

#include <catch2/catch.hpp>
#include <numeric>

#include "gigasim/scenario/load.hpp"
#include "synthetic.hpp"

using namespace gigasim;
using workload::ArrivalRate;
using workload::LocalClock;

namespace {

constexpr double kHour = 3600.0;
constexpr double kYear = 365.25 * 86400.0;

/// Rate over base.
double factor(ArrivalRate& rate, double seconds, const LocalClock& clock = {}) {
  return rate.relative_to_bound(seconds, clock) * rate.bound();
}

}  // namespace

TEST_CASE("the constant profile is 1 at all times", "[workload][arrivals]") {
  ArrivalRate rate{"constant", 0.0, {synthetic::kMonday}, units::Seconds{kYear}};
  CHECK(rate.bound() == 1.0);
  CHECK(factor(rate, 0.0) == 1.0);
  CHECK(factor(rate, 12345678.9) == 1.0);
}

TEST_CASE("a profile is the hour factor times the weekday factor with mean 1 over the week", "[workload][arrivals]") {
  ArrivalRate rate{"kth", 0.0, {synthetic::kMonday}, units::Seconds{kYear}};
  double sum = 0.0;
  for (int hour = 0; hour < 168; ++hour) sum += factor(rate, (hour + 0.5) * kHour);
  CHECK(sum / 168.0 == Approx(1.0).epsilon(1e-12));
  // KTH: 2.14 at 16 h, 0.06 at 5 h, Wednesday 1.29, Sunday 0.55. Its hours sum to 24.00 and its weekdays to 6.99.
  const double scale = 6.99 / 7.0;
  CHECK(factor(rate, (2 * 24 + 16) * kHour) == Approx(2.14 * 1.29 / scale));
  CHECK(factor(rate, (6 * 24 + 5) * kHour + 3599.9) == Approx(0.06 * 0.55 / scale));
  CHECK(rate.bound() == Approx(2.14 * 1.29 / scale));  // the peak hour of the peak day
}

TEST_CASE("the mean of a profile over a day and a half is the sum of its hours", "[workload][arrivals]") {
  ArrivalRate rate{"working_hours", 0.0, {synthetic::kMonday}, units::Seconds{kYear}};
  // Wednesday noon to Thursday noon by the clock of the origin. The hours before noon sum to 0.290 + 0.255 + 0.210 +
  // 0.145 + 0.145 + 0.195 + 0.300 + 0.600 + 1.065 + 1.635 + 1.995 + 1.930 = 8.765, those after to 1.840 + 1.910 + 2.070
  // + 1.970 + 1.925 + 1.605 + 1.340 + 0.795 + 0.625 + 0.425 + 0.380 + 0.350 = 15.235: 24 in all. The weekdays sum to 7.
  const double by_hand = (15.235 * 1.306 + 8.765 * 1.296) / 24.0;
  CHECK(rate.mean(2.5 * 24 * kHour, 3.5 * 24 * kHour, {}) == Approx(by_hand).epsilon(1e-12));
  CHECK(rate.mean((2.5 * 24 - 1) * kHour, (3.5 * 24 - 1) * kHour, {1, false}) == Approx(by_hand).epsilon(1e-12));
  // Half an hour of the hour of noon (1.840) and a quarter of the next (1.910).
  CHECK(rate.mean(60.5 * kHour, 61.25 * kHour, {}) ==
        Approx((0.5 * 1.840 + 0.25 * 1.910) / 0.75 * 1.306).epsilon(1e-12));
  CHECK(rate.mean(0.0, 168.0 * kHour, {}) == Approx(1.0).epsilon(1e-12));
}

TEST_CASE("a profile follows the clock of the origin, summer time included", "[workload][arrivals]") {
  // Last Sunday of March 2028: the 26th. From Monday 3 January that is day 83, and at 01:00 UTC the clocks change.
  ArrivalRate rate{"kth", 0.0, {synthetic::kMonday}, units::Seconds{kYear}};
  ArrivalRate utc{"kth", 0.0, {synthetic::kMonday}, units::Seconds{kYear}};
  const LocalClock berlin{1, true};
  const LocalClock reykjavik{0, false};
  const double change = (83 * 24 + 1) * kHour;
  CHECK(factor(rate, change - 1.0, berlin) == factor(utc, change - 1.0 + kHour));  // 01:59:59 local
  CHECK(factor(rate, change, berlin) == factor(utc, change + 2.0 * kHour));        // 03:00 local
  CHECK(factor(rate, change + 9.5 * kHour, reykjavik) == factor(utc, change + 9.5 * kHour));
  // Over midnight on Sunday the weekday is the local one: 23:30 UTC is Monday 00:30 in Berlin, in winter.
  CHECK(factor(rate, (6 * 24 + 23.5) * kHour, berlin) == factor(utc, (7 * 24 + 0.5) * kHour));
}

TEST_CASE("a period may begin at any minute", "[workload][arrivals]") {
  ArrivalRate whole{"nasa", 0.0, {synthetic::kMonday}, units::Seconds{kYear}};
  ArrivalRate shifted{"nasa", 0.0, {synthetic::kMonday + 1234}, units::Seconds{kYear}};
  CHECK(factor(shifted, 10.0 * kHour) == factor(whole, 10.0 * kHour + 1234.0));
}

TEST_CASE("growth of 100 % per year doubles the rate in 365.25 days", "[workload][arrivals]") {
  ArrivalRate rate{"constant", 1.0, {synthetic::kMonday}, units::Seconds{2.0 * kYear}};
  CHECK(rate.bound() == Approx(4.0));
  CHECK(factor(rate, 0.0) == Approx(1.0));
  CHECK(factor(rate, kYear) == Approx(2.0));
  CHECK(factor(rate, 0.5 * kYear) == Approx(std::sqrt(2.0)));
  CHECK(factor(rate, 2.0 * kYear) == Approx(4.0));
}

TEST_CASE("a shrinking rate is bounded by its start", "[workload][arrivals]") {
  ArrivalRate rate{"constant", -0.5, {synthetic::kMonday}, units::Seconds{kYear}};
  CHECK(rate.bound() == 1.0);
  CHECK(factor(rate, kYear) == Approx(0.5));
}

TEST_CASE("impossible rates are errors", "[workload][arrivals][errors]") {
  CHECK_THROWS_WITH((ArrivalRate{"kht", 0.0, {0}, units::Seconds{1}}),
                    Catch::Matchers::Contains("workload: unknown arrival profile \"kht\""));
  CHECK_THROWS_WITH((ArrivalRate{"constant", -1.0, {0}, units::Seconds{1}}),
                    Catch::Matchers::Contains("workload: growth must be above -100 % per year"));
  CHECK_THROWS_WITH((ArrivalRate{"constant", 0.1, {0}, std::nullopt}),
                    Catch::Matchers::Contains("workload: a demand that grows needs a period with a length"));
}
