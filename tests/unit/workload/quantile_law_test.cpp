#include "quantile_law.hpp"

#include <catch2/catch.hpp>

#include "gigasim/catalogue/catalogue.hpp"
#include "synthetic.hpp"

using namespace gigasim;
using workload::QuantileLaw;

namespace {

QuantileLaw philly() {
  const auto* law = catalogue::find_burst_law("philly");
  REQUIRE(law != nullptr);
  return QuantileLaw{law->size_quantiles};
}

}  // namespace

TEST_CASE("burst sizes meet the measured quantiles and lie log-linearly between", "[workload][bursts]") {
  const QuantileLaw size = philly();
  CHECK(size.at(0.0) == 1);
  CHECK(size.at(0.5) == 1);
  CHECK(size.at(0.9) == 5);
  CHECK(size.at(0.95) == 17);
  CHECK(size.at(0.99) == 232);
  CHECK(size.at(1.0) == 1063);
  CHECK(size.at(0.7) == 2);    // sqrt(1 x 5) = 2.24
  CHECK(size.at(0.97) == 63);  // sqrt(17 x 232) = 62.8
}

TEST_CASE("the mean burst size is 10.7 jobs and equals the integral of the quantile function", "[workload][bursts]") {
  const QuantileLaw size = philly();
  // Before rounding, with (b - a) / ln(b / a) per bin: 0.5 x 1 + 0.4 x 2.485 + 0.05 x 9.806 + 0.04 x 82.26 + 0.01 x
  // 545.95 = 10.734. Rounding to the nearest moves it by little: its error is nearly symmetric in every bin.
  CHECK(std::fabs(size.mean() - 10.734) < 0.05);
  constexpr int kSteps = 1000000;
  double integral = 0.0;
  for (int i = 0; i < kSteps; ++i) integral += static_cast<double>(size.at((i + 0.5) / kSteps)) / kSteps;
  // Steps of height 1 in a sum with spacing 1e-6: at most one spacing each, about 1062 x 1e-6.
  CHECK(std::fabs(size.mean() - integral) < 1.1e-3);
}
