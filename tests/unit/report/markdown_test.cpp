#include <catch2/catch.hpp>
#include <string>

#include "gigasim/report/report.hpp"
#include "sample_results.hpp"

using namespace gigasim;
using Catch::Matchers::Contains;

TEST_CASE("Markdown holds the same answer and tables as the terminal", "[report][markdown]") {
  const std::string text = report::to_markdown(sample::overloaded_results());
  CHECK_THAT(text, Contains("## two-sites (variant small)"));
  CHECK_THAT(text, Contains("OVERLOAD: the jobs asked for 125.0 % of the capacity"));
  CHECK_THAT(text, Contains("### Sites\n\n| site | country |"));
  CHECK_THAT(text, Contains("| Jülich | DE |"));
  CHECK_THAT(text, Contains("- logs/kth.swf (swf): 28,490 lines"));
  CHECK_THAT(text, !Contains("\033"));
}
