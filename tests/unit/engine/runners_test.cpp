#include "runners.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>
#include <map>
#include <memory>
#include <simgrid/kernel/Timer.hpp>
#include <string>
#include <utility>
#include <vector>

using namespace gigasim;
using engine::Runners;
namespace s4u = simgrid::s4u;

namespace {

/// A host of 100,000 cores, one of a single core, and what is to happen at which date. SimGrid has one engine per
/// process, and so has each test.
class RunnersAlone {
 public:
  RunnersAlone() {
    static std::string name = "runners";
    static char* arguments[] = {name.data(), nullptr};
    static int count = 1;
    static s4u::Engine engine(&count, arguments);
    simgrid_ = &engine;
    s4u::NetZone* const zone = s4u::create_star_zone("zone");
    host_ = zone->create_host("pod", 1.0)->set_core_count(100'000)->seal();
    narrow_host_ = zone->create_host("narrow", 1.0)->set_core_count(1)->seal();
    zone->seal();
    runners_ = std::make_unique<Runners>([this](metrics::JobIndex job) { mismatches_.push_back(job); });
  }

  Runners::Runner* start(metrics::JobIndex job, double duration, std::size_t parts = 1) {
    return runners_->start(job, units::Seconds{duration}, std::vector<Runners::Part>(parts, {host_, 1}));
  }
  void at(double date, std::function<void()> what) {
    simgrid::kernel::timer::Timer::set(date, [what = std::move(what)] { what(); });
    last_ = std::max(last_, date);
  }
  /// Returns the jobs that SimGrid did not end when they were taken back.
  std::vector<metrics::JobIndex> run() {
    at(last_ + 1, [this] {
      runners_->check_ended();
      s4u::Actor::kill_all();
    });
    simgrid_->run();
    return mismatches_;
  }
  Runners& runners() { return *runners_; }
  s4u::Host* host() { return host_; }
  s4u::Host* narrow_host() { return narrow_host_; }

 private:
  s4u::Engine* simgrid_;
  s4u::Host* host_;
  s4u::Host* narrow_host_;
  std::unique_ptr<Runners> runners_;
  std::vector<metrics::JobIndex> mismatches_;
  double last_ = 0;
};

using Jobs = std::vector<metrics::JobIndex>;

}  // namespace

TEST_CASE("a job that is taken back when its duration is over has ended on SimGrid", "[engine][runners]") {
  RunnersAlone alone;
  Runners::Runner* runner = nullptr;
  alone.at(1, [&] { runner = alone.start(7, 10, 3); });
  alone.at(11, [&] { alone.runners().end(runner); });
  CHECK(alone.run() == Jobs{});
  CHECK(alone.runners().num_ending() == 0);
}

TEST_CASE("a job that is taken back too early or too late is told", "[engine][runners]") {
  RunnersAlone alone;
  std::map<int, Runners::Runner*> runners;
  alone.at(1, [&] {
    for (const int job : {1, 2, 3}) runners[job] = alone.start(job, 10);
  });
  alone.at(10.5, [&] { alone.runners().end(runners[1]); });
  alone.at(11, [&] { alone.runners().end(runners[2]); });
  alone.at(11.5, [&] { alone.runners().end(runners[3]); });
  CHECK(alone.run() == Jobs{1, 3});
}

// More than are in stock: the makers make the rest at the same date.
// On the second host two threads share one core: that part of the job lasts twice as long.
TEST_CASE("a job that SimGrid ends on one of its hosts only is told", "[engine][runners]") {
  RunnersAlone alone;
  Runners::Runner* runner = nullptr;
  Runners::Runner* crowd = nullptr;
  alone.at(1, [&] {
    runner = alone.runners().start(1, units::Seconds{10}, {{alone.host(), 1}, {alone.narrow_host(), 1}});
    crowd = alone.runners().start(2, units::Seconds{10}, {{alone.narrow_host(), 1}});
  });
  alone.at(11, [&] { alone.runners().end(runner); });
  alone.at(21, [&] { alone.runners().end(crowd); });
  CHECK(alone.run() == Jobs{1});
}

TEST_CASE("a job that SimGrid ended before it is stopped is told", "[engine][runners]") {
  RunnersAlone alone;
  Runners::Runner* runner = nullptr;
  alone.at(1, [&] { runner = alone.start(5, 10, 2); });
  alone.at(12, [&] { alone.runners().cancel(runner); });
  CHECK(alone.run() == Jobs{5});
}

TEST_CASE("jobs that start together start at once, however many and wide they are", "[engine][runners]") {
  RunnersAlone alone;
  std::vector<Runners::Runner*> wide;
  std::vector<Runners::Runner*> small;
  alone.at(1, [&] {
    for (int job = 0; job < 3; ++job) wide.push_back(alone.start(job, 20, 1'000));
    for (int job = 3; job < 503; ++job) small.push_back(alone.start(job, 10));
  });
  alone.at(11, [&] {
    for (Runners::Runner* runner : small) alone.runners().end(runner);
  });
  alone.at(21, [&] {
    for (Runners::Runner* runner : wide) alone.runners().end(runner);
  });
  CHECK(alone.run() == Jobs{});
}

TEST_CASE("a job may be stopped while it runs, and before it has begun", "[engine][runners]") {
  RunnersAlone alone;
  Runners::Runner* stopped = nullptr;
  Runners::Runner* other = nullptr;
  alone.at(1, [&] {
    alone.runners().cancel(alone.start(1, 10, 1'000));  // more than there can be in stock
    stopped = alone.start(2, 10, 5);
    other = alone.start(3, 10, 5);
  });
  alone.at(4, [&] {
    alone.runners().cancel(stopped);
    stopped = alone.start(4, 3);
  });
  alone.at(7, [&] { alone.runners().end(stopped); });
  alone.at(11, [&] { alone.runners().end(other); });
  CHECK(alone.run() == Jobs{});
}
