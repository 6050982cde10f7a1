#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "cells.hpp"
#include "gigasim/catalogue/catalogue.hpp"

using namespace gigasim::catalogue;

namespace {

using Places = std::map<std::string, gigasim::units::GeoPoint>;

Places places() {
  Places all;
  for (const WanNode& node : wan_nodes()) all[node.id] = node.location;
  return all;
}

/// The nodes that can be reached from `start` over links between nodes of one of `kinds`.
std::set<std::string> reach(const std::string& start, const std::set<std::string>& kinds) {
  std::map<std::string, std::string> kind_of;
  for (const WanNode& node : wan_nodes()) kind_of[node.id] = node.kind;
  std::set<std::string> seen{start};
  std::vector<std::string> open{start};
  while (!open.empty()) {
    const std::string at = open.back();
    open.pop_back();
    for (const WanLink& link : wan_links()) {
      if (link.from != at && link.to != at) continue;
      const std::string& next = link.from == at ? link.to : link.from;
      if (kinds.count(kind_of[next]) == 1 && seen.insert(next).second) open.push_back(next);
    }
  }
  return seen;
}

}  // namespace

TEST_CASE("links join two different nodes that exist", "[catalogue][wan]") {
  const Places all = places();
  CHECK(all.size() == 90);
  for (const WanLink& link : wan_links()) {
    INFO(link.id);
    CHECK(all.count(link.from) == 1);
    CHECK(all.count(link.to) == 1);
    CHECK(link.from != link.to);
  }
}

TEST_CASE("the network is connected, and so are the points of presence alone", "[catalogue][wan]") {
  CHECK(reach("pop_fra", {"pop", "nren", "ai_factory"}).size() == 90);
  const auto nodes = wan_nodes();
  const auto pops = std::count_if(nodes.begin(), nodes.end(), [](const WanNode& n) { return n.kind == "pop"; });
  CHECK(reach("pop_fra", {"pop"}).size() == static_cast<std::size_t>(pops));
}

TEST_CASE("nodes are of a known kind in a known country, 34 national networks and 19 factories", "[catalogue][wan]") {
  std::map<std::string, int> kinds;
  for (const WanNode& node : wan_nodes()) {
    ++kinds[node.kind];
    INFO(node.id);
    CHECK((find_country(node.country) != nullptr || node.country == "UA"));  // Kyiv is a backbone node only
  }
  CHECK(kinds == std::map<std::string, int>{{"pop", 37}, {"nren", 34}, {"ai_factory", 19}});
}

TEST_CASE("no signal is faster than light in glass on the great circle", "[catalogue][wan]") {
  const Places all = places();
  for (const WanLink& link : wan_links()) {
    INFO(link.id);
    // 4.897 us per km (n = 1.468); the table rounds distances to 0.1 km and latencies to 1 us.
    const double least = gigasim::units::great_circle_km(all.at(link.from), all.at(link.to)) * 4.897e-6;
    CHECK(link.latency.in_base_units() > 0.0);
    CHECK(link.latency.in_base_units() >= least - 2e-6);
    CHECK(link.latency.in_base_units() <= 3.0 * least + 50e-6);
  }
}

TEST_CASE("capacities rise from low over best to hyper", "[catalogue][wan]") {
  for (const WanLink& link : wan_links()) {
    INFO(link.id);
    CHECK(link.capacity_low.in_base_units() > 0.0);
    CHECK(link.capacity_low <= link.capacity_best);
    CHECK(link.capacity_best <= link.capacity_hyper);
  }
}

TEST_CASE("latency and capacity are read in their units", "[catalogue][wan]") {
  const auto links = wan_links();
  const auto link = std::find_if(links.begin(), links.end(), [](const WanLink& l) { return l.id == "ams--lon"; });
  REQUIRE(link != links.end());
  CHECK(link->latency.in_base_units() == Approx(3.125e-3));       // half of a round trip of 6.25 ms
  CHECK(link->capacity_best.in_base_units() == Approx(100.0e9));  // 800 Gbit/s
}
