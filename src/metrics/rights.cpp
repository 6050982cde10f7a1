#include "rights.hpp"

#include <algorithm>

namespace gigasim::metrics {
namespace {

bool suits(const scenario::Requirements& needs, const scenario::Partition& partition) {
  const auto is_it = [&](const scenario::AcceptedAccelerator& one) { return one.id == partition.accelerator; };
  const bool accepted =
      needs.accelerators.empty() || std::any_of(needs.accelerators.begin(), needs.accelerators.end(), is_it);
  return accepted && (needs.memory == units::Bytes{0} || needs.memory <= partition.memory);
}

}  // namespace

Rights::Rights(const scenario::Scenario& scenario, const std::vector<std::string>& origins)
    : scenario_(scenario), origins_(origins) {}

bool Rights::in_the_eu(const std::string& country) const {
  const auto found = scenario_.countries.find(country);
  return found != scenario_.countries.end() && found->second.eu_member;
}

bool Rights::may_process(scenario::Residency residency, const scenario::Site& site, const std::string& origin) const {
  if (residency == scenario::Residency::kEu) return in_the_eu(site.country);
  return residency == scenario::Residency::kAnywhere || site.country == origin;
}

bool Rights::takes(const scenario::Site& site, const std::string& origin) const {
  const std::vector<std::string>& open_to = site.eligible.countries;
  if (site.eligible.users == scenario::Eligibility::Users::kEu) return in_the_eu(origin);
  return site.eligible.users == scenario::Eligibility::Users::kAnyone ||
         std::find(open_to.begin(), open_to.end(), origin) != open_to.end();
}

bool Rights::allow(const JobRecord& job) const {
  if (job.place.site < 0) return true;  // stopped, then refused
  static const std::string kUnknown;
  const scenario::Stream& stream = scenario_.workload.streams[static_cast<std::size_t>(job.stream)];
  const scenario::Site& site = scenario_.sites[static_cast<std::size_t>(job.place.site)];
  const scenario::Partition& partition = site.partitions[static_cast<std::size_t>(job.place.partition)];
  const std::string& origin = job.origin < 0 ? kUnknown : origins_[static_cast<std::size_t>(job.origin)];
  return suits(stream.needs, partition) && may_process(stream.residency, site, origin) && takes(site, origin);
}

}  // namespace gigasim::metrics
