#pragma once

#include <cstdint>
#include <simgrid/s4u.hpp>
#include <vector>

#include "gigasim/metrics/observer.hpp"
#include "gigasim/scenario/scenario.hpp"

namespace gigasim::engine {

/// The scenario's machines on SimGrid. A site is a star zone; a pod is a host with `core_count` = its accelerators and
/// speed 1 (a flop is an accelerator-second at nominal speed, so that times stay exact); pods meet at the site's spine
/// link, where storage hangs too; a WAN access link leads out, along the path of least latency through the research
/// backbone. Links have latency 0: SimGrid then shares them by plain max-min, and path latency belongs to the transfer
/// model.
class Platform {
 public:
  /// `with_energy` loads the host-energy plugin with each pod's idle and full power.
  Platform(const scenario::Scenario& scenario, bool with_energy);

  [[nodiscard]] simgrid::s4u::Host* pod(metrics::Place place, std::int32_t pod) const;
  /// Where a site keeps its data.
  [[nodiscard]] simgrid::s4u::Host* storage(std::int32_t site) const {
    return sites_[static_cast<std::size_t>(site)].storage;
  }
  /// Joules that the host-energy plugin has counted over all pods.
  [[nodiscard]] double plugin_energy_joules() const;

 private:
  struct SiteZone {
    simgrid::s4u::NetZone* zone = nullptr;
    simgrid::kernel::routing::NetPoint* gateway = nullptr;
    simgrid::s4u::Link* access = nullptr;
    simgrid::s4u::Host* storage = nullptr;
    std::vector<std::vector<simgrid::s4u::Host*>> pods;  // by partition
  };

  void build_site(const scenario::Site& site);
  void build_pods(const scenario::Site& site, const scenario::Partition& partition, simgrid::s4u::Link* spine,
                  SiteZone& into) const;
  void connect_sites();

  const scenario::Scenario& scenario_;
  bool with_energy_;
  simgrid::s4u::NetZone* root_ = nullptr;
  std::vector<SiteZone> sites_;
};

}  // namespace gigasim::engine
