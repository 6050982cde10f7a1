#include <fmt/format.h>

#include <algorithm>

#include "gigasim/units/text.hpp"
#include "resolve.hpp"
#include "scalar_types.hpp"

namespace gigasim::scenario {
namespace {

std::int32_t stream_called(const std::string& name, const std::vector<Stream>& streams) {
  const auto found = std::find_if(streams.begin(), streams.end(), [&](const Stream& s) { return s.name == name; });
  return found == streams.end() ? -1 : static_cast<std::int32_t>(found - streams.begin());
}

/// Tells whether a walk along the chain comes back to where it began.
bool comes_after_itself(const std::vector<Stream>& streams, std::size_t begin) {
  std::size_t at = begin;
  for (std::size_t step = 0; step < streams.size() && streams[at].after; ++step) {
    at = static_cast<std::size_t>(streams[at].after->stream);
    if (at == begin) return true;
  }
  return false;
}

/// The jobs of a chain are of the users of its first stream.
void take_origin(std::vector<Stream>& streams, std::size_t index) {
  std::size_t first = index;
  while (streams[first].after) first = static_cast<std::size_t>(streams[first].after->stream);
  streams[index].origin = streams[first].origin;
}

}  // namespace

void resolve_chains(std::vector<StreamSpec>& specs, std::vector<Stream>& streams, Context& context) {
  bool good = true;
  for (std::size_t i = 0; i < specs.size(); ++i) {
    const auto item = context.enter_named(specs[i].name.value_or("?"));
    if (specs[i].after_delay && !specs[i].after) {
      const auto step = context.enter("after_delay");
      context.error(specs[i].after_delay.origin, "needs `after`, whose delay it is");
    }
    if (!specs[i].after) continue;
    const std::int32_t before = stream_called(*specs[i].after, streams);
    if (before >= 0) {
      streams[i].after = JobChain{before, specs[i].after_delay.value_or(units::Seconds{0})};
      continue;
    }
    std::vector<std::string> names;
    names.reserve(streams.size());
    for (const Stream& stream : streams) names.push_back(stream.name);
    const auto step = context.enter("after");
    context.error(specs[i].after.origin,
                  fmt::format("there is no stream \"{}\"{}", *specs[i].after, did_you_mean(*specs[i].after, names)));
    good = false;
  }
  for (std::size_t i = 0; i < specs.size() && good; ++i) {
    if (!comes_after_itself(streams, i)) continue;
    const auto item = context.enter_named(streams[i].name);
    const auto step = context.enter("after");
    context.error(specs[i].after.origin, fmt::format("stream \"{}\" comes after itself, in a cycle", streams[i].name));
    return;
  }
  for (std::size_t i = 0; i < specs.size() && good; ++i) {
    if (streams[i].after) take_origin(streams, i);
  }
}

}  // namespace gigasim::scenario
