#include <catch2/catch.hpp>
#include <string>

#include "sample_checks.hpp"

using namespace gigasim::report;

TEST_CASE("JUnit XML has one test case per check", "[report][ci]") {
  CHECK(to_junit(sample::checks()) ==
        R"xml(<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="gigasim" tests="4" failures="1" errors="1">
  <testsuite name="eu-network" tests="4" failures="1" errors="1" skipped="1">
    <testcase name="queue_time_p95" classname="network" file="scenarios/eu,network.yaml" line="12">
      <failure message="3.4 h, at most 2 h was promised: +70 %" type="failure">recorded  2 h
found     3.4 h</failure>
    </testcase>
    <testcase name="energy" classname="site &quot;a|b&quot;">
      <error message="no figure &lt;of&gt; `energy` &amp; co" type="error"/>
    </testcase>
    <testcase name="utilisation" classname="network" file="base:line.json" line="3">
      <skipped message="too few jobs"/>
    </testcase>
    <testcase name="jobs_finished" classname="network" file="scenarios/eu,network.yaml" line="13"/>
  </testsuite>
</testsuites>
)xml");
}

TEST_CASE("no checks are valid JUnit XML too", "[report][ci]") {
  CHECK(to_junit({}) ==
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<testsuites name=\"gigasim\" tests=\"0\" failures=\"0\" errors=\"0\">\n</testsuites>\n");
}

TEST_CASE("XML holds line breaks and tabs as references, and no other control characters", "[report][ci]") {
  const std::vector<CheckSuite> suites{
      {"s\tt\nu\rv\x01w\x1b[31m\xFFx",
       {{"g", "n", CheckOutcome::kFailed, "]]>", "a\tb\nc\rd\x02\xEF\xBF\xBF]]>", "", 0, 0}}}};
  CHECK(to_junit(suites) ==
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<testsuites name=\"gigasim\" tests=\"1\" failures=\"1\" errors=\"0\">\n"
        "  <testsuite name=\"s&#9;t&#10;u&#13;v\uFFFDw\uFFFD[31m\uFFFDx\" tests=\"1\" failures=\"1\" errors=\"0\" "
        "skipped=\"0\">\n"
        "    <testcase name=\"n\" classname=\"g\">\n"
        "      <failure message=\"]]&gt;\" type=\"failure\">a\tb\nc&#13;d\uFFFD\uFFFD]]&gt;</failure>\n"
        "    </testcase>\n"
        "  </testsuite>\n"
        "</testsuites>\n");
}
