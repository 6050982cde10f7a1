#include "check_ai_work.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "ai_work_types.hpp"
#include "context_length.hpp"
#include "gigasim/catalogue/ai_models.hpp"

namespace gigasim::scenario {
namespace {

using models::AiTask;

/// Says of keys that mean nothing for the task that they do.
class TaskKeys {
 public:
  TaskKeys(const JobSpec& job, Context& context)
      : job_(job), context_(context), task_(job.task.value_or(AiTask::kPreTraining)) {}

  [[nodiscard]] bool check() {
    const bool training = models::trains(task_);
    amount(training ? "training_tokens" : "tokens", training ? job_.training_tokens : job_.tokens,
           training ? "tokens" : "training_tokens", training ? job_.tokens : job_.training_tokens);
    refuse("sequence", job_.sequence, !training);
    refuse("batch", job_.batch, !training);
    refuse("input", job_.input, training);
    refuse("output", job_.output, training);
    if (training && job_.precision && models::weight_only(*job_.precision)) {
      fail("precision", job_.precision.origin,
           fmt::format("{} is a format of weights that are served: {} computes in bf16, fp8 or fp4",
                       precision().print(*job_.precision), models::ai_task_word(task_)));
    }
    if (good_ && training) check_batch();
    if (good_) good_ = check_context(job_, std::get<models::AiJob>(kind_of(job_)), context_);
    return good_;
  }

 private:
  void amount(const char* right, const Setting<WorkAmount>& wanted, const char* wrong,
              const Setting<WorkAmount>& unwanted) {
    if (unwanted) {
      fail(wrong, unwanted.origin, fmt::format("means nothing for {}: write {}", models::ai_task_word(task_), right));
    } else if (!wanted && !context_.diagnostics().has_errors_under(context_.path())) {
      context_.error(job_.at, fmt::format("missing key \"{}\"", right));
      good_ = false;
    }
    good_ = good_ && wanted;
  }

  void refuse(const char* key, const Setting<double>& setting, bool refused) {
    if (refused && setting) {
      fail(key, setting.origin, fmt::format("means nothing for {}", models::ai_task_word(task_)));
    }
  }

  void check_batch() {
    const auto job = std::get<models::AiJob>(kind_of(job_));
    if (job.batch >= job.sequence) return;
    const bool stated = static_cast<bool>(job_.batch);
    fail(stated ? "batch" : "sequence", stated ? job_.batch.origin : job_.sequence.origin,
         fmt::format("a batch of {} is less than one sequence of {}", tokens_text(job.batch),
                     tokens_text(job.sequence)));
  }

  void fail(const char* key, const Origin& at, const std::string& problem) {
    const auto step = context_.enter(key);
    context_.error(at, problem);
    good_ = false;
  }

  const JobSpec& job_;
  Context& context_;
  AiTask task_;
  bool good_ = true;
};

bool check_speeds(const RequiresSpec& needs, Context& context) {
  if (!needs.accelerators) return true;
  const auto& list = *needs.accelerators;
  const bool stated = std::any_of(list.begin(), list.end(), [](const auto& one) { return one.speed != 1.0; });
  if (!stated) return true;
  const auto step = context.enter("requires.accelerators");
  context.error(needs.accelerators.origin, "speeds follow from the work of the job: leave them out");
  return false;
}

bool check_deadline(const JobSpec& job, Context& context) {
  if (!job.deadline || !job.amount() || job.amount()->sigma == 0.0) return true;
  const auto step = context.enter("job.deadline");
  context.error(job.deadline.origin, "needs jobs of one amount of work: these have a median and a sigma");
  return false;
}

bool check_flop(const JobSpec& job, Context& context) {
  if (job.flop && job.precision && models::weight_only(*job.precision)) {
    const auto step = context.enter("job");
    const auto inner = context.enter("precision");
    context.error(job.precision.origin, "means nothing for flop: no products are computed in this format, write bf16");
    return false;
  }
  if (!job.flop || job.utilisation) return true;
  const auto step = context.enter("job");
  if (context.diagnostics().has_errors_under(context.path())) return false;
  context.error(job.at, "missing key \"utilisation\"");
  return false;
}

}  // namespace

bool check_ai_work(const StreamSpec& spec, Context& context) {
  const JobSpec& job = *spec.job;
  if (!job.ai_model && !job.flop && !job.accelerator_hours) return false;  // complained about already
  bool good = check_deadline(job, context) && check_flop(job, context);
  if (!job.accelerator_hours) good = check_speeds(spec.needs, context) && good;
  if (!job.ai_model) return good;
  const auto step = context.enter("job");
  return TaskKeys{job, context}.check() && good;
}

WorkKind kind_of(const JobSpec& job) {
  const auto precision = job.precision.value_or(models::Precision::kBf16);
  if (!job.ai_model) return FlopJob{job.utilisation.value_or(1.0), precision};
  auto work = models::usual_job(job.task.value_or(AiTask::kPreTraining), *catalogue::find_ai_model(*job.ai_model));
  work.precision = precision;
  work.sequence = job.sequence.value_or(work.sequence);
  work.batch = job.batch.value_or(work.batch);
  work.input = job.input.value_or(work.input);
  work.output = job.output.value_or(work.output);
  return work;
}

}  // namespace gigasim::scenario
