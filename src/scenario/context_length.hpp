#pragma once

#include <string>

#include "diagnostics.hpp"
#include "gigasim/models/ai_job.hpp"
#include "spec.hpp"

/// No model reads or writes beyond its context: input and output of a request together are at most so long.
namespace gigasim::scenario {

/// Tokens of a text, in words.
[[nodiscard]] std::string tokens_text(double tokens);

/// Says of requests of a service that they are longer than the context of its model: an error where all are, or the
/// mean is; a warning where some are.
void check_context(const RequestDemandSpec& spec, const RequestDemand& demand, const std::string& ai_model,
                   Context& context);

/// Says it of the work of a job, and returns whether it may be done. Training on longer sequences is what makes a
/// context longer, so that it is a warning, but of continued pre-training, which is done for it.
[[nodiscard]] bool check_context(const JobSpec& spec, const models::AiJob& job, Context& context);

}  // namespace gigasim::scenario
