#include "example_site.hpp"

#include <stdexcept>
#include <utility>

namespace gigasim::cost {

SiteFacts example_site(const std::string& country) {
  SiteFacts site;
  site.name = country;
  site.country = country;
  site.kind = "gigafactory";
  PartitionFacts partition;
  partition.name = "gb300";
  partition.accelerator = "GB300-NVL72";
  partition.count = 40000;
  partition.h100_equivalent = 2500.0 / 989.0;
  partition.full_power = units::Watts{1900.0};
  site.partitions = {partition};
  return site;
}

Assessment assess_sites(std::vector<SiteFacts> sites) {
  return assess({std::move(sites), {}});
}

double euros(const std::vector<Amount>& amounts, std::string_view name) {
  for (const Amount& one : amounts) {
    if (one.name == name) return one.amount.in_base_units();
  }
  throw std::out_of_range{std::string{name}};
}

}  // namespace gigasim::cost
