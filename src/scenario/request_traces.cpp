#include "request_traces.hpp"

#include <fmt/format.h>

namespace gigasim::scenario {
namespace {

void warn_about_gaps(const std::string& file, const RequestTrace& trace, Diagnostics& diagnostics) {
  const double distance = trace.requests.back().arrival / static_cast<double>(trace.requests.size());
  constexpr double kMinute = 60.0;
  for (const TraceGap& gap : trace.gaps) {
    if (gap.seconds <= kTraceGapDistances * distance) continue;
    diagnostics.data_warning(
        fmt::format("{}:{}: a gap: no request in the {:.4g} min before this one, where one comes every {:.3g} s on the "
                    "whole",
                    file, gap.line, gap.seconds / kMinute, distance));
  }
}

}  // namespace

std::shared_ptr<const RequestTrace> RequestTraces::in_file(const Setting<std::string>& setting, const std::string& file,
                                                           bool strict, Context& context) {
  const auto found = known_.find({file, strict});
  if (found != known_.end()) return found->second;
  std::shared_ptr<const RequestTrace>& trace = known_[{file, strict}];
  if (!read_) {
    context.error(setting.origin,
                  "cannot be read: whoever loads this scenario reads no request traces (LoadOptions::read_requests)");
    return nullptr;
  }
  try {
    trace = std::make_shared<const RequestTrace>(read_(file, strict));
  } catch (const ScenarioError& error) {
    context.diagnostics().data_errors(error.messages());
    return nullptr;
  }
  inputs_.push_back({file, trace->digest});
  for (const std::string& warning : trace->warnings) context.diagnostics().data_warning(warning);
  warn_about_gaps(file, *trace, context.diagnostics());
  return trace;
}

}  // namespace gigasim::scenario
