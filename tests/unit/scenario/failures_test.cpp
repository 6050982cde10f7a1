#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "scenario_files.hpp"

using namespace gigasim;
using namespace gigasim::scenario;

namespace {

/// Two sites, athens with 10 TB of storage and a machine since ever, graz with 50 TB and a new one.
std::vector<std::string> warnings_of(const std::string& failures, const std::string& checkpoint,
                                     const std::string& of_athens = "") {
  return load_text(R"(
gigasim: 1
period: { start: 2027-01-01, length: 30 d }
sites:
  - name: athens
    country: GR
)" + of_athens + R"(
    location: [37.98, 23.73]
    storage: { capacity: 10 TB }
    partitions: [{ name: old, accelerator: GH200, count: 1024 }]
  - name: graz
    country: AT
    location: [47.07, 15.44]
    storage: { capacity: 50 TB }
    partitions: [{ name: new, accelerator: GH200, count: 1024, online: 2026-12-01 }]
workload:
  streams:
    - { name: s, arrivals: { rate: 1 jobs/h }, job: { accelerators: 8, runtime: 4 h }, checkpoint: )" +
                   checkpoint + " }\nfailures: " + failures + "\n")
      .warnings;
}

}  // namespace

TEST_CASE("an early time that nothing says the begin of is warned of", "[scenario][failures]") {
  CHECK(warnings_of("{}", "{ size: 1 TB }").empty());
  const auto warnings = warnings_of("{ early: { factor: 3, length: 100 d } }", "{ size: 1 TB }");
  REQUIRE(warnings.size() == 1);
  CHECK(
      warnings[0].ends_with("failures.early: does nothing where no `online` date says when nodes are new: partition "
                            "old of site athens"));
  CHECK(warnings_of("{ early: { factor: 3, length: 100 d } }", "{ size: 1 TB }", "    online: 2026-11-01").empty());
}

TEST_CASE("a checkpoint that a site cannot hold is warned of", "[scenario][failures]") {
  const auto warnings = warnings_of("{}", "{ size: 20 TB }");
  REQUIRE(warnings.size() == 1);
  CHECK(
      warnings[0].ends_with("workload.streams[s].checkpoint.size: a checkpoint of 20 TB is larger than the storage of "
                            "site athens (10 TB); no such jobs are sent there"));
}

TEST_CASE("a checkpoint that no site which may run the job can hold is refused", "[scenario][failures]") {
  const auto asking = [](const std::string& accelerator) {
    return R"(
gigasim: 1
period: { start: 2027-01-01, length: 30 d }
sites:
  - { name: athens, country: GR, location: [37.98, 23.73], storage: { capacity: 10 TB }, partitions: [{ accelerator: GH200, count: 64 }] }
  - { name: graz, country: AT, location: [47.07, 15.44], storage: { capacity: 50 TB }, partitions: [{ accelerator: H100, count: 64 }] }
workload:
  streams:
    - name: s
      arrivals: { rate: 1 jobs/h }
      requires: { accelerators: )" +
           accelerator + " }\n      job: { accelerators: 8, runtime: 4 h }\n      checkpoint: { size: 20 TB }\n";
  };
  CHECK(load_text(asking("H100")).warnings.empty());
  CHECK_THROWS_WITH(load_text(asking("GH200")),
                    Catch::EndsWith("workload.streams[s].checkpoint.size: a checkpoint of 20 TB is larger than the "
                                    "storage of any site that may run it; the largest, of athens, holds 10 TB"));
}
