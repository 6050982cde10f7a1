#include <catch2/catch.hpp>
#include <string>

#include "sample_checks.hpp"

using namespace gigasim::report;

TEST_CASE("what did not pass becomes one workflow command each", "[report][ci]") {
  CHECK(to_github_annotations(sample::checks()) ==
        "::error file=scenarios/eu%2Cnetwork.yaml,line=12,col=7,title=network%3A queue_time_p95::"
        "3.4 h, at most 2 h was promised: +70 %25%0Arecorded  2 h%0Afound     3.4 h\n"
        "::error title=site \"a|b\"%3A energy::no figure <of> `energy` & co\n"
        "::warning file=base%3Aline.json,line=3,title=network%3A utilisation::too few jobs\n");
}

TEST_CASE("a text cannot begin another workflow command", "[report][ci]") {
  const std::vector<CheckSuite> suites{
      {"s", {{"", "100 %\r\n::stop", CheckOutcome::kFailed, "a\r\n::error::b", "", "", 0, 0}}}};
  CHECK(to_github_annotations(suites) == "::error title=100 %25?%0A%3A%3Astop::a?%0A::error::b\n");
}
