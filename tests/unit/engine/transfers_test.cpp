#include "transfers.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>
#include <memory>
#include <simgrid/kernel/Timer.hpp>
#include <string>
#include <utility>
#include <vector>

#include "gigasim/units/grid.hpp"

using namespace gigasim;
using engine::Transfers;
namespace s4u = simgrid::s4u;

namespace {

/// Two hosts with a link of 100 B/s between them, and what is to happen at which date. SimGrid has one engine per
/// process, and so has each test.
class FlowsAlone {
 public:
  FlowsAlone() {
    static std::string name = "transfers";
    static std::string no_cross_traffic = "--cfg=network/crosstraffic:0";
    static char* arguments[] = {name.data(), no_cross_traffic.data(), nullptr};
    static int count = 2;
    static s4u::Engine engine(&count, arguments);
    s4u::Engine::set_config("network/model:CM02");
    simgrid_ = &engine;
    s4u::NetZone* const zone = s4u::create_star_zone("zone");
    for (s4u::Host*& host : hosts_) {
      host = zone->create_host(&host == hosts_ ? "pod" : "storage", 1.0)->seal();
      s4u::Link* const link = zone->create_link(host->get_name() + "-link", 100.0)->set_latency(0.0)->seal();
      zone->add_route(host->get_netpoint(), nullptr, nullptr, nullptr, {s4u::LinkInRoute(link)}, true);
    }
    zone->seal();
    transfers_ = std::make_unique<Transfers>(
        [this](metrics::JobIndex job) { told_.emplace_back(s4u::Engine::get_clock(), job); });
    s4u::Actor::create("until-killed", hosts_[0], [] { s4u::this_actor::suspend(); });
  }

  [[nodiscard]] Transfers::Flow start(double bytes) const {
    return Transfers::start(units::Bytes{bytes}, hosts_[0], hosts_[1]);
  }
  void at(double date, std::function<void()> what) {
    simgrid::kernel::timer::Timer::set(date, [what = std::move(what)] { what(); });
    last_ = std::max(last_, date);
  }
  void run() {
    at(last_ + 1, [] { s4u::Actor::kill_all(); });
    simgrid_->run();
  }
  Transfers& transfers() { return *transfers_; }
  [[nodiscard]] const std::vector<std::pair<double, metrics::JobIndex>>& told() const { return told_; }

 private:
  s4u::Engine* simgrid_;
  s4u::Host* hosts_[2] = {};
  std::unique_ptr<Transfers> transfers_;
  std::vector<std::pair<double, metrics::JobIndex>> told_;
  double last_ = 0;
};

using Told = std::vector<std::pair<double, metrics::JobIndex>>;

/// One of 1,000 B that job 1 awaits, and one of 2,000 B that job 2 does.
void start_and_await(FlowsAlone& alone, Transfers::Flow& first, Transfers::Flow& second) {
  first = alone.start(1000);
  second = alone.start(2000);
  alone.transfers().await(first, 1);
  alone.transfers().await(second, 2);
}

}  // namespace

TEST_CASE("two flows share a link, and are told to those who await them", "[engine][transfers]") {
  FlowsAlone alone;
  Transfers::Flow first, second;
  alone.at(0, [&] { start_and_await(alone, first, second); });
  alone.at(40, [] {});
  alone.run();  // 50 B/s each until the first is over, then 100 B/s for the second
  CHECK(alone.told() == Told{{20.0, 1}, {30.0, 2}});
  CHECK(Transfers::end_of(first) == units::Seconds{20});
  CHECK(Transfers::end_of(second) == units::Seconds{30});
  CHECK_FALSE(alone.transfers().any_awaited());
}

TEST_CASE("a flow that nobody awaits ends as well, and may be awaited late", "[engine][transfers]") {
  FlowsAlone alone;
  Transfers::Flow first, second;
  bool was_awaited = true;
  alone.at(0, [&] {
    first = alone.start(1000);
    second = alone.start(2000);
    was_awaited = alone.transfers().any_awaited();
  });
  alone.at(25, [&] {
    CHECK(Transfers::end_of(first) == units::Seconds{20});
    CHECK_FALSE(Transfers::end_of(second));
    alone.transfers().await(second, 2);
  });
  alone.at(40, [] {});
  alone.run();
  CHECK_FALSE(was_awaited);
  CHECK(alone.told() == Told{{30.0, 2}});
}

TEST_CASE("a flow that is dropped leaves the link to the others, and is not told", "[engine][transfers]") {
  FlowsAlone alone;
  Transfers::Flow first, second;
  alone.at(0, [&] { start_and_await(alone, first, second); });
  alone.at(10, [&] { alone.transfers().drop(first); });  // 500 B each have moved
  alone.at(40, [] {});
  alone.run();
  CHECK(first == nullptr);
  CHECK(alone.told() == Told{{25.0, 2}});
}

TEST_CASE("a flow is over on the date grid at or after its end", "[engine][transfers]") {
  FlowsAlone alone;
  Transfers::Flow flow;
  alone.at(0, [&] { flow = alone.start(1); });  // 0.01 s
  alone.at(1, [] {});
  alone.run();
  CHECK(Transfers::end_of(flow) == units::ceil_to_grid(units::Seconds{0.01}));
  CHECK(Transfers::end_of(flow) > units::Seconds{0.01});
}
