#include <array>

#include "gigasim/metrics/registry.hpp"

namespace gigasim::metrics {
namespace {

constexpr std::array kGroupings{
    Grouping{"network", "network", "All sites and all jobs: one block, not an array."},
    Grouping{"site", "sites", "Each site that has accelerators: its machines, and the jobs that a broker sent there."},
    Grouping{"access_class", "access_classes", "The jobs of all streams of an access class."},
    Grouping{"origin", "origins", "The jobs from a country, for each country that occurs."},
    Grouping{"stream", "streams", "The jobs of a stream."},
    Grouping{"label", "labels", "The jobs of all streams that carry a label, named key=value."},
    Grouping{
        "quarter", "quarters",
        "Each quarter of a results period of 90 days or more: the jobs submitted in it, and the network's hours and "
        "energy within it."},
    Grouping{"year", "years", "The same for each calendar year."},
};

}  // namespace

std::span<const Grouping> groupings() {
  return kGroupings;
}

}  // namespace gigasim::metrics
