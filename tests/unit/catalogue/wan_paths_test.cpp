#include "gigasim/catalogue/wan_paths.hpp"

#include <catch2/catch.hpp>

using namespace gigasim;

namespace {

catalogue::WanPath path(const std::string& from, const std::string& to) {
  return catalogue::shortest_paths(from, {to}).front();
}
double ms(const catalogue::WanPath& p) {
  return p.latency.in_base_units() * 1e3;
}
double gbps(const catalogue::WanPath& p) {
  return p.bottleneck.in_base_units() * 8e-9;
}

}  // namespace

TEST_CASE("latencies and bottlenecks between sites equal the published table of the backbone model",
          "[catalogue][wan]") {
  // From the documentation of the backbone data, to its rounding: one way in ms, baseline capacity in Gbit/s.
  struct Pair {
    const char *from, *to;
    double latency_ms, bottleneck_gbps;
  };
  for (const auto& [from, to, latency, bottleneck] :
       {Pair{"site_lumi", "site_jaif", 17.4, 400}, Pair{"site_lumi", "site_bscaif", 32.1, 200},
        Pair{"site_jaif", "site_it4lia", 11.0, 400}, Pair{"site_ai2f", "site_jaif", 9.3, 200},
        Pair{"site_pharos", "site_lumi", 31.3, 100}, Pair{"site_onehealth", "site_roaif", 26.0, 100},
        Pair{"site_it4lia", "site_slaif", 6.8, 100}, Pair{"site_piast", "site_litai", 5.4, 100},
        Pair{"site_nlaif", "site_jaif", 6.7, 400}, Pair{"site_brainpp", "site_bscaif", 27.1, 100}}) {
    CAPTURE(from, to);
    CHECK(ms(path(from, to)) == Approx(latency).margin(0.051));
    CHECK(gbps(path(from, to)) == Approx(bottleneck));
  }
}

TEST_CASE("a path and its way back have the same latency", "[catalogue][wan]") {
  for (const auto* a : {"site_lumi", "site_pharos", "nren_pt", "pop_fra"}) {
    for (const auto* b : {"site_jaif", "nren_is", "site_czai", "pop_nic"})
      CHECK(ms(path(a, b)) == Approx(ms(path(b, a))));
  }
}

TEST_CASE("no path runs through a third site", "[catalogue][wan]") {
  std::vector<std::string> nodes;
  for (const auto& node : catalogue::wan_nodes()) nodes.push_back(node.id);
  const auto kind = [&](const std::string& id) {
    for (const auto& node : catalogue::wan_nodes()) {
      if (node.id == id) return node.kind;
    }
    return std::string{};
  };
  for (const auto& from : nodes) {
    const auto paths = catalogue::shortest_paths(from, nodes);
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      if (nodes[i] == from) {
        CHECK(paths[i].links.empty());
        continue;
      }
      REQUIRE_FALSE(paths[i].links.empty());
      std::string at = from;
      for (std::size_t k = 0; k < paths[i].links.size(); ++k) {
        const auto& link = catalogue::wan_links()[paths[i].links[k]];
        REQUIRE((link.from == at || link.to == at));
        at = link.from == at ? link.to : link.from;
        if (k + 1 < paths[i].links.size()) REQUIRE(kind(at) != "ai_factory");
      }
      REQUIRE(at == nodes[i]);
    }
  }
}
