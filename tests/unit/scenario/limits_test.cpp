#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "scenario_files.hpp"

using Messages = std::vector<std::string>;

namespace {

/// What setting one value of a simple scenario complains about, behind the place.
std::string complaint(const std::string& path, const std::string& value) {
  const auto messages = complaints(simple(), {"", {{path, value}}, {}});
  if (messages.empty()) return "accepted";
  if (messages.size() > 1) return fmt::format("{} messages", messages.size());
  const std::string place = fmt::format("--set {}={}: {}: ", path, value, path);
  return messages[0].starts_with(place) ? messages[0].substr(place.size()) : messages[0];
}

}  // namespace

TEST_CASE("every quantity has an upper limit, which the message names", "[scenario][limits]") {
  const std::string partition = "sites[athens].partitions[gh200-96].";
  const std::string stream = "workload.streams[research].";
  CHECK(complaint(partition + "count", "100000001") == "must be at most 100,000,000, got 100000001");
  CHECK(complaint(partition + "per_node", "1025") == "must be at most 1,024, got 1025");
  CHECK(complaint(partition + "power.full", "1e300 W") == "must be at most 1 MW, got 1e300 W");
  CHECK(complaint(partition + "h100_equivalent", "1e5") == "must be at most 10,000, got 1e5");
  CHECK(complaint("sites[athens].power.connection", "1001 GW") == "must be at most 1000 GW, got 1001 GW");
  CHECK(complaint("sites[athens].storage.bandwidth", "1e40 B/s") == "must be at most 10,000,000 TB/s, got 1e40 B/s");
  CHECK(complaint("sites[athens].storage.capacity", "1e30 EB") == "must be at most 1000 EB, got 1e30 EB");
  CHECK(complaint("workload.demand.load", "1e300 %") == "must be at most 10,000 %, got 1e300 %");
  CHECK(complaint("workload.demand.growth", "1001 % per year") ==
        "must be at most 1000 % per year, got 1001 % per year");
  CHECK(complaint(stream + "patience", "201 a") == "must be at most 200 a, got 201 a");
  CHECK(complaint("scheduling.weights", "{ carbon: 1e10 }").ends_with("must be at most 1,000,000,000, got 1e10"));
}

TEST_CASE("origins cannot sum to more than a number holds", "[scenario][limits]") {
  const auto messages =
      complaints(simple(), {"", {{"workload.streams[research].origin", "{ DE: 1e308, FR: 1e308 }"}}, {}});
  REQUIRE(messages.size() == 1);  // one place and one text: said once
  CHECK(messages[0].ends_with("origin.DE: must be at most 1,000,000,000, got 1e308"));
}

TEST_CASE("accelerator-hours have the limit that a runtime has", "[scenario][limits]") {
  // 1e8 accelerator-h on 4 accelerators are 25 million hours, 2,851 years of 8,766 h.
  const auto text = [](const std::string& hours) {
    return fmt::format(R"(gigasim: 1
period: {{ start: 2027-01-01, length: 1 d }}
sites: [{{ name: a, country: GR, location: [37, 24], partitions: [{{ accelerator: GH200, count: 64 }}] }}]
workload:
  streams:
    - {{ name: r, arrivals: {{ rate: 1 jobs/h }}, job: {{ accelerator_hours: {}, accelerators: 4 }} }}
)",
                       hours);
  };
  CHECK(complaints(text("1e8 accelerator-h")) ==
        Messages{"case.yaml:6:74: workload.streams[r].job: would take 2,851 a on 4 accelerators: at most 200 a are "
                 "possible"});
  CHECK(complaints(text("1e300 accelerator-h")) ==
        Messages{"case.yaml:6:74: workload.streams[r].job.accelerator_hours: must be at most 200,000,000,000,000 "
                 "accelerator-h, got "
                 "1e300 accelerator-h"});
  CHECK(complaints(text("7e6 accelerator-h")).empty());  // 200 a are 7,012,800 accelerator-h
}

TEST_CASE("a reservation opens at most 100,000 windows", "[scenario][limits]") {
  const auto with_every = [](const std::string& every) {
    const auto messages = complaints(
        simple() +
        fmt::format("scheduling: {{ reservations: [{{ name: r, accelerators: 1, from: 2027-01-01, length: 1 s, "
                    "every: {} }}] }}\n",
                    every));
    return messages.empty() ? std::string{} : messages.front();
  };
  CHECK(with_every("1 h").empty());
  CHECK(with_every("1 s").find("scheduling.reservations[r].every: opens ") != std::string::npos);
  CHECK(with_every("1 s").ends_with("windows in the period: at most 100,000 are possible"));
}

TEST_CASE("a job meets at most 100,000 windows of a reservation", "[scenario][limits]") {
  // 100 a of 8,766 h are 219,150 windows of 4 h; 40 a are 87,660.
  const auto with_runtime = [](const std::string& runtime) {
    return complaints(fmt::format(R"(gigasim: 1
period: {{ start: 2027-01-01, length: 1 d }}
sites: [{{ name: a, country: GR, location: [37, 24], partitions: [{{ accelerator: GH200, count: 64 }}] }}]
workload: {{ streams: [{{ name: r, arrivals: {{ rate: 1 jobs/h }}, job: {{ accelerators: 4, runtime: {} }} }}] }}
scheduling: {{ reservations: [{{ name: w, accelerators: 1, from: 2027-01-01, length: 1 h, every: 4 h }}] }}
)",
                                  runtime));
  };
  CHECK(with_runtime("40 a").empty());
  const auto messages = with_runtime("100 a");
  REQUIRE(messages.size() == 1);
  CHECK(
      messages[0].ends_with("scheduling.reservations[w].every: opens 2.19e+05 windows while a job of stream r runs: at "
                            "most 100,000 are possible"));
}

TEST_CASE("what happens again and again is at least a second apart", "[scenario][limits]") {
  CHECK(complaint("scheduling.rebroker_after", "999 ms") == "must be at least 1 s, got 999 ms");
  CHECK(complaint("workload.streams[research].checkpoint", "{ size: 1 GB, interval: 1 ms }")
            .ends_with("must be at least 1 s, got 1 ms"));
}
