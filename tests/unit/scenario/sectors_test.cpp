#include <catch2/catch.hpp>

#include "scenario_files.hpp"

using namespace gigasim;

namespace {

const char* const kSite = "    partitions: [{ accelerator: GH200, count: 1024 }]";

scenario::Loaded with_stream(std::string_view stream) {
  return load_text(with("{ start: 2027-01-01, length: 30 d }", kSite, stream));
}

}  // namespace

TEST_CASE("a stream is split into one per sector, each with its part of the demand and its label",
          "[scenario][sectors]") {
  const auto loaded = with_stream(
      "  streams:\n"
      "    - { name: s, demand: { load: 79 % }, sectors: focus_sectors, labels: { user_type: sme }, mix: seren }\n"
      "    - { name: other, demand: { load: 1 % }, mix: seren }");
  const auto& streams = loaded.scenario.workload.streams;
  REQUIRE(streams.size() == 11);  // ten sectors
  // The 19 factories name sectors 79 times, health 14 times: 79 % x 14 / 79.
  CHECK(streams[0].name == "s-health");
  CHECK(*streams[0].arrivals.load == Approx(0.14));
  CHECK(streams[0].labels == std::map<std::string, std::string>{{"sector", "health"}, {"user_type", "sme"}});
  CHECK(streams[9].name == "s-finance");
  CHECK(*streams[9].arrivals.load == Approx(0.04));
  CHECK(streams[10].name == "other");
  double sum = 0.0;
  for (std::size_t i = 0; i < 10; ++i) sum += *streams[i].arrivals.load;
  CHECK(sum == Approx(0.79));
}

TEST_CASE("what cannot be split by sector is told", "[scenario][sectors]") {
  const auto complaint = [](std::string_view keys) {
    const std::string text = "  streams: [{ name: s, mix: seren, sectors: focus_sectors" + std::string{keys} + " }]";
    const auto all = complaints(with("{ start: 2027-01-01, length: 30 d }", kSite, text));
    return all.size() == 1 ? all.front().substr(all.front().find("workload")) : "";
  };
  CHECK(complaint(", arrivals: { rate: 1 jobs/h, max_jobs: 5 }") ==
        "workload.streams[s].sectors: a number of jobs cannot be split (leave out arrivals.max_jobs)");
  CHECK(complaint(", arrivals: { rate: 1 jobs/h }, labels: { sector: health }") ==
        "workload.streams[s].sectors: the stream has a label sector already");
  const auto unknown = complaints(with("{ start: 2027-01-01, length: 30 d }", kSite,
                                       "  streams: [{ name: s, mix: seren, sectors: focus, demand: { load: 1 % } }]"));
  REQUIRE(unknown.size() == 1);
  CHECK(
      unknown[0].ends_with("workload.streams[s].sectors: unknown sector mix \"focus\" (`gigasim catalogue list "
                           "sector-mixes` lists them)"));
}
