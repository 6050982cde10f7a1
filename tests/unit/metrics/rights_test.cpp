#include "rights.hpp"

#include <catch2/catch.hpp>

#include "gigasim/metrics/recorder.hpp"

using namespace gigasim;
using scenario::Eligibility;
using scenario::Residency;

namespace {

/// One site in Germany with one partition of H100 (80 GB); one stream. Jobs come from France (0) or Switzerland (1).
scenario::Scenario one_site() {
  scenario::Scenario s;
  s.period.until_drained = true;
  s.sites.resize(1);
  s.sites[0].name = "bonn";
  s.sites[0].country = "DE";
  s.sites[0].partitions.resize(1);
  s.sites[0].partitions[0].name = "gpu";
  s.sites[0].partitions[0].accelerator = "H100-SXM-80";
  s.sites[0].partitions[0].count = s.sites[0].partitions[0].pod = 8;
  s.sites[0].partitions[0].memory = units::Bytes{80e9};
  s.countries["DE"].eu_member = s.countries["FR"].eu_member = true;
  s.countries["CH"].eu_member = false;
  s.workload.streams.resize(1);
  s.workload.streams[0].name = "a";
  return s;
}

bool allowed(const scenario::Scenario& s, std::int32_t origin) {
  const std::vector<std::string> origins{"FR", "CH"};
  metrics::JobRecord job;
  job.stream = 0;
  job.origin = origin;
  job.place = {0, 0};
  return metrics::Rights(s, origins).allow(job);
}

}  // namespace

TEST_CASE("a job may run where accelerator, memory, residency and eligibility allow it", "[metrics][rights]") {
  auto s = one_site();
  scenario::Stream& stream = s.workload.streams[0];
  CHECK(allowed(s, -1));
  stream.needs.accelerators = {{"GH200-96", 1.0}};
  CHECK(!allowed(s, 0));
  stream.needs.accelerators = {{"GH200-96", 1.0}, {"H100-SXM-80", 2.0}};
  CHECK(allowed(s, 0));
  stream.needs.memory = units::Bytes{80e9};
  CHECK(allowed(s, 0));
  stream.needs.memory = units::Bytes{81e9};
  CHECK(!allowed(s, 0));
  stream.needs = {};
  stream.residency = Residency::kEu;
  CHECK(allowed(s, 1));  // where the data comes from does not matter
  stream.residency = Residency::kCountry;
  CHECK(!allowed(s, 0));
  stream.residency = Residency::kAnywhere;
  s.sites[0].eligible = {Eligibility::Users::kEu, {}};
  CHECK(allowed(s, 0));
  CHECK(!allowed(s, 1));
  CHECK(!allowed(s, -1));
  s.sites[0].eligible = {Eligibility::Users::kCountries, {"CH"}};
  CHECK(!allowed(s, 0));
  CHECK(allowed(s, 1));
}

TEST_CASE("a run in which a job was where it may not be has failed", "[metrics][rights]") {
  auto s = one_site();
  s.workload.streams[0].residency = Residency::kCountry;
  metrics::Recorder recorder(s, {"FR"});
  workload::Job job;
  job.number = 1;
  job.origin = 0;
  job.accelerators = 8;
  job.runtime = job.walltime = units::Seconds{10};
  const std::vector<metrics::PodShare> pods{{0, 8}};
  recorder.capacity_changed({0, 0}, 8, units::Seconds{0});
  recorder.job_submitted(0, job, units::Seconds{0});
  recorder.job_queued(0, {0, 0}, units::Seconds{0});
  recorder.job_started(0, {0, 0}, pods, units::Seconds{0});
  recorder.job_ended(0, metrics::Outcome::kFinished, units::Seconds{10});
  recorder.run_ended(units::Seconds{10}, false);
  CHECK_THROWS_WITH(recorder.results({}, {}), "job 1 of stream a ran in partition gpu of site bonn, where it may not");
}
