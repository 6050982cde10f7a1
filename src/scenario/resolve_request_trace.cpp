#include <fmt/format.h>

#include <cmath>

#include "own_tables.hpp"
#include "request_counts.hpp"
#include "request_traces.hpp"
#include "resolve.hpp"
#include "scalar_types.hpp"
#include "yaml_text.hpp"

namespace gigasim::scenario {
namespace {

namespace fs = std::filesystem;

/// Mean of a count of tokens over all requests, and its standard deviation over the mean.
struct TokensOfTrace {
  double mean = 0.0, variation = 0.0;
};

TokensOfTrace tokens_of(const RequestTrace& trace, std::int64_t models::Request::*count) {
  const auto requests = static_cast<double>(trace.requests.size());
  TokensOfTrace tokens;
  for (const models::Request& request : trace.requests) tokens.mean += static_cast<double>(request.*count);
  tokens.mean /= requests;
  double squares = 0.0;
  for (const models::Request& request : trace.requests) {
    const double off = static_cast<double>(request.*count) - tokens.mean;
    squares += off * off;
  }
  tokens.variation = std::sqrt(squares / requests) / tokens.mean;
  return tokens;
}

/// Of n requests of the log come floor(n scale).
void check_scale(const RequestTraceSpec& spec, const TracedDemand& traced, units::Seconds whole, Context& context) {
  const double logged = logged_requests(traced, whole.in_base_units());
  if (logged * traced.scale >= 1.0) return;
  const auto step = context.enter("scale");
  context.warning(spec.scale.origin,
                  fmt::format("no request comes: the log has {:.0f} in the {} that are simulated, and {} of each come",
                              logged, duration(true).print(whole), traced.scale));
}

void check_span(const RequestTraceSpec& spec, const TracedDemand& traced, const Period& period, Context& context) {
  const double last = traced.trace->requests.back().arrival;
  if (traced.repeat && last <= 0.0) {
    const auto step = context.enter("repeat");
    context.error(spec.repeat.origin, "all requests of the trace come at one instant: there is nothing to repeat");
    return;
  }
  const units::Seconds whole = period.warm_up + period.length;
  if (!period.until_drained) check_scale(spec, traced, whole, context);
  if (traced.repeat || period.until_drained || last >= whole.in_base_units()) return;
  const auto step = context.enter("file");
  context.warning(spec.file.origin,
                  fmt::format("the trace ends after {}, of {} that are simulated: no request comes from there on "
                              "(repeat: true begins it anew)",
                              duration(true).print(units::Seconds{std::round(last)}), duration(true).print(whole)));
}

}  // namespace

void resolve_request_trace(RequestDemandSpec& spec, const Surroundings& around, RequestDemand& demand,
                           Context& context) {
  if (!spec.trace) return;
  // Defaults of rates mean nothing here and are not printed.
  spec.profile = {};
  spec.growth = {};
  RequestTraceSpec& trace = *spec.trace;
  if (!trace.file) return;
  const auto step = context.enter("demand.trace");
  const fs::path file = located(trace.file);
  std::error_code error;
  if (!fs::exists(file, error) || fs::is_directory(file, error)) {
    const auto inner = context.enter("file");
    context.error(trace.file.origin, fmt::format("file not found: {}", shown(file.string())));
    return;
  }
  TracedDemand traced{file.string(), trace.scale.value_or(1.0), trace.repeat.value_or(false), nullptr};
  {
    const auto inner = context.enter("file");
    traced.trace = around.traces->in_file(trace.file, traced.file, trace.strict.value_or(false), context);
  }
  trace.file.value = path_seen_from(around.folder, file);
  if (!traced.trace) return;
  check_span(trace, traced, *around.period, context);
  const TokensOfTrace input = tokens_of(*traced.trace, &models::Request::input_tokens);
  const TokensOfTrace output = tokens_of(*traced.trace, &models::Request::output_tokens);
  demand.input_tokens = input.mean;
  demand.input_cv = input.variation;
  demand.output_tokens = output.mean;
  demand.output_cv = output.variation;
  demand.trace = std::move(traced);
}

}  // namespace gigasim::scenario
