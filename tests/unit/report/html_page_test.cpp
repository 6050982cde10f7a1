#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "gigasim/report/html.hpp"
#include "gigasim/report/report.hpp"
#include "sample_results.hpp"
#include "scratch.hpp"

using namespace gigasim;
using Catch::Matchers::Contains;
using nlohmann::json;

namespace {

std::string page_on(const std::vector<std::filesystem::path>& paths) {
  report::HtmlReport html;
  for (const auto& path : paths) html.add(path);
  return html.page();
}

/// The page on results that a test may change as JSON before.
std::string page_of(const metrics::Results& results, void (*change)(json&) = nullptr) {
  const sample::Scratch scratch;
  report::write_folder(scratch / "result", results, sample::loaded(), "3.32.0", "");
  if (change != nullptr) {
    json parsed = json::parse(report::to_json(results));
    change(parsed);
    std::ofstream{scratch / "result/results.json"} << parsed;
  }
  return page_on({scratch / "result"});
}

std::size_t count_of(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

json site(const char* name, const char* kind, double lat, double lon, double count) {
  json partition = {{"name", "gpu"},     {"accelerator", "H100-SXM5-80"},
                    {"count", count},    {"h100_equivalent", 1.0},
                    {"online", nullptr}, {"offline", nullptr}};
  return {{"name", name},
          {"title", ""},
          {"kind", kind},
          {"country", "DE"},
          {"latitude_deg", lat},
          {"longitude_deg", lon},
          {"partitions", {partition}}};
}

}  // namespace

TEST_CASE("what a scenario says is text in the page, whatever it holds", "[report][html]") {
  metrics::Results results = sample::results();
  const std::string attack = "<script>alert(1)</script>\" onload=\"x&<b>";
  results.scenario.name = attack;
  results.scenario.description = attack;
  results.warnings = {attack};
  results.access_classes[0].name = attack;
  results.labels[0].name = attack;
  for (auto& scenario_site : results.scenario.sites) scenario_site.title = attack;
  const std::string page = page_of(results);
  CHECK(count_of(page, "<script") == 0);
  CHECK(count_of(page, "\" onload") == 0);
  CHECK(count_of(page, "<b>") == 0);
  CHECK_THAT(page, Contains("&lt;script>alert(1)"));
}

TEST_CASE("the page loads nothing and runs nothing", "[report][html]") {
  const std::string page = page_of(sample::results());
  CHECK_THAT(page, Contains("content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\""));
  for (const char* foreign : {"<script", "href=\"h", "xlink", "src=", "@import", "url(", "<iframe", "<object"}) {
    CAPTURE(foreign);
    CHECK(count_of(page, foreign) == 0);
  }
}

TEST_CASE("the answer comes first, and every part has a heading that the contents link to", "[report][html]") {
  const std::string page = page_of(sample::results());
  std::size_t last = page.find("<main>");
  for (const char* id : {"answer", "key-figures", "sites", "waiting", "warnings", "assumptions", "origin"}) {
    CAPTURE(id);
    const std::size_t at = page.find("<section id=\"" + std::string{id} + "\"");
    REQUIRE(at != std::string::npos);
    CHECK(at > last);
    last = at;
    CHECK_THAT(page, Contains("<a href=\"#" + std::string{id} + "\">"));
  }
  CHECK_THAT(page, Contains("Of 4 jobs submitted, 1 completed (25.0 %)"));
}

TEST_CASE("every drawing has a title and a description, and no name is given twice", "[report][html]") {
  const std::string page = page_of(sample::results());
  CHECK(count_of(page, "role=\"img\"") >= 2);
  CHECK(count_of(page, "role=\"img\"") == count_of(page, "<desc id="));
  CHECK(count_of(page, "role=\"img\"") == count_of(page, "<title id="));
  std::set<std::string> ids;
  for (std::size_t at = page.find(" id=\""); at != std::string::npos; at = page.find(" id=\"", at + 1)) {
    const std::string id = page.substr(at + 5, page.find('"', at + 5) - at - 5);
    CAPTURE(id);
    CHECK(ids.insert(id).second);
  }
}

TEST_CASE("a lower bound keeps its mark in sentences, tables and drawings", "[report][html]") {
  // The sample's network has a median of 60 s and a 95th percentile of at least 2 h.
  const std::string page = page_of(sample::results());
  CHECK_THAT(page, Contains("the 95th percentile at least 2.0 h"));
  CHECK_THAT(page, Contains("≥ 2"));
  const std::string bounded = page_of(sample::results(), [](json& results) {
    json& block = results["access_classes"][0];
    block["queue_time_s"]["p95"] = 7200.0;
    block["lower_bounds"] = {"queue_time_s.p95"};
  });
  CHECK_THAT(bounded, Contains("95 % ≥ 2.0 h"));
  CHECK_THAT(bounded, Contains("class=\"free\""));  // the arrow at the open end
}

TEST_CASE("an overload stands out", "[report][html]") {
  CHECK_THAT(page_of(sample::overloaded_results()), Contains("<p class=\"alarm\">OVERLOAD"));
  CHECK_THAT(page_of(sample::results()), !Contains("<p class=\"alarm\">"));
}

TEST_CASE("areas of circles are in proportion to H100 equivalents", "[report][html]") {
  const std::string page = page_of(sample::results(), [](json& results) {
    results["platform"]["sites"] = {site("large", "gigafactory", 52.0, 10.0, 100000.0),
                                    site("small", "factory", 42.0, 0.0, 25000.0)};
  });
  // The largest has a radius of 30; a quarter of its area is half of its radius.
  CHECK_THAT(page, Contains("class=\"site s2\" cx=\"300.0\" cy=\"350.0\" r=\"30.0\""));
  CHECK_THAT(page, Contains("r=\"15.0\""));
}

TEST_CASE("a site beyond the frame of the map is named below it", "[report][html]") {
  const std::string page = page_of(sample::results(), [](json& results) {
    results["platform"]["sites"] = {site("home", "factory", 50.0, 8.0, 10.0),
                                    site("far", "factory", 28.1, -15.4, 10.0)};
  });
  CHECK_THAT(page, Contains("Not within the frame of the map: far."));
}

TEST_CASE("quarters are drawn where results have them, and left out where not", "[report][html]") {
  const std::string page = page_of(sample::results(), [](json& results) {
    for (const char* name : {"2027-Q1", "2027-Q2"}) {
      results["quarters"].push_back({{"name", name},
                                     {"h100_equivalents_online_mean", 5000.0},
                                     {"h100_equivalent_hours", 1e6},
                                     {"h100_equivalent_hours_available", 2e6}});
    }
  });
  CHECK_THAT(page, Contains("<section id=\"quarters\""));
  CHECK_THAT(page, Contains(">2027-Q2</text>"));
  CHECK_THAT(page_of(sample::results()), !Contains("<section id=\"quarters\""));
}

TEST_CASE("variants stand side by side under their names", "[report][html]") {
  const sample::Scratch scratch;
  metrics::Results results = sample::results();
  results.scenario.variant = "";
  report::write_folder(scratch / "a", results, sample::loaded(), "3.32.0", "");
  results.scenario.variant = "four";
  results.network.energy_mwh *= 1.5;
  report::write_folder(scratch / "b", results, sample::loaded(), "3.32.0", "");
  const std::string page = page_on({scratch / "a", scratch / "b"});
  CHECK_THAT(page, Contains("2 variants of two-sites are compared: base, four."));
  CHECK_THAT(page, Contains("<th scope=\"col\" class=\"n\">base</th>"));
  CHECK_THAT(page, Contains("<td class=\"n bad\">+50.0 % worse</td>"));
  CHECK_THAT(page_on({scratch / "a", scratch / "a"}), Contains((scratch / "a").string()));  // nothing else differs
}

TEST_CASE("of many results the answer names the ends", "[report][html]") {
  const sample::Scratch scratch;
  std::vector<std::filesystem::path> folders;
  for (int i = 1; i <= 5; ++i) {
    metrics::Results results = sample::results();
    results.scenario.variant = std::string(1, static_cast<char>('a' + i));
    results.network.energy_mwh = 1000.0 * i;  // 1 to 5 GWh
    if (i == 4) results.network.h100_equivalent_hours_lost_to_delay = 2e6;
    folders.push_back(scratch / results.scenario.variant.c_str());
    report::write_folder(folders.back(), results, sample::loaded(), "3.32.0", "");
  }
  const std::string page = page_on(folders);
  CHECK_THAT(page, Contains("Electricity, cooling included: from 1 GWh in b to 5 GWh in f"));
  CHECK_THAT(page, Contains("H100-equivalent hours lost to delays: 2 million in e."));
}

TEST_CASE("a page depends on the results alone", "[report][html]") {
  const sample::Scratch scratch;
  report::write_folder(scratch / "a", sample::results(), sample::loaded(), "3.32.0", "took 1 s\n");
  report::write_folder(scratch / "b", sample::results(), sample::loaded(), "3.32.0", "took 2 s\n");
  CHECK(page_on({scratch / "a"}) == page_on({scratch / "b"}));
}

TEST_CASE("results of another shape than ours are never our fault", "[report][html]") {
  const std::string page = page_of(sample::results(), [](json& results) {
    results["platform"] = {{"sites", {1, "x", nullptr, {{"name", 7}, {"partitions", {{"count", "many"}}}}}}};
    results["quarters"] = {{{"name", "2027-Q1"}}};
    results["labels"] = {{{"name", "a=b"}, {"queue_time_s", 3}}};
    results["warnings"] = {1, 2};
    results["refused"] = {{"x", "y"}};
    results["demand"] = "none";
    results["period"] = nullptr;
  });
  CHECK_THAT(page, Contains("</html>"));
}

TEST_CASE("a results.json alone makes a page without what its folder holds", "[report][html]") {
  const sample::Scratch scratch;
  report::write_folder(scratch / "a", sample::results(), sample::loaded(), "3.32.0", "");
  const std::string page = page_on({scratch / "a" / "results.json"});
  CHECK_THAT(page, !Contains("<section id=\"over-time\""));
  CHECK_THAT(page, Contains("</html>"));
}

TEST_CASE("a page on nothing is refused", "[report][html]") {
  CHECK_THROWS_AS(page_on(std::vector<std::filesystem::path>{}), std::logic_error);
}
