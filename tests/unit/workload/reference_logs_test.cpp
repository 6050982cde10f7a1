#include <catch2/catch.hpp>
#include <numeric>

#include "logs.hpp"

using namespace gigasim;

namespace {

struct ReferenceLog {
  const char* file;
  std::int64_t processors, lines, kept;
  std::map<std::string, std::int64_t> dropped;
  std::int64_t longer_than_requested;
};

}  // namespace

// Counts of the logs' own descriptions: KTH-SP2 job 27313 has no size and 475 jobs overrun; 25 jobs of the HPC2N part
// have run time -1 and 320 overrun; a fifth of the Theta jobs (4,647) overrun; NASA has no requests.
TEST_CASE("real logs are kept and dropped as described with them", "[workload][swf]") {
  const std::filesystem::path traces = GIGASIM_SOURCE_DIR "/../shared/data/traces";
  if (!std::filesystem::exists(traces)) {
    WARN("skipped: the reference logs are not beside the checkout: " << traces);
    return;
  }
  const std::vector<ReferenceLog> logs{
      {"kth-sp2-1996/KTH-SP2-1996-2.1-cln.swf", 100, 28476, 28475, {{"no size", 1}}, 475},
      {"hpc2n-seth-2002/hpc2n-first-3170.swf", 240, 3170, 3145, {{"run time below 0", 25}}, 320},
      {"theta-2023/theta-2023.swf", 4392, 23387, 23387, {}, 4647},
      {"nasa-ipsc-1993/NASA-iPSC-1993-3.1-cln.swf", 128, 18239, 18239, {}, 0},
  };
  for (const ReferenceLog& expected : logs) {
    CAPTURE(expected.file);
    workload::ImportRules rules;
    rules.largest_partition = expected.processors;
    rules.extend_walltime = true;
    const auto log = workload::import_swf({traces / expected.file, "swf", 1.0}, rules);
    CHECK(log.report.lines == expected.lines);
    CHECK(log.report.kept == expected.kept);
    CHECK(log.jobs.size() == static_cast<std::size_t>(expected.kept));
    CHECK(log.report.dropped == expected.dropped);
    CHECK(log.report.max_procs == expected.processors);
    const auto& repaired = log.report.repaired;
    const auto raised = repaired.find("requested time below the run time, raised to it");
    CHECK((raised == repaired.end() ? 0 : raised->second) == expected.longer_than_requested);
  }
}
