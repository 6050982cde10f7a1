#include "gigasim/engine/run.hpp"

#include <fmt/format.h>

#include <array>
#include <csignal>
#include <exception>
// version.h needs what s4u.hpp includes.
// clang-format off
#include <simgrid/s4u.hpp>
#include <simgrid/version.h>
// clang-format on
#include <string>

#include "platform.hpp"
#include "simulation.hpp"

namespace gigasim::engine {
namespace {

namespace s4u = simgrid::s4u;

/// SimGrid's engine installs a handler for SIGINT that ends the process, and one for exceptions that nobody catches:
/// ours come back afterwards.
class KeepHandlers {
 public:
  KeepHandlers() { sigaction(SIGINT, nullptr, &interrupt_); }
  void restore() const {
    sigaction(SIGINT, &interrupt_, nullptr);
    std::set_terminate(terminate_);
  }

 private:
  struct sigaction interrupt_ {};
  std::terminate_handler terminate_ = std::get_terminate();
};

void configure() {
  // Stack and guard pages only after the engine exists: the keys are unknown before. Both or neither: no guard pages
  // with the default stack size are ten times slower.
  s4u::Engine::set_config("contexts/stack-size:32");
  s4u::Engine::set_config("contexts/guard-size:0");
  // Plain max-min sharing of links.
  s4u::Engine::set_config("network/model:CM02");
  s4u::Engine::set_config("network/TCP-gamma:0");
  s4u::Engine::set_config("network/crosstraffic:0");
}

}  // namespace

void run(const scenario::Scenario& scenario, workload::JobSource& jobs, metrics::Observer& observer,
         const RunOptions& options) {
  const KeepHandlers handlers;
  std::string name = "gigasim";
  std::string quiet = "--log=root.thresh:warning";
  std::array<char*, 3> arguments{name.data(), quiet.data(), nullptr};
  int count = 2;
  s4u::Engine simgrid(&count, arguments.data());
  handlers.restore();
  configure();
  Platform platform(scenario, static_cast<bool>(options.energy_oracle));
  Simulation simulation(scenario, jobs, observer, platform, simgrid, options);
  simulation.run();
}

std::string simgrid_version() {
  int major = 0;
  int minor = 0;
  int patch = 0;
  sg_version_get(&major, &minor, &patch);
  return fmt::format("{}.{}.{}", major, minor, patch);
}

}  // namespace gigasim::engine
