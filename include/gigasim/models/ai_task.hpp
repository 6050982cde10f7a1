#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace gigasim::models {

/// What a job does with a neural network.
enum class AiTask : std::uint8_t {
  kPreTraining,
  kContinuedPreTraining,
  kSft,   ///< supervised fine-tuning of all parameters
  kLora,  ///< low-rank adaptation: the model is frozen, an adapter is trained
  kEvaluation,
  kBatchInference,
};
inline constexpr std::array<std::string_view, 6> kAiTaskWords{"pre_training", "continued_pre_training", "sft", "lora",
                                                              "evaluation",   "batch_inference"};
[[nodiscard]] constexpr std::string_view ai_task_word(AiTask task) {
  return kAiTaskWords[static_cast<std::size_t>(task)];
}
/// Whether the task trains; else it reads and writes tokens.
[[nodiscard]] constexpr bool trains(AiTask task) {
  return task < AiTask::kEvaluation;
}

}  // namespace gigasim::models
