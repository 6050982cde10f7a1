#include "split_sectors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "catalogue_types.hpp"
#include "gigasim/catalogue/catalogue.hpp"
#include "gigasim/units/text.hpp"

namespace gigasim::scenario {
namespace {

struct Sector {
  std::string name;
  double share = 0.0;
};

std::vector<Sector> sectors_of(const std::string& mix) {
  std::vector<Sector> sectors;
  double sum = 0.0;
  for (const catalogue::Row& row : catalogue::find_table("sector-mixes")->rows) {
    if (row["mix"] != mix) continue;
    sectors.push_back({std::string{row["sector"]}, units::parse_number(row["factories"]).value_or(0.0)});
    sum += sectors.back().share;
  }
  for (Sector& sector : sectors) sector.share /= sum;
  return sectors;
}

/// Why a stream cannot be split; empty when it can.
std::string objection(const StreamSpec& stream) {
  if (stream.trace) return "the sectors of a log's jobs are not known";
  if (stream.arrivals.max_jobs) return "a number of jobs cannot be split (leave out arrivals.max_jobs)";
  if (stream.labels && stream.labels->contains("sector")) return "the stream has a label sector already";
  if (!stream.share && !stream.demand.load && !stream.arrivals.rate) {
    return "needs a share, demand.load or arrivals.rate, of which each sector takes its part";
  }
  return "";
}

template <class T>
void scale(Setting<T>& setting, double share) {
  if (setting) setting.value = *setting * share;
  setting.bounds.reset();
}

StreamSpec part_of(const StreamSpec& stream, const Sector& sector) {
  StreamSpec part = stream;
  part.sectors = {};
  part.name.value = fmt::format("{}-{}", *stream.name, sector.name);
  part.labels.settle({});
  part.labels.value->emplace("sector", sector.name);
  scale(part.share, sector.share);
  scale(part.demand.load, sector.share);
  scale(part.arrivals.rate, sector.share);
  return part;
}

}  // namespace

void split_by_sector(WorkloadSpec& workload, Context& context) {
  const auto step = context.enter("workload");
  const auto list = context.enter("streams");
  std::vector<StreamSpec> streams;
  for (StreamSpec& stream : workload.streams) {
    if (!stream.sectors || !stream.name) {
      streams.push_back(std::move(stream));
      continue;
    }
    const auto item = context.enter_named(*stream.name);
    if (const std::string problem = objection(stream); !problem.empty()) {
      const auto key = context.enter("sectors");
      context.error(stream.sectors.origin, problem);
    }
    for (const Sector& sector : sectors_of(*stream.sectors)) streams.push_back(part_of(stream, sector));
  }
  for (auto stream = streams.begin(); stream != streams.end(); ++stream) {
    const bool twice = stream->name && std::any_of(streams.begin(), stream, [&](const StreamSpec& before) {
                         return before.name && *before.name == *stream->name;
                       });
    if (twice && stream->labels && stream->labels->contains("sector")) {
      context.error(stream->at,
                    fmt::format("a stream split by sector is called {}, and another one is too", *stream->name));
    }
  }
  workload.streams = std::move(streams);
}

}  // namespace gigasim::scenario
