#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "gigasim/models/requests.hpp"

namespace gigasim::scenario {

/// A stretch of a request trace without any request.
struct TraceGap {
  std::int64_t line = 0;  ///< of the request that ends it
  double seconds = 0.0;
};

/// Requests of a log, in order.
struct RequestTrace {
  std::vector<models::Request> requests;  ///< arrivals in seconds after the first, to 100 ns
  std::string digest;                     ///< of the file's bytes
  std::vector<TraceGap> gaps;             ///< longer than kTraceGap, in order
  std::vector<std::string> warnings;      ///< of requests that were left out, or sorted
};

/// A gap is worth a warning when it is longer than this, and than so many times the mean distance of two requests.
inline constexpr double kTraceGap = 600.0;  // s
inline constexpr double kTraceGapDistances = 100.0;

/// Whoever loads scenarios hands in how a trace is read, since that is the job of another room
/// (workload::read_request_trace). Throws ScenarioError for a file that cannot be used.
/// Where it is strict a request that cannot be read is one.
using RequestTraceReader = std::function<RequestTrace(const std::string& file, bool strict)>;

/// The requests of a service as a log has them, in place of rates and lengths.
struct TracedDemand {
  std::string file;                           ///< absolute, or relative to the working directory
  double scale = 1.0;                         ///< so many requests for each one of the log
  bool repeat = false;                        ///< begins anew at its end; else no requests come from there on
  std::shared_ptr<const RequestTrace> trace;  ///< with at least one request
  /// Two are the same when their files are.
  bool operator==(const TracedDemand& other) const {
    return file == other.file && scale == other.scale && repeat == other.repeat && trace->digest == other.trace->digest;
  }
};

/// Time from one beginning of a trace that is repeated to the next, in seconds: its last request is followed by the
/// mean distance between two. 0 when all its requests come at one instant.
[[nodiscard]] inline double cycle_of(const RequestTrace& trace) {
  const auto requests = static_cast<double>(trace.requests.size());
  return requests > 1.0 ? trace.requests.back().arrival * (requests / (requests - 1.0)) : 0.0;
}

}  // namespace gigasim::scenario
