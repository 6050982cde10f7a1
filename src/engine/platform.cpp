#include "platform.hpp"

#include <fmt/format.h>
#include <simgrid/plugins/energy.h>

#include <map>
#include <string>

#include "gigasim/catalogue/catalogue.hpp"
#include "gigasim/catalogue/wan_paths.hpp"
#include "memory_ahead.hpp"
#include "pod_allocator.hpp"

namespace gigasim::engine {
namespace {

namespace s4u = simgrid::s4u;

double capacity_of(const catalogue::WanLink& link, scenario::WanCapacity which) {
  switch (which) {
    case scenario::WanCapacity::kLow:
      return link.capacity_low.in_base_units();
    case scenario::WanCapacity::kHyper:
      return link.capacity_hyper.in_base_units();
    case scenario::WanCapacity::kBest:
      break;
  }
  return link.capacity_best.in_base_units();
}

/// A full-duplex link without latency: one SimGrid link per direction.
s4u::Link* make_link(s4u::NetZone* zone, const std::string& name, double bytes_per_second) {
  auto* link = zone->create_split_duplex_link(name, bytes_per_second);
  link->set_latency(0.0);
  link->seal();
  return link;
}

s4u::LinkInRoute up(const s4u::Link* link) {
  return {dynamic_cast<const s4u::SplitDuplexLink*>(link), s4u::LinkInRoute::Direction::UP};
}
s4u::LinkInRoute down(const s4u::Link* link) {
  return {dynamic_cast<const s4u::SplitDuplexLink*>(link), s4u::LinkInRoute::Direction::DOWN};
}

}  // namespace

Platform::Platform(const scenario::Scenario& scenario, bool with_energy)
    : scenario_(scenario), with_energy_(with_energy), root_(s4u::create_full_zone("europe")) {
  if (with_energy_) sg_host_energy_plugin_init();
  for (const auto& site : scenario_.sites) build_site(site);
  connect_sites();
  root_->seal();
}

void Platform::build_site(const scenario::Site& site) {
  SiteZone& into = sites_.emplace_back();
  if (site.partitions.empty()) return;  // an antenna has users, no machine
  into.zone = s4u::create_star_zone(site.name);
  into.zone->set_parent(root_);
  auto* spine = make_link(into.zone, site.name + "/spine", site.spine_bandwidth.in_base_units());
  for (const auto& partition : site.partitions) build_pods(site, partition, spine, into);

  into.storage = into.zone->create_host(site.name + "/storage", 1.0);
  if (with_energy_) into.storage->set_property("wattage_per_state", "0:0:0");
  auto* storage_link = make_link(into.zone, site.name + "/storage-link", site.storage_bandwidth.in_base_units());
  into.zone->add_route(into.storage->get_netpoint(), nullptr, nullptr, nullptr, {up(storage_link)}, true);

  into.gateway = into.zone->create_router(site.name + "/gateway");
  into.zone->add_route(into.gateway, nullptr, nullptr, nullptr, std::vector<s4u::LinkInRoute>{}, true);
  into.zone->seal();
  into.access = make_link(root_, site.name + "/wan-access", site.wan_access.in_base_units());
}

void Platform::build_pods(const scenario::Site& site, const scenario::Partition& partition, s4u::Link* spine,
                          SiteZone& into) const {
  const PodAllocator layout(partition.count, partition.pod);
  auto& hosts = into.pods.emplace_back();
  MemoryAhead memory;
  for (std::int32_t i = 0; i < layout.num_pods(); ++i) {
    memory.will_take(kBytesPerPod);
    const auto size = layout.pod_size(i);
    auto* host = into.zone->create_host(fmt::format("{}/{}/pod-{}", site.name, partition.name, i), 1.0);
    host->set_core_count(static_cast<int>(size));
    if (with_energy_) {
      const double idle = partition.idle_power.in_base_units() * static_cast<double>(size);
      const double full = partition.full_power.in_base_units() * static_cast<double>(size);
      host->set_property("wattage_per_state", fmt::format("{0:.17g}:{0:.17g}:{1:.17g}", idle, full));
    }
    host->seal();
    into.zone->add_route(host->get_netpoint(), nullptr, nullptr, nullptr, {up(spine)}, true);
    hosts.push_back(host);
  }
}

void Platform::connect_sites() {
  std::map<std::size_t, s4u::Link*> wan_links;  // only those that some path uses
  const auto wan_link = [&](std::size_t index) {
    auto& link = wan_links[index];
    const auto& row = catalogue::wan_links()[index];
    if (link == nullptr) link = make_link(root_, "wan/" + row.id, capacity_of(row, scenario_.network.wan));
    return link;
  };
  std::vector<std::size_t> machines;
  std::vector<std::string> attach;
  for (std::size_t i = 0; i < sites_.size(); ++i) {
    if (sites_[i].zone == nullptr) continue;
    machines.push_back(i);
    attach.push_back(scenario_.sites[i].wan_attach);
  }
  for (std::size_t a = 0; a + 1 < machines.size(); ++a) {
    const std::vector<std::string> others(attach.begin() + static_cast<std::ptrdiff_t>(a) + 1, attach.end());
    const auto paths = catalogue::shortest_paths(attach[a], others);
    for (std::size_t b = a + 1; b < machines.size(); ++b) {
      const SiteZone& from = sites_[machines[a]];
      const SiteZone& to = sites_[machines[b]];
      std::vector<s4u::LinkInRoute> route{up(from.access)};
      std::string node = attach[a];
      for (const std::size_t index : paths[b - a - 1].links) {
        const auto& row = catalogue::wan_links()[index];
        const bool forward = row.from == node;
        route.push_back(forward ? up(wan_link(index)) : down(wan_link(index)));
        node = forward ? row.to : row.from;
      }
      route.push_back(down(to.access));
      root_->add_route(from.zone->get_netpoint(), to.zone->get_netpoint(), from.gateway, to.gateway, route, true);
    }
  }
}

s4u::Host* Platform::pod(metrics::Place place, std::int32_t pod) const {
  return sites_[static_cast<std::size_t>(place.site)]
      .pods[static_cast<std::size_t>(place.partition)][static_cast<std::size_t>(pod)];
}

double Platform::plugin_energy_joules() const {
  double joules = 0.0;
  for (const auto& site : sites_) {
    for (const auto& partition : site.pods) {
      for (auto* host : partition) joules += sg_host_get_consumed_energy(host);
    }
  }
  return joules;
}

}  // namespace gigasim::engine
