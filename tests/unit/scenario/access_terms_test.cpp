#include <catch2/catch.hpp>

#include "cut_off_type.hpp"
#include "gigasim/catalogue/access_modes.hpp"
#include "scenario_files.hpp"

using namespace gigasim;
using namespace gigasim::scenario;
using units::Seconds;
using Names = std::vector<std::string>;

namespace {

constexpr double kDay = 86400.0;

/// A site with nodes of 4 and one stream with `more`.
std::string stream_with(const std::string& more) {
  return R"(gigasim: 1
period: { start: 2027-01-01, length: 30 d }
sites:
  - { name: athens, country: GR, location: [38, 24], partitions: [{ accelerator: GH200, count: 1000, per_node: 4 }] }
workload:
  demand: { load: 80 % }
  streams:
    - { name: a, mix: [seren.eval], )" +
         more + " }\n";
}

Projects terms_of(const std::string& more) {
  return *load_text(stream_with(more)).scenario.workload.streams[0].projects;
}

std::string shared_site(const std::string& shares, const std::string& streams, const std::string& scheduling) {
  return R"(gigasim: 1
period: { start: 2027-01-01, length: 30 d }
sites:
  - name: athens
    country: GR
    location: [38, 24]
    partitions: [{ accelerator: GH200, count: 1000 }]
    time_shares: )" +
         shares + R"(
workload:
  demand: { load: 80 % }
  streams:
)" + streams +
         "scheduling: " + scheduling + "\n";
}

const std::string kTwoStreams =
    "    - { name: a, share: 50 %, mix: [seren.eval], access_class: regular }\n"
    "    - { name: b, mix: [seren.eval], labels: { share: national } }\n";

}  // namespace

TEST_CASE("with the terms of its class a project has the class's ceiling, allocation and cut-offs",
          "[scenario][projects]") {
  const Projects fast = terms_of("access_class: aif_fast_lane, projects: { jobs: 5, terms: class }");
  CHECK(fast.decision.in_base_units() == Approx(5.6 * kDay));  // 4 of 5 working days a week
  CHECK(fast.budget_accelerator_hours == 50'000.0);
  CHECK(fast.allocation == Seconds{3 * 365.25 / 12 * kDay});
  CHECK(fast.cut_offs.continuous());
  // Node-hours times the accelerators of a node: 220,000 x 4.
  const Projects regular = terms_of("access_class: regular, projects: { jobs: 5, terms: class }");
  CHECK(regular.budget_accelerator_hours == 880'000.0);
  CHECK(regular.cut_offs.yearly == std::vector<MonthDay>{{3, 28}, {9, 5}});
}

TEST_CASE("what a stream states comes before the terms of its class, and without them there is no limit",
          "[scenario][projects]") {
  const Projects stated = terms_of(
      "access_class: aif_fast_lane, projects: { jobs: 5, terms: class, budget: 12000 accelerator-h, allocation: 30 d, "
      "cut_offs: monthly, decision: 1 d }");
  CHECK(stated == Projects{5, Seconds{kDay}, stated.cut_offs, 12'000.0, Seconds{30 * kDay}});
  CHECK(stated.cut_offs.yearly.size() == 12);
  const Projects plain = terms_of("access_class: aif_fast_lane, projects: { jobs: 5 }");
  CHECK(plain == Projects{5, plain.decision, {}, {}, {}});
}

TEST_CASE("terms that neither the class nor the stream gives are one error", "[scenario][projects]") {
  CHECK(complaints(stream_with("access_class: national_share, projects: { jobs: 5, decision: 1 d, terms: class }")) ==
        Names{"case.yaml:8:77: workload.streams[a].projects: needs budget, allocation, cut_offs: the access class "
              "national_share has none in the catalogue"});
  CHECK(
      complaints(stream_with("access_class: aif_large_scale, projects: { jobs: 5, terms: class }")) ==
      Names{"case.yaml:8:78: workload.streams[a].projects: needs budget: the access class aif_large_scale has none in "
            "the catalogue"});
}

TEST_CASE("budgets outside of what the class grants are warned of", "[scenario][projects]") {
  const auto warning = [](const std::string& budget) {
    const auto loaded =
        load_text(stream_with("access_class: aif_fast_lane, projects: { jobs: 5, budget: " + budget + " }"));
    return loaded.warnings.empty() ? "" : loaded.warnings.at(0).substr(loaded.warnings.at(0).find("workload"));
  };
  CHECK(warning("9999 accelerator-h") ==
        "workload.streams[a].projects.budget: 9999 accelerator-h are less than the 10000 that aif_fast_lane grants at "
        "least");
  CHECK(warning("10000 accelerator-h").empty());
  CHECK(warning("50000 accelerator-h").empty());
  CHECK(warning("50001 accelerator-h") ==
        "workload.streams[a].projects.budget: 50001 accelerator-h are more than the 50000 that aif_fast_lane grants at "
        "most");
}

TEST_CASE("users of a type that the class is not for are warned of", "[scenario][projects]") {
  const auto warnings = [](const std::string& user) {
    return load_text(stream_with("access_class: aif_fast_lane, labels: { user_type: " + user + " }")).warnings;
  };
  REQUIRE(warnings("research").size() == 1);
  CHECK(warnings("research")[0].ends_with(
      "workload.streams[a].access_class: aif_fast_lane is open to user_type sme, start_up, not to research"));
  CHECK(warnings("sme").empty());
  CHECK(warnings("education").empty());  // a split of users that the catalogue does not know
}

TEST_CASE("cut-offs are words, days of each year, or dates up to the end of the period", "[scenario][projects]") {
  const auto cut_offs = [](const std::string& written) {
    return terms_of("projects: { jobs: 1, decision: 1 d, cut_offs: " + written + " }").cut_offs;
  };
  CHECK(cut_offs("continuous").continuous());
  CHECK(cut_offs("twice_a_month").yearly.size() == 24);
  CHECK(cut_offs("every_two_months").yearly.front() == MonthDay{2, 1});
  CHECK(cut_offs("02-28").yearly == std::vector<MonthDay>{{2, 28}});
  CHECK(cut_offs("[2027-01-15, 2027-01-31T12:00:00Z]").dates.size() == 2);
}

TEST_CASE("the cut-offs of every access class can be read or are not known", "[scenario][projects]") {
  for (const catalogue::AccessMode& mode : catalogue::access_modes()) {
    INFO(mode.id);
    CHECK((mode.cut_offs.empty() || parse_cut_offs(mode.cut_offs)));
    CHECK(time_holder_of(mode.time_holder));
  }
}

TEST_CASE("the next cut-off is the first at a moment or after it", "[scenario][projects]") {
  const auto at = [](const char* text) { return units::parse_date(text)->best; };
  const CutOffs yearly{{{3, 28}, {9, 5}}, {}};
  CHECK(next_cut_off(yearly, at("2027-01-01")) == at("2027-03-28"));
  CHECK(next_cut_off(yearly, at("2027-03-28")) == at("2027-03-28"));
  CHECK(next_cut_off(yearly, at("2027-03-28T00:00:01Z")) == at("2027-09-05"));
  CHECK(next_cut_off(yearly, at("2027-12-31")) == at("2028-03-28"));
  const CutOffs dated{{}, {at("2027-02-01"), at("2027-05-01")}};
  CHECK(next_cut_off(dated, at("2027-02-02")) == at("2027-05-01"));
  CHECK_FALSE(next_cut_off(dated, at("2027-05-02")));
  CHECK(next_cut_off({}, at("2027-05-02")) == at("2027-05-02"));
}

TEST_CASE("what is left of a site's time is private", "[scenario][shares]") {
  const auto shares = [](const std::string& written) {
    return *load_text(shared_site(written, kTwoStreams, "{}")).scenario.sites[0].time_shares;
  };
  CHECK(shares("{ eu: 50 %, national: 50 % }") == TimeShares{0.5, 0.5, 0.0});
  CHECK(shares("{ eu: 25 %, national: 50 % }") == TimeShares{0.25, 0.5, 0.25});
  CHECK(shares("{ eu: 25 %, private: 50 % }") == TimeShares{0.25, 0.0, 0.5});  // a quarter is nobody's
}

TEST_CASE("a stream uses the time of its label, else of its access class, and is labelled where sites have shares",
          "[scenario][shares]") {
  const auto loaded = load_text(shared_site("{ eu: 50 %, national: 50 % }", kTwoStreams, "{ shares: cap }"));
  CHECK(loaded.scenario.scheduling.shares == ShareRule::kCap);
  CHECK(loaded.warnings.empty());
  const auto& streams = loaded.scenario.workload.streams;
  CHECK(streams[0].time_holder == TimeHolder::kEu);
  CHECK(streams[0].labels.at("share") == "eu");
  CHECK(streams[1].time_holder == TimeHolder::kNational);
  const auto plain = load_text(stream_with("access_class: gigafactory_private")).scenario.workload.streams[0];
  CHECK(plain.time_holder == TimeHolder::kPrivate);
  CHECK_FALSE(plain.labels.contains("share"));
  CHECK_FALSE(load_text(stream_with("patience: 3 d")).scenario.workload.streams[0].time_holder);
}

TEST_CASE("under the terms of a class that is not for them users are refused, and the scenario is told",
          "[scenario][projects]") {
  const auto of = [](const std::string& user, const std::string& terms) {
    return load_text(stream_with("access_class: aif_fast_lane, labels: { user_type: " + user +
                                 " }, projects: { jobs: 1" + terms + " }"));
  };
  const auto refused = of("research", ", terms: class");
  CHECK_FALSE(refused.scenario.workload.streams[0].projects->open);
  REQUIRE(refused.warnings.size() == 1);
  CHECK(
      refused.warnings[0].ends_with("aif_fast_lane is open to user_type sme, start_up, not to research: all jobs of "
                                    "the stream are refused (projects.terms: class)"));
  CHECK(of("sme", ", terms: class").scenario.workload.streams[0].projects->open);
  CHECK(of("research", "").scenario.workload.streams[0].projects->open);  // told, and let be
}
