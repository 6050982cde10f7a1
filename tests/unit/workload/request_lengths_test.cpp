#include "gigasim/workload/request_lengths.hpp"

#include <catch2/catch.hpp>

#include "quantile_law.hpp"
#include "synthetic.hpp"

using namespace gigasim;

TEST_CASE("lengths of requests meet the measured mean and variation", "[workload][requests]") {
  // The quantiles alone hold them to 1 and 2 %; the tail of code's output beyond the 99.9th percentile to 9 %.
  for (const catalogue::RequestLengths& lengths : catalogue::request_lengths()) {
    CAPTURE(lengths.id);
    const bool code = lengths.id == "azure_code";
    const models::Replica replica = workload::RequestLengthLaw{lengths}.describe({});
    CHECK(replica.input_tokens == Approx(lengths.input.mean).epsilon(0.01));
    CHECK(replica.input_cv == Approx(lengths.input.cv).epsilon(0.02));
    CHECK(replica.output_tokens == Approx(lengths.output.mean).epsilon(code ? 0.09 : 0.01));
    CHECK(replica.output_cv == Approx(lengths.output.cv).epsilon(code ? 0.09 : 0.02));
  }
}

TEST_CASE("drawn requests have the lengths of their class, and repeat", "[workload][requests]") {
  const auto* lengths = catalogue::find_request_lengths("azure_conversation");
  REQUIRE(lengths != nullptr);
  const workload::RequestLengthLaw law(*lengths);
  const auto draw = [&] {
    units::RandomStream input(1, "assistant", "inputs");
    units::RandomStream output(1, "assistant", "outputs");
    std::vector<double> drawn;
    for (int i = 0; i < 40000; ++i) {
      const models::Request request = law.draw(input, output, i);
      drawn.push_back(static_cast<double>(request.output_tokens));
      REQUIRE(request.input_tokens >= 1);
      REQUIRE(request.output_tokens <= 1000);
      CHECK(request.arrival == i);
    }
    return drawn;
  };
  const auto drawn = draw();
  CHECK(drawn == draw());
  // Mean 211 and standard deviation 0.77 x 211 = 163: the mean of 40,000 is within 3 x 0.8.
  CHECK(synthetic::describe(drawn).mean == Approx(law.describe({}).output_tokens).margin(2.5));
  CHECK(catalogue::find_request_lengths("azure") == nullptr);
}

TEST_CASE("the variation of a quantile law is that of its whole numbers", "[workload][requests]") {
  // 1, 2, 3 and 4 would lie between; here all is 2 up to a half, then 2 up to the end: no variation.
  CHECK(workload::QuantileLaw{{{0.5, 2.0}, {1.0, 2.0}}}.variation() == Approx(0.0).margin(1e-7));
  // Half 1; the other half log-uniform from 1 to 4: 2 from ln 1.5 to ln 2.5 and so on, of ln 4 = 1.38629:
  // 1: .40547, 2: .51083, 3: .33647, 4: .13353. P = .5 + .14624, .18424, .12136, .04816;
  // mean 1.57142, mean square 3.24596: variance .77660, over the mean .56081.
  const workload::QuantileLaw law{{{0.5, 1.0}, {1.0, 4.0}}};
  CHECK(law.mean() == Approx(1.57142).epsilon(1e-4));
  CHECK(law.variation() == Approx(0.56081).epsilon(1e-4));
}
