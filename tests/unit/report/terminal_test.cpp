#include <catch2/catch.hpp>
#include <sstream>
#include <string>

#include "answer.hpp"
#include "display_width.hpp"
#include "gigasim/report/report.hpp"
#include "sample_results.hpp"

using namespace gigasim;
using Catch::Matchers::Contains;
using report::to_table;

namespace {

int widest_line(const std::string& text) {
  int widest = 0;
  std::istringstream in{text};
  for (std::string line; std::getline(in, line);) widest = std::max(widest, report::display_width(line));
  return widest;
}

std::string first_line(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

/// A text with its line breaks taken out, to look for sentences in it.
std::string flowing(std::string text) {
  for (char& c : text) c = c == '\n' ? ' ' : c;
  return text;
}

}  // namespace

TEST_CASE("the answer is three to six sentences made from the numbers", "[report][table]") {
  const auto sentences = report::answer(sample::results());
  CHECK(sentences.size() >= 3);
  CHECK(sentences.size() <= 6);
  CHECK(sentences[0] ==
        "Of 4 jobs submitted, 1 completed (25.0 %), 1 was killed, 1 was refused and 1 was still waiting at the end.");
  CHECK(sentences[1] ==
        "The machines delivered 49,152 of 73,728 available accelerator-hours, a utilisation of 66.7 %.");
  CHECK(sentences[2] ==
        "The median wait was 60 s, the 95th percentile at least 2.0 h and the longest at least 2.0 h (some jobs "
        "had not started by the end, and count with the wait that they had so far).");
  CHECK(sentences[3] ==
        "The sites used 1.20 GWh of electricity, cooling included: 50 MW on average and 61.5 MW at the peak.");
  CHECK(sentences[4] ==
        "The jobs asked for 80.0 % of the capacity; 4 accelerator-hours were still to be delivered at the end and the "
        "oldest job in a queue had waited 2.0 h.");
}

TEST_CASE("jobs that a budget refuses are told apart from the other refused ones", "[report][table]") {
  auto results = sample::results();
  results.network.jobs.out_of_budget = results.network.jobs.refused;
  CHECK(report::answer(results)[0] ==
        "Of 4 jobs submitted, 1 completed (25.0 %), 1 was killed, 1 was refused because the budget or the time of the "
        "project did not cover it and 1 was still waiting at the end.");
}

TEST_CASE("the answer tells what services answered and what failures stopped, where there are any", "[report][table]") {
  auto results = sample::results();
  results.network.service.any = true;
  results.network.service.offered = 990;
  results.network.service.waited = 10;
  results.network.service.served = 900;
  results.network.service.shed = 80;
  results.network.service.waiting = 20;
  auto sentences = report::answer(results);
  CHECK(sentences[3] == "The services answered 900 of 1,000 requests, turned 80 away and left 20 waiting at the end.");
  metrics::ReliabilityFigures figures;
  figures.interruptions = 3;
  figures.goodput = 0.75;
  results.network.reliability = figures;
  sentences = report::answer(results);
  CHECK(sentences[4] ==
        "Failures stopped what ran 3 times; 75.0 % of the accelerator-hours delivered were work that counts.");
}

TEST_CASE("an offered load of 1 or more is called an overload and unstable, for the network and its sites",
          "[report][table]") {
  CHECK_THAT(to_table(sample::results(), {}), !Contains("OVERLOAD"));
  auto results = sample::overloaded_results();
  const std::string text = flowing(to_table(results, {}));
  CHECK_THAT(text, Contains("OVERLOAD: the jobs asked for 125.0 % of the capacity, so the system is unstable"));
  CHECK_THAT(text, Contains("Of 2 sites, 1 is overloaded") && Contains("or more): athens."));
  results.network.offered_load = 1.0;
  CHECK_THAT(to_table(results, {}), Contains("OVERLOAD"));
  // Where nothing is left at the end, nothing grew.
  results.network.jobs.queued = 0;
  results.network.jobs.running = 0;
  CHECK_THAT(to_table(results, {}), !Contains("OVERLOAD"));
}

TEST_CASE("an overload that users leave is told as demand that stays unserved", "[report][table]") {
  auto results = sample::overloaded_results();
  results.network.jobs.left = 7;
  results.network.unserved_h100_equivalent_hours = 1500;
  const std::string text = flowing(to_table(results, {}));
  CHECK_THAT(text,
             Contains("OVERLOAD: the jobs asked for 125.0 % of the capacity; those for whom there is no room wait "
                      "until they leave"));
  CHECK_THAT(text, !Contains("queues grow for as long as the run lasts"));
  CHECK_THAT(text, Contains("The jobs that were given up asked for 1,500 H100-equivalent-hours: demand that stays "
                            "unserved."));
}

TEST_CASE("lower bounds read as at least, in sentences and in tables", "[report][table]") {
  const std::string text = to_table(sample::results(), {});
  CHECK_THAT(flowing(text), Contains("at least 2.0 h"));
  CHECK_THAT(text, Contains("≥ 2.0 h"));
}

TEST_CASE("no line is wider than the terminal", "[report][table]") {
  auto results = sample::overloaded_results();
  results.sites[0].name = "a site with a name that is longer than anybody would like to read in a table, Jülich";
  results.warnings.emplace_back(300, 'x');
  results.scenario.name = std::string(120, 'n');
  for (const int width : {40, 60, 80, 100, 200}) {
    CAPTURE(width);
    CHECK(widest_line(to_table(results, {false, width})) <= width);
  }
}

TEST_CASE("without colour there is no escape code, whatever a name holds", "[report][table]") {
  auto results = sample::overloaded_results();
  results.sites[0].name = "\033[31mred";
  results.scenario.name = "\033]0;title\007";
  CHECK_THAT(to_table(results, {false, 80}), !Contains("\033"));
  CHECK_THAT(to_table(results, {true, 80}), Contains("\033[") && !Contains("\033]"));
}

TEST_CASE("an incomplete run says so in its first line", "[report][table]") {
  auto results = sample::results();
  results.complete = false;
  CHECK(first_line(to_table(results, {})).starts_with("INCOMPLETE: the run was stopped early"));
  CHECK(first_line(report::to_markdown(results)).starts_with("**INCOMPLETE: the run was stopped early"));
}

TEST_CASE("the tables show what an analyst asks for", "[report][table]") {
  const std::string text = to_table(sample::results(), {false, 120});
  CHECK_THAT(text, Contains("two-sites (variant small): 2028-01-01T01:00:00Z to 2028-01-02, seed 7"));
  CHECK_THAT(text, Contains("queue_time_p95") && Contains("utilisation") && Contains("peak_power"));
  CHECK_THAT(text, Contains("athens") && Contains("GR") && Contains("97.0 %") && Contains("250 kWh"));
  CHECK_THAT(text, Contains("100.0 %") && Contains("97.5 %") && Contains("x20"));
  CHECK_THAT(text,
             Contains("logs/kth.swf (swf): 28,490 lines, 28,489 kept; dropped: 1 without a runtime; none repaired"));
  CHECK_THAT(text, Contains("1 job: larger than any partition"));
  CHECK_THAT(text, Contains("eu.yaml:3:5: sites[0]: looks odd"));
}

TEST_CASE("only the ten origins with the most jobs are shown, and the title says so", "[report][table]") {
  auto results = sample::results();
  results.origins.clear();
  for (int i = 0; i < 12; ++i) {
    metrics::Block block;
    block.name = "origin-" + std::to_string(i);
    block.jobs.submitted = i;
    results.origins.push_back(block);
  }
  const std::string text = to_table(results, {});
  CHECK_THAT(text, Contains("Origins: the 10 with the most jobs, of 12"));
  CHECK_THAT(text, Contains("origin-11") && Contains("origin-2") && !Contains("origin-1 "));
}

TEST_CASE("a run without jobs has an answer too", "[report][table]") {
  metrics::Results results;
  const auto sentences = report::answer(results);
  CHECK(sentences.size() == 3);
  CHECK(sentences[0] == "No job was submitted in the results period.");
  CHECK(sentences[1] == "No accelerator was online in the results period.");
}
