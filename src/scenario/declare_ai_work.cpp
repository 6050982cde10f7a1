#include "declare_ai_work.hpp"

#include "ai_work_types.hpp"
#include "catalogue_types.hpp"
#include "scalar_types.hpp"

namespace gigasim::scenario {
namespace {

void declare_amounts(Object<JobSpec>& job) {
  job.field("ai_model", &JobSpec::ai_model, ai_model_id(), otherwise("none"),
            "What the job works on; its runtime follows from its tokens, size and place: see [Training and "
            "serving](models/ai.md)");
  job.field("task", &JobSpec::task, ai_task(), otherwise("`pre_training`"), "With `ai_model`: what it does");
  job.field("training_tokens", &JobSpec::training_tokens, work_amount(tokens(), "500e6 tokens"),
            otherwise("required where the task trains"), "Tokens that are trained on, repeated ones counted again");
  job.field("tokens", &JobSpec::tokens, work_amount(tokens(), "500e6 tokens"),
            otherwise("required for `evaluation` and `batch_inference`"), "Tokens that are read and written");
  job.field("flop", &JobSpec::flop, work_amount(operations(), "1e24 FLOP"), otherwise("none"),
            "Work as floating-point operations, in the place of `ai_model`");
  job.field("utilisation", &JobSpec::utilisation, percent({0.0, 1.0, true}), otherwise("required with `flop`"),
            "Share of the peak of `precision` that the job reaches at a software efficiency of 1");
  job.field("accelerator_hours", &JobSpec::accelerator_hours, work_amount(accelerator_time(), "1e4 accelerator-h"),
            otherwise("none"), "Work as accelerator-hours, the same on every accelerator");
}

void declare_manner(Object<JobSpec>& job) {
  job.field("deadline", &JobSpec::deadline, duration(false), otherwise("none"),
            "In the place of `accelerators`: the job has the smallest size, in whole nodes, that takes no longer on "
            "some partition, and runs only where it does");
  job.field("precision", &JobSpec::precision, precision(), otherwise("`bf16`"), "Number format of the matrix products");
  job.field("sequence", &JobSpec::sequence, tokens(limits::kTokensOfRequest),
            otherwise("8,192 tokens, 4,096 for `sft` and `lora`, the model's context at most"), "Length in training");
  job.field("batch", &JobSpec::batch, tokens(limits::kTokensOfBatch),
            otherwise("4,194,304 tokens, 524,288 for `sft` and `lora`"),
            "Tokens of one optimiser step, of all copies of the model together");
  job.field("input", &JobSpec::input, tokens(limits::kTokensOfRequest), otherwise("1,000 tokens"),
            "Of one request of `evaluation` and `batch_inference`");
  job.field("output", &JobSpec::output, tokens(limits::kTokensOfRequest), otherwise("300 tokens, 30 for `evaluation`"),
            "Of the same");
}

}  // namespace

void declare_ai_work(Object<JobSpec>& job) {
  declare_amounts(job);
  declare_manner(job);
  const std::vector<std::string> of_models{"task", "training_tokens", "tokens", "sequence", "batch", "input", "output"};
  const auto with = [&](std::vector<std::string> others) {
    others.insert(others.end(), of_models.begin(), of_models.end());
    return others;
  };
  job.rules({{"runtime", "ai_model", "flop", "accelerator_hours"},
             {{"runtime", with({"utilisation", "precision", "deadline"})},
              {"accelerator_hours", with({"utilisation", "precision", "deadline", "moldable"})},
              {"flop", with({"moldable"})},
              {"ai_model", {"utilisation", "moldable"}},
              {"deadline", {"accelerators"}}},
             ""});
}

}  // namespace gigasim::scenario
