#include <catch2/catch.hpp>

#include "run_script.hpp"

using namespace gigasim::metrics;
using namespace gigasim::metrics::script;

namespace {

const Machine kMachine{.count = 10, .pod = 4, .idle_w = 100, .full_w = 600, .pue = 1.5};

}  // namespace

TEST_CASE("a half-full partition draws idle power for all and the rest for the busy", "[metrics][energy]") {
  Script script(scenario_of({kMachine}, 2 * kHour));
  const JobIndex job = script.submit(0, {.accelerators = 5});
  script.start_in(0, job, {0, 0}, {{0, 4}, {1, 1}});  // spans two pods, the second a quarter full
  script.finish(kHour, job);
  const Results results = script.end(2 * kHour);
  // IT: 100 W x 10 x 2 h + 500 W x 5 x 1 h = 4500 Wh. Facility: x 1.5 = 6750 Wh, over 2 h 3375 W.
  CHECK(results.network.energy_it_mwh == Approx(4500e-6).epsilon(1e-12));
  CHECK(results.network.energy_mwh == Approx(6750e-6).epsilon(1e-12));
  CHECK(results.network.mean_power_mw == Approx(3375e-6).epsilon(1e-12));
  // Peak: (100 W x 10 + 500 W x 5) x 1.5 = 5250 W.
  CHECK(results.network.peak_power_mw == Approx(5250e-6).epsilon(1e-12));
  CHECK(block(results.sites, "s0").energy_mwh == results.network.energy_mwh);
  // To the stream only the 600 W x 5 x 1 h = 3000 Wh of its job belong, at most 600 W x 5 x 1.5 = 4500 W.
  const Block& stream = block(results.streams, "all");
  CHECK(stream.energy_it_mwh == Approx(3000e-6).epsilon(1e-12));
  CHECK(stream.energy_mwh == Approx(4500e-6).epsilon(1e-12));
  CHECK(stream.peak_power_mw == Approx(4500e-6).epsilon(1e-12));
}

TEST_CASE("accelerators that are not online draw nothing", "[metrics][energy]") {
  Script script(scenario_of({kMachine}, 4 * kHour));
  script.online(0, 0);
  script.online(kHour, 6);
  script.online(3 * kHour, 0);
  const Results results = script.end(4 * kHour);
  // 6 x 100 W for 2 h.
  CHECK(results.network.energy_it_mwh == Approx(1200e-6).epsilon(1e-12));
  CHECK(results.network.peak_power_mw == Approx(900e-6).epsilon(1e-12));
}

TEST_CASE("each site's energy is multiplied with its own PUE", "[metrics][energy]") {
  Machine other = kMachine;
  other.pue = 1.1;
  Script script(scenario_of({kMachine, other}, kHour));
  const Results results = script.end(kHour);
  // 1000 Wh idle each: 1500 + 1100.
  CHECK(block(results.sites, "s0").energy_mwh == Approx(1500e-6).epsilon(1e-12));
  CHECK(block(results.sites, "s1").energy_mwh == Approx(1100e-6).epsilon(1e-12));
  CHECK(results.network.energy_mwh == Approx(2600e-6).epsilon(1e-12));
  CHECK(results.network.energy_it_mwh == Approx(2000e-6).epsilon(1e-12));
}

TEST_CASE("the energy and the peak of the warm-up are not counted", "[metrics][energy]") {
  Script script(scenario_of({kMachine}, kHour, kHour));
  script.run(0, 0, kHour, {.accelerators = 4});
  script.run(1.5 * kHour, 1.5 * kHour, 2 * kHour, {.accelerators = 1});
  const Results results = script.end(2 * kHour);
  // 1000 Wh idle + 500 W x 1 x 0.5 h.
  CHECK(results.network.energy_it_mwh == Approx(1250e-6).epsilon(1e-12));
  CHECK(results.network.peak_power_mw == Approx(1500 * 1.5e-6).epsilon(1e-12));
}

TEST_CASE("a load that runs into the results period sets the peak there", "[metrics][energy]") {
  Script script(scenario_of({kMachine}, kHour, kHour));
  script.run(0, 0, 1.25 * kHour, {.accelerators = 4});
  CHECK(script.end(2 * kHour).network.peak_power_mw == Approx(3000 * 1.5e-6).epsilon(1e-12));
}

TEST_CASE("the network's peak is of the sum, not the sum of the sites' peaks", "[metrics][energy]") {
  Script script(scenario_of({kMachine, kMachine}, 2 * kHour));
  const JobIndex first = script.submit(0, {.accelerators = 4});
  script.start(0, first, 0);
  script.finish(kHour, first);
  const JobIndex second = script.submit(kHour, {.accelerators = 4});
  script.start(kHour, second, 1);
  const Results results = script.end(2 * kHour);
  // Each site peaks at 3000 W IT, but in different hours: 3000 + 1000.
  CHECK(block(results.sites, "s0").peak_power_mw == Approx(4500e-6).epsilon(1e-12));
  CHECK(block(results.sites, "s1").peak_power_mw == Approx(4500e-6).epsilon(1e-12));
  CHECK(results.network.peak_power_mw == Approx(6000e-6).epsilon(1e-12));
}

TEST_CASE("a handover within one instant is no peak whatever the order of its events", "[metrics][energy]") {
  Script script(scenario_of({kMachine, kMachine}, 2 * kHour));
  const JobIndex first = script.submit(0, {.accelerators = 4});
  script.start(0, first, 0);
  const JobIndex second = script.submit(kHour, {.accelerators = 4});
  script.start(kHour, second, 1);
  script.finish(kHour, first);
  CHECK(script.end(2 * kHour).network.peak_power_mw == Approx(6000e-6).epsilon(1e-12));
}
