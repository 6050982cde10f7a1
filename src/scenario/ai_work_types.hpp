#pragma once

#include "spec.hpp"

/// How work is written.
namespace gigasim::scenario {

[[nodiscard]] Type<models::AiTask> ai_task();
[[nodiscard]] Type<models::Precision> precision();
/// An amount, or `{ median: ..., sigma: ... }`.
[[nodiscard]] Type<WorkAmount> work_amount(const Type<double>& plain, const std::string& example);

}  // namespace gigasim::scenario
