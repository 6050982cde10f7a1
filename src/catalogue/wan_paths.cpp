#include "gigasim/catalogue/wan_paths.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <queue>
#include <stdexcept>
#include <utility>

#include "editions.hpp"

namespace gigasim::catalogue {
namespace {

constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();

struct Edge {
  std::size_t to, link;
};

struct Graph {
  std::map<std::string, std::size_t> index;
  std::vector<std::vector<Edge>> edges;
};

const Graph& backbone() {
  static PerEdition<Graph> graph{[] {
    Graph g;
    for (const auto& node : wan_nodes()) g.index.emplace(node.id, g.index.size());
    g.edges.resize(g.index.size());
    const auto links = wan_links();
    for (std::size_t i = 0; i < links.size(); ++i) {
      const std::size_t a = g.index.at(links[i].from);
      const std::size_t b = g.index.at(links[i].to);
      g.edges[a].push_back({b, i});
      g.edges[b].push_back({a, i});
    }
    return g;
  }};
  return graph.get();
}

/// The way by which each node is reached with the least latency.
struct Reached {
  double latency_s = std::numeric_limits<double>::infinity();
  std::size_t link = kNone, before = kNone;
};

bool may_pass(std::size_t node, std::size_t start, const std::vector<Reached>& reached) {
  if (node == start) return true;
  const auto& kind = wan_nodes()[node].kind;
  if (kind == "pop") return true;
  return kind == "nren" && reached[node].before == start;  // out of the start's own national network
}

/// A national network that is reached from the backbone passes traffic only to the sites behind it.
bool may_enter(std::size_t from, std::size_t to, std::size_t start, const std::vector<Reached>& reached) {
  if (may_pass(from, start, reached)) return true;
  return wan_nodes()[from].kind == "nren" && wan_nodes()[to].kind == "ai_factory";
}

std::vector<Reached> search(std::size_t start) {
  const Graph& graph = backbone();
  std::vector<Reached> reached(graph.edges.size());
  using Entry = std::pair<double, std::size_t>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> open;
  reached[start].latency_s = 0.0;
  open.push({0.0, start});
  while (!open.empty()) {
    const auto [latency, node] = open.top();
    open.pop();
    if (latency > reached[node].latency_s) continue;
    for (const Edge& edge : graph.edges[node]) {
      if (!may_enter(node, edge.to, start, reached)) continue;
      const double through = latency + wan_links()[edge.link].latency.in_base_units();
      if (through >= reached[edge.to].latency_s) continue;
      reached[edge.to] = {through, edge.link, node};
      open.push({through, edge.to});
    }
  }
  return reached;
}

WanPath path_to(std::size_t target, const std::vector<Reached>& reached) {
  WanPath path;
  path.latency = units::Seconds{reached[target].latency_s};
  double bottleneck = std::numeric_limits<double>::infinity();
  for (std::size_t node = target; reached[node].link != kNone; node = reached[node].before) {
    path.links.push_back(reached[node].link);
    bottleneck = std::min(bottleneck, wan_links()[reached[node].link].capacity_best.in_base_units());
  }
  path.bottleneck = units::BytesPerSecond{bottleneck};
  std::reverse(path.links.begin(), path.links.end());
  return path;
}

}  // namespace

std::vector<WanPath> shortest_paths(const std::string& from, const std::vector<std::string>& targets) {
  const Graph& graph = backbone();
  const auto reached = search(graph.index.at(from));
  std::vector<WanPath> paths;
  paths.reserve(targets.size());
  for (const auto& target : targets) paths.push_back(path_to(graph.index.at(target), reached));
  return paths;
}

}  // namespace gigasim::catalogue
