#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <set>
#include <sstream>

#include "cells.hpp"
#include "gigasim/catalogue/catalogue.hpp"
#include "gigasim/units/calendar.hpp"

using namespace gigasim::catalogue;

namespace {

bool has(std::string_view kind, const std::string& id) {
  return find_table(kind)->find(id) != nullptr;
}

double sum(std::string_view kind, std::string_view column) {
  double total = 0.0;
  for (const Row& row : rows_of(kind)) total += row.number(column).value_or(0.0);
  return total;
}

const std::vector<std::string> kSiteKinds{"ai-factories", "antennas", "supercomputers", "gigafactory-candidates"};

}  // namespace

TEST_CASE("sites name a country and a WAN node that exist, and lie on the globe", "[catalogue][sites]") {
  for (const std::string& kind : kSiteKinds) {
    for (const Row& row : rows_of(kind)) {
      INFO(kind << '/' << row.id());
      CHECK(has("countries", row["country"]));
      CHECK(has("wan-nodes", row["wan_node"]));
      CHECK(std::abs(required(row, "lat")) <= 90.0);
      CHECK(std::abs(required(row, "lon")) <= 180.0);
    }
  }
}

TEST_CASE("each factory has a WAN node of its own near by", "[catalogue][sites]") {
  std::set<std::string> used;
  for (const Row& row : rows_of("ai-factories")) {
    INFO(row.id());
    CHECK(used.insert(row["wan_node"]).second);
    const Row& node = *find_table("wan-nodes")->find(row["wan_node"]);
    CHECK(node["kind"] == "ai_factory");
    CHECK(node["factory"] == row.id());
    CHECK(node["country"] == row["country"]);
    const gigasim::units::GeoPoint site{required(row, "lat"), required(row, "lon")};
    CHECK(gigasim::units::great_circle_km(site, {required(node, "lat"), required(node, "lon")}) < 10.0);
  }
}

TEST_CASE("accelerators of factories and supercomputers are catalogue types with known power", "[catalogue][sites]") {
  for (const std::string kind : {"ai-factories", "supercomputers"}) {
    for (const Row& row : rows_of(kind)) {
      INFO(kind << '/' << row.id());
      const Accelerator* accelerator = find_accelerator(row["accelerator"]);
      REQUIRE(accelerator != nullptr);
      CHECK(accelerator->id == row["accelerator"]);
      CHECK(std::set<std::string>{"published", "reported", "assumed"}.count(row["accelerator_basis"]) == 1);
      if (row["count"].empty()) continue;
      CHECK(required(row, "h100_equivalents") ==
            Approx(required(row, "count") * accelerator->h100_equivalent).margin(0.0501));
    }
  }
}

TEST_CASE("the factories together have about 60,000 accelerators and 81 MW", "[catalogue][sites]") {
  CHECK(sum("ai-factories", "count") == Approx(60000.0).margin(1000.0));
  CHECK(sum("ai-factories", "count_low") == Approx(53000.0).margin(500.0));
  CHECK(sum("ai-factories", "count_high") == Approx(74000.0).margin(500.0));
  CHECK(sum("ai-factories", "it_power_mw") == Approx(81.0).margin(0.5));
}

TEST_CASE("counts lie in their range", "[catalogue][sites]") {
  for (const Row& row : rows_of("ai-factories")) {
    INFO(row.id());
    CHECK(required(row, "count_low") <= required(row, "count"));
    CHECK(required(row, "count") <= required(row, "count_high"));
    CHECK(required(row, "count") >= 340.0);  // the smallest, in Ostrava
    CHECK(required(row, "pue") >= 1.0);
    CHECK(required(row, "pue") <= 1.4);
  }
}

TEST_CASE("online dates are dates, vague or not", "[catalogue][sites]") {
  for (const std::string kind : {"ai-factories", "supercomputers", "gigafactory-candidates"}) {
    for (const Row& row : rows_of(kind)) {
      INFO(kind << '/' << row.id() << ' ' << row["online"]);
      if (kind != "gigafactory-candidates") CHECK_FALSE(row["online"].empty());
      if (!row["online"].empty()) CHECK(gigasim::units::parse_date(row["online"]).has_value());
    }
  }
}

TEST_CASE("factories list supercomputers that exist, and each is the factory's in both tables", "[catalogue][sites]") {
  std::map<std::string, std::string> factory_of;
  for (const Row& row : rows_of("ai-factories")) {
    for (const std::string& system : list(row, "present_systems")) {
      INFO(row.id() << ' ' << system);
      const Row* machine = find_table("supercomputers")->find(system);
      REQUIRE(machine != nullptr);
      CHECK((*machine)["factory"] == row.id());
    }
    for (const std::string& partner : list(row, "partners")) {
      INFO(row.id() << ' ' << partner);
      CHECK((partner == "TR" || has("countries", partner)));  // Turkey takes part in Barcelona and is not in the model
    }
  }
}

TEST_CASE("a machine that is a factory's own is marked, so that it is not counted twice", "[catalogue][sites]") {
  std::map<std::string, std::string> same;
  for (const Row& row : rows_of("supercomputers")) {
    if (row["same_as"].empty()) continue;
    same[row.id()] = row["same_as"];
    const Row* factory = find_table("ai-factories")->find(row["same_as"]);
    REQUIRE(factory != nullptr);
    INFO(row.id());
    CHECK((*factory)["count"] == row["count"]);
    CHECK((*factory)["accelerator"] == row["accelerator"]);
    CHECK((*factory)["kind"].starts_with("existing"));
  }
  CHECK(same ==
        std::map<std::string, std::string>{{"jupiter", "jaif"}, {"daedalus", "pharos"}, {"alice-recoque", "ai2f"}});
  // The other way round: a factory whose system exists already has its machine among the supercomputers.
  for (const Row& row : rows_of("ai-factories")) {
    if (!row["kind"].starts_with("existing")) continue;
    CHECK(std::any_of(same.begin(), same.end(), [&](const auto& entry) { return entry.second == row.id(); }));
  }
}

TEST_CASE("antennas lead to a factory", "[catalogue][sites]") {
  for (const Row& row : rows_of("antennas")) {
    INFO(row.id());
    CHECK(has("ai-factories", row["factory"]));
    CHECK_FALSE(row["factory_basis"].empty());
    const auto linked = list(row, "linked_factories");
    for (const std::string& factory : linked) CHECK(has("ai-factories", factory));
    // A stated link is the default's; only where no source states one may the default be an assumption.
    if (linked.empty()) {
      CHECK(row["factory_basis"].starts_with("assumed"));
    } else {
      CHECK(std::count(linked.begin(), linked.end(), row["factory"]) == 1);
    }
  }
}

TEST_CASE("two AI Factories stand in each of Germany, Spain and Poland, and 16 countries host", "[catalogue][sites]") {
  std::map<std::string, int> factories;
  for (const Row& row : rows_of("ai-factories")) ++factories[row["country"]];
  CHECK(factories.size() == 16);
  for (const char* country : {"DE", "ES", "PL"}) CHECK(factories[country] == 2);
  for (const Country& country : countries()) {
    INFO(country.code);
    CHECK(yes_no(*country.row, "hosts_ai_factory") == (factories.count(country.code) == 1));
  }
}
