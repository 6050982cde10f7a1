#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "gigasim/report/html.hpp"
#include "gigasim/report/report.hpp"
#include "sample_results.hpp"
#include "scratch.hpp"

using namespace gigasim;
using Catch::Matchers::Contains;
using nlohmann::json;

namespace {

/// A page on the sample's results as several files say them, each changed by one of the patches.
std::string page_on_patched(const std::vector<json>& patches) {
  const sample::Scratch scratch;
  report::HtmlReport html;
  for (std::size_t i = 0; i < patches.size(); ++i) {
    json results = json::parse(report::to_json(sample::results()));
    results.erase("platform");
    results["scenario"]["variant"] = std::string(1, static_cast<char>('a' + i));
    results.merge_patch(patches[i]);
    const std::string name = std::to_string(i).append(".json");
    std::ofstream{scratch / name.c_str()} << results;
    html.add(scratch / name.c_str());
  }
  return html.page();
}

std::string section_of(const std::string& page, const std::string& id) {
  const std::size_t begin = page.find("<section id=\"" + id + "\"");
  return begin == std::string::npos ? "" : page.substr(begin, page.find("</section>", begin) - begin);
}

/// 1,000 accelerator-hours: 600 of work, 200 of inference, 50 lost, 100 of restarts, 50 idle.
json split_of_a_thousand() {
  return {{"work", 600},     {"inference", 200}, {"lost", 50},  {"restart", 100}, {"load", 0},
          {"checkpoint", 0}, {"held_idle", 0},   {"repair", 0}, {"idle", 50}};
}

json chat() {
  return {{"name", "chat"},         {"requests_offered", 4e9},   {"requests_carried_in", 0}, {"requests_served", 3e9},
          {"requests_shed", 7.5e8}, {"requests_waiting", 2.5e8}, {"input_tokens", 3e12},     {"output_tokens", 9e11},
          {"ttft_mean_s", 0.3},     {"ttft_p50_s", 0.25},        {"ttft_p95_s", 2.0},        {"ttft_p99_s", 4.0},
          {"tpot_mean_s", 0.03},    {"tpot_p50_s", 0.03},        {"tpot_p95_s", 0.06},       {"tpot_p99_s", 0.08},
          {"slo_attainment", 0.75}, {"sites", json::array()},    {"origins", json::array()}};
}

}  // namespace

TEST_CASE("a page on results without AI work, services and failures has no part on them", "[report][html]") {
  const std::string page = page_on_patched({json::object()});
  for (const char* id : {"hours", "ai-work", "services", "reliability"}) {
    CAPTURE(id);
    CHECK(section_of(page, id).empty());
  }
}

TEST_CASE("accelerator-hours are a bar of shares with the hours as a table below", "[report][html]") {
  const std::string hours =
      section_of(page_on_patched({{{"network", {{"accelerator_hours_split", split_of_a_thousand()}}}}}), "hours");
  // 600, 200, 50, 100 and 50 of 1,000
  CHECK_THAT(hours, Contains("Of 1,000 accelerator-hours available: work of jobs 60.0 %, inference 20.0 %, lost to "
                             "failures 5.0 %, restarts 10.0 %, idle 5.0 %."));
  CHECK_THAT(hours, Contains("x=\"0.00%\" y=\"19\" width=\"60.00%\""));
  CHECK_THAT(hours, Contains("x=\"60.00%\" y=\"19\" width=\"20.00%\""));
  CHECK_THAT(hours, Contains("x=\"95.00%\" y=\"19\" width=\"5.00%\""));
  CHECK_THAT(hours, Contains("<th scope=\"row\">all sites</th><td class=\"n\">600</td><td class=\"n\">200</td>"
                             "<td class=\"n\">50</td><td class=\"n\">100</td><td class=\"n\">50</td>"
                             "<td class=\"n\">1,000</td>"));
  CHECK_THAT(hours, !Contains("checkpoints"));  // of which there are none
}

TEST_CASE("of several results each has a bar of its accelerator-hours", "[report][html]") {
  json half = split_of_a_thousand();
  half["idle"] = 1050;  // 600 of 2,000 are 30 %
  const std::string hours =
      section_of(page_on_patched({{{"network", {{"accelerator_hours_split", split_of_a_thousand()}}}},
                                  {{"network", {{"accelerator_hours_split", half}}}}}),
                 "hours");
  CHECK_THAT(hours, Contains("a: Of 1,000 accelerator-hours"));
  CHECK_THAT(hours, Contains("b: Of 2,000 accelerator-hours available: work of jobs 30.0 %"));
  CHECK_THAT(hours, Contains("y=\"57\" width=\"30.00%\""));  // the second bar, 38 px below
}

TEST_CASE("AI work is told in words, by stream and by site", "[report][html]") {
  const json work = {{"tokens_trained", 2.5e12}, {"model_flop", 3e24}, {"mfu", 0.41}, {"training_runs_per_month", 12}};
  json stream = {{"name", "pre"}, {"ai", work}, {"reliability", {{"goodput", 0.9}}}};
  const json told = {{"stream", "pre"},
                     {"task", "pre_training"},
                     {"ai_model", "llama-3.1-8b"},
                     {"predicted_time_low", 0.85},
                     {"predicted_time_high", 1.15},
                     {"accelerators_without_measurement", {"MI430X"}},
                     {"sizes", {{{"accelerators", 512}}, {{"accelerators", 2048}}}}};
  const std::string part = section_of(page_on_patched({{{"network", {{"ai", work}}},
                                                        {"streams", {stream}},
                                                        {"sites", {{{"name", "athens"}, {"ai", work}}}},
                                                        {"ai_work", {told}}}}),
                                      "ai-work");
  CHECK_THAT(part, Contains("Jobs trained 2.50 Ttokens. The models took 3 YFLOP for the work of the results period, "
                            "41.0 % of the peak of the accelerators that the jobs held (MFU). pre: no rate of training "
                            "measured on MI430X stands behind the predicted times. Training runs finished "
                            "at a rate of 12 in 30 days."));
  CHECK_THAT(part, Contains("<th scope=\"row\">pre</th><td>pre training</td><td>llama-3.1-8b</td><td class=\"n\">512 "
                            "to 2,048</td><td class=\"n\">±15 %</td><td class=\"n\">2.50 Ttokens</td>"
                            "<td class=\"n\">3 YFLOP</td><td class=\"n\">41.0 %</td><td class=\"n\">90.0 %</td>"
                            "<td class=\"n\">12</td>"));
  CHECK_THAT(part, Contains("<th scope=\"row\">athens</th><td class=\"n\">2.50 Ttokens</td>"));
  CHECK_THAT(part, !Contains("batch inference"));  // nobody did any
}

TEST_CASE("services are told in words, drawn by time and listed by site and country", "[report][html]") {
  json service = chat();
  json site = chat();
  site["name"] = "athens";
  json other = chat();
  other["name"] = "jaif";
  other["ttft_p95_s"] = 1.0;
  service["sites"] = {site, other};
  json origin = chat();
  origin["name"] = "GR";
  service["origins"] = {origin};
  const std::string part = section_of(page_on_patched({{{"services", {service}}}}), "services");
  CHECK_THAT(part, Contains("chat answered 3 billion of 4 billion requests and turned 750 million away and left 250 "
                            "million waiting. Half of the first tokens came within 250 ms, 95 of 100 within 2 s. 75.0 "
                            "% of the requests were answered within its objective."));
  // The axis ends at 2 s: the median of 0.25 s is an eighth, 1 s at jaif a half.
  CHECK_THAT(part, Contains("width=\"12.50%\""));
  CHECK_THAT(part, Contains("width=\"50.00%\""));
  CHECK_THAT(part, Contains("<th scope=\"row\">chat</th><td>jaif</td><td class=\"n\">300 ms</td>"
                            "<td class=\"n\">250 ms</td><td class=\"n\">1 s</td>"));
  CHECK_THAT(part, Contains("<td>Greece</td>"));
  CHECK_THAT(part, !Contains("waiting before"));  // nothing was carried in
}

TEST_CASE("failures are told in words, by cause and by site", "[report][html]") {
  const json figures = {{"interruptions", 12},           {"goodput", 0.9},
                        {"lost_accelerator_hours", 300}, {"restart_accelerator_hours", 150},
                        {"load_accelerator_hours", 50},  {"checkpoint_accelerator_hours", 100},
                        {"repair_accelerator_hours", 70}};
  json network = figures;
  network["by_cause"] = {{"accelerator", {{"interruptions", 11}, {"lost_accelerator_hours", 280}}},
                         {"software", {{"interruptions", 0}, {"lost_accelerator_hours", 0}}},
                         {"pod_outage", {{"interruptions", 1}, {"lost_accelerator_hours", 20}}}};
  const std::string part = section_of(page_on_patched({{{"network", {{"reliability", network}}},
                                                        {"sites", {{{"name", "athens"}, {"reliability", figures}}}}}}),
                                      "reliability");
  CHECK_THAT(part, Contains("stopped running jobs and replicas 12 times and undid 300 accelerator-hours of work. "
                            "Restarts and loading took 200 accelerator-hours, checkpoints 100; nodes in repair kept 70 "
                            "from all use. Goodput was 90.0 %"));
  CHECK_THAT(part, Contains("<th scope=\"row\">pod outage</th><td class=\"n\">1</td><td class=\"n\">20</td>"));
  CHECK_THAT(part, !Contains("software"));
  CHECK_THAT(part, Contains("<th scope=\"row\">athens</th><td class=\"n\">12</td><td class=\"n\">90.0 %</td>"));
}

TEST_CASE("what failures cost each stream is in a table, without those that have none", "[report][html]") {
  const json figures = {{"interruptions", 7},           {"goodput", 0.8},
                        {"lost_accelerator_hours", 40}, {"restart_accelerator_hours", 15},
                        {"load_accelerator_hours", 5},  {"checkpoint_accelerator_hours", 60},
                        {"repair_accelerator_hours", 0}};
  const std::string part = section_of(
      page_on_patched(
          {{{"network", {{"reliability", figures}}},
            {"streams",
             {{{"name", "frontier"}, {"reliability", figures}}, {{"name", "tuning"}, {"reliability", nullptr}}}}}}),
      "reliability");
  const std::size_t begin = part.find("<caption>What they cost the streams, in accelerator-hours");
  REQUIRE(begin != std::string::npos);
  const std::string streams = part.substr(begin);
  CHECK_THAT(streams, Contains("<th scope=\"row\">frontier</th><td class=\"n\">7</td><td class=\"n\">80.0 %</td>"
                               "<td class=\"n\">40</td><td class=\"n\">15</td><td class=\"n\">5</td>"
                               "<td class=\"n\">60</td></tr>"));
  CHECK_THAT(streams, !Contains("tuning"));
  CHECK_THAT(streams, !Contains("repair"));  // nodes in repair are no stream's
}

TEST_CASE("what another program wrote into these parts is text, or left out", "[report][html]") {
  const std::string attack = "<script>alert(1)</script>";
  json service = chat();
  service["name"] = attack;
  service["sites"] = {1, nullptr, {{"name", 3}}};
  const json patch = {{"services", {service, 7, "x"}},
                      {"ai_work", {{{"stream", attack}, {"sizes", {nullptr}}}, 3}},
                      {"network",
                       {{"accelerator_hours_split", "none"},
                        {"ai", {{"model_flop", 1}}},
                        {"reliability", {{"interruptions", 1}, {"by_cause", {1, 2}}}}}}};
  const std::string page = page_on_patched({patch});
  CHECK(page.find("<script") == std::string::npos);
  CHECK_THAT(page, Contains("</html>"));
}
