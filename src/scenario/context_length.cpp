#include "context_length.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gigasim/catalogue/ai_models.hpp"
#include "gigasim/catalogue/request_lengths.hpp"
#include "gigasim/units/text.hpp"

namespace gigasim::scenario {
namespace {

double context_of(const std::string& ai_model) {
  return static_cast<double>(catalogue::find_ai_model(ai_model)->context);
}

std::string beyond(const std::string& ai_model) {
  return fmt::format("longer than the context of {}, {}", ai_model, tokens_text(context_of(ai_model)));
}

void check_trace(const RequestDemandSpec& spec, const TracedDemand& traced, const std::string& ai_model,
                 Context& context) {
  const auto& requests = traced.trace->requests;
  const auto too_long = std::count_if(requests.begin(), requests.end(), [&](const models::Request& one) {
    return static_cast<double>(one.input_tokens + one.output_tokens) > context_of(ai_model);
  });
  if (too_long == 0) return;
  const auto step = context.enter("demand.trace.file");
  context.warning(spec.trace->file.origin,
                  fmt::format("{} of {} requests are {}: they are answered all the same", units::grouped(too_long),
                              units::grouped(static_cast<std::int64_t>(requests.size())), beyond(ai_model)));
}

void check_law(const RequestDemandSpec& spec, const std::string& ai_model, Context& context) {
  const auto& law = *catalogue::find_request_lengths(*spec.request_lengths);
  const double longest = law.input.quantiles.back().second + law.output.quantiles.back().second;
  if (longest <= context_of(ai_model)) return;
  const auto step = context.enter("demand.request_lengths");
  context.warning(spec.request_lengths.origin,
                  fmt::format("some requests may be {}: they are answered all the same", beyond(ai_model)));
}

}  // namespace

std::string tokens_text(double tokens) {
  return fmt::format("{} tokens", units::grouped(std::llround(tokens)));
}

void check_context(const RequestDemandSpec& spec, const RequestDemand& demand, const std::string& ai_model,
                   Context& context) {
  const double mean = demand.input_tokens + demand.output_tokens;
  if (mean > context_of(ai_model)) {
    const auto step = context.enter("demand");
    const char* const all = spec.tokens ? "requests of" : "requests of a mean of";
    return context.error(spec.tokens ? spec.tokens->at : spec.at,
                         fmt::format("{} {} are {}", all, tokens_text(mean), beyond(ai_model)));
  }
  if (demand.trace) return check_trace(spec, *demand.trace, ai_model, context);
  if (spec.request_lengths) check_law(spec, ai_model, context);
}

bool check_context(const JobSpec& spec, const models::AiJob& job, Context& context) {
  if (!models::exceeds_context(job, *catalogue::find_ai_model(*spec.ai_model))) return true;
  if (models::trains(job.task)) {
    const auto step = context.enter("sequence");
    context.warning(spec.sequence.origin, fmt::format("sequences of {} are {}: it is taken to be made for longer "
                                                      "ones",
                                                      tokens_text(job.sequence), beyond(*spec.ai_model)));
    return true;
  }
  const auto step = context.enter(spec.input ? "input" : "output");
  context.error(spec.input ? spec.input.origin : spec.output.origin,
                fmt::format("requests of {} are {}", tokens_text(job.input + job.output), beyond(*spec.ai_model)));
  return false;
}

}  // namespace gigasim::scenario
