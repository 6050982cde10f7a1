#include "gigasim/engine/run_size.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "small_world.hpp"

using namespace gigasim;

namespace {

/// One site of 4,096 accelerators in pods of 512, and a stream of jobs of 4 accelerators for 2 h, 1,000 an hour for ten
/// days.
scenario::Scenario ten_days() {
  auto s = test::world({test::site("a", {test::partition(4096, 512)})});
  s.period.until_drained = false;
  s.period.length = units::Seconds{10 * 86400.0};
  s.workload.streams[0].classes.emplace_back().sizes = {{4, 1.0}};
  return s;
}

/// Nothing but what streams plan.
class Planned final : public workload::JobSource {
 public:
  explicit Planned(double jobs_per_hour) {
    plans_.push_back({"jobs", 8.0, jobs_per_hour, 8.0 * jobs_per_hour, 1});  // 4 accelerators for 2 h
  }
  std::optional<workload::Job> next() override { return std::nullopt; }
  const std::vector<std::string>& origins() const override { return none_; }
  const std::vector<workload::ImportReport>& imports() const override { return imports_; }
  const std::vector<workload::StreamPlan>& plans() const override { return plans_; }

 private:
  std::vector<std::string> none_;
  std::vector<workload::ImportReport> imports_;
  std::vector<workload::StreamPlan> plans_;
};

}  // namespace

TEST_CASE("the size of a run follows from rates, sizes and the platform", "[engine][run-size]") {
  const auto size = engine::estimate_size(ten_days(), Planned{400});
  CHECK(size.jobs == Approx(96'000));     // 400 an hour, 240 h
  CHECK(size.running == Approx(800));     // 400 an hour for 2 h each
  CHECK(size.pods == 8);                  // 4,096 in pods of 512
  CHECK(size.events == Approx(288'000));  // each arrives, starts and ends
}

TEST_CASE("no more jobs run at one time than the machine holds", "[engine][run-size]") {
  CHECK(engine::estimate_size(ten_days(), Planned{100'000}).running == 1024);  // 4,096 / 4
}

TEST_CASE("growth is met by its mean over the period, and a limit of jobs holds", "[engine][run-size]") {
  auto s = ten_days();
  s.period.length = units::Seconds{31557600.0};
  s.workload.streams[0].arrivals.growth_per_year = 1.0;
  // The mean of 2^t for t from 0 to 1 is 1 / ln 2 = 1.442695; 8,766 h.
  CHECK(engine::estimate_size(s, Planned{1}).jobs == Approx(8766 / std::log(2.0)));
  s.workload.streams[0].arrivals.max_jobs = 500;
  CHECK(engine::estimate_size(s, Planned{1}).jobs == 500);
}

TEST_CASE("failures of nodes are events, too", "[engine][run-size]") {
  auto s = ten_days();
  s.sites[0].partitions[0].per_node = 8;
  s.failures.emplace();
  s.failures->rate = units::PerSecond{1.0 / 86400.0};
  // 512 nodes fail once a day for ten days, and come back.
  CHECK(engine::estimate_size(s, Planned{0}).events == Approx(2 * 512 * 10));
}

TEST_CASE("an estimate is told in words", "[engine][run-size]") {
  CHECK(engine::in_words({480e6, 20e6, 195'313, 1.44e9, 5.3e11}) ==
        "about 530 GB of memory and 1.44 billion events for 480 million jobs, 20 million of them at a time, on "
        "195,313 pods");
}
