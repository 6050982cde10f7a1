#include "resolve_ai_work.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <utility>

#include "ai_work_types.hpp"
#include "check_ai_work.hpp"
#include "gigasim/units/grid.hpp"
#include "gigasim/units/text.hpp"
#include "job_types.hpp"
#include "scalar_types.hpp"
#include "work_rates.hpp"

namespace gigasim::scenario {
namespace {

using Obstacle = WorkRate::Obstacle;

RuntimeLaw runtime_of(const WorkAmount& amount, double per_second) {
  const units::Seconds median{amount.median / per_second};
  if (amount.sigma > 0.0) return LognormalRuntime{median, amount.sigma};
  return ConstantRuntime{units::ceil_to_grid(median)};
}

JobClass class_of_size(const std::string& name, const std::pair<std::int64_t, double>& size, RuntimeLaw runtime) {
  JobClass job_class;
  job_class.name = name;
  job_class.share = size.second;
  job_class.sizes = {{size.first, 1.0}};
  job_class.runtime = std::move(runtime);
  return job_class;
}

/// Reports work that is longer than any run.
bool takes_too_long(const JobSpec& job, double per_second, const std::string& where, Context& context) {
  constexpr double kYear = 31557600.0;
  const double seconds = job.median() / per_second;
  if (seconds <= kLongestDuration.in_base_units()) return false;
  const auto step = context.enter("job");
  context.error(job.amount().origin, fmt::format("would take {} a on {}: at most 200 a are possible",
                                                 units::grouped(static_cast<std::int64_t>(seconds / kYear)), where));
  return true;
}

/// The work of one stream, while it is settled.
class WorkResolver {
 public:
  WorkResolver(StreamSpec& spec, const Surroundings& around, Stream& stream, Context& context)
      : job_(*spec.job),
        around_(around),
        stream_(stream),
        context_(context),
        places_(work_places(*around.sites, spec.needs)) {}

  void resolve(SizePmf sizes) {
    const WorkKind kind = kind_of(job_);
    if (!around_.sites_good || !some_have_the_precision(kind)) return;
    if (job_.deadline) {
      resolve_deadline(kind);
      return;
    }
    AiWork work = described(kind);
    const bool may_drop = job_.accelerators && std::holds_alternative<std::string>(*job_.accelerators);
    if (may_drop) drop_those_too_small(kind, sizes);
    for (const auto& size : sizes) add(kind, size, work);
    settle(std::move(work));
  }

 private:
  /// What does not depend on sizes.
  [[nodiscard]] AiWork described(const WorkKind& kind) const {
    AiWork work;
    const auto* job = std::get_if<models::AiJob>(&kind);
    if (job == nullptr) return work;
    work.task = job->task;
    work.ai_model = *job_.ai_model;
    work.flop_per_unit = models::model_flops_per_token(*job);
    work.parameters = job->model.parameters;
    work.trained_parameters = work.trains() ? job->trained_share() * job->model.parameters : 0.0;
    return work;
  }

  bool some_have_the_precision(const WorkKind& kind) {
    std::set<std::string> without;
    for (const WorkPlace& place : places_) {
      if (!place.suits) continue;
      // As many as one likes: only the format is asked for.
      if (work_rate(kind, place, place.count).obstacle != Obstacle::kPrecision) return true;
      without.insert(place.accelerator);
    }
    if (without.empty()) return true;  // a warning of `requires` says that nothing suits
    const auto step = context_.enter("job.precision");
    const bool stated = job_.precision.origin.kind != Origin::Kind::kDefault;
    context_.error(
        stated ? job_.precision.origin : job_.at,
        fmt::format("no partition computes in {}: {} cannot, or the catalogue does not know how fast",
                    precision().print(job_.precision.value_or(models::Precision::kBf16)), fmt::join(without, ", ")));
    return false;
  }

  /// The sizes of a job class that no partition can take for their memory.
  void drop_those_too_small(const WorkKind& kind, SizePmf& sizes) {
    const auto too_small = [&](const auto& size) {
      return std::none_of(places_.begin(), places_.end(), [&](const WorkPlace& place) {
        return place.suits && work_rate(kind, place, size.first).per_second > 0.0;
      });
    };
    const std::int64_t largest = sizes.empty() ? 0 : sizes.back().first;
    SizePmf kept = sizes;
    if (std::erase_if(kept, too_small) == 0) return;
    if (kept.empty()) {
      sizes = {{largest, 1.0}};  // its error names what would do
      return;
    }
    context_.warning(job_.accelerators.origin,
                     fmt::format("jobs of fewer than {} accelerators are left out of {}: {} does not fit on them",
                                 kept.front().first, std::get<std::string>(*job_.accelerators), *job_.ai_model));
    normalise(kept);
    job_.accelerators.value = kept;  // written out, so that the resolved scenario stands alone
    sizes = std::move(kept);
  }

  void add(const WorkKind& kind, const std::pair<std::int64_t, double>& size, AiWork& work) {
    SizedWork sized = sized_work(kind, places_, size.first);
    if (sized.reference < 0) {
      report_not_able(kind, size.first);
      return;
    }
    const auto reference = static_cast<std::size_t>(sized.reference);
    const double rate = sized.partition[reference].per_second;
    if (takes_too_long(job_, rate, fmt::format("{} accelerators of {}", size.first, places_[reference].name),
                       context_)) {
      return;
    }
    warn_about_idle(kind, places_[reference], size.first);
    stream_.classes.push_back(class_of_size(stream_.name, size, runtime_of(*job_.amount(), rate)));
    if (const auto* job = std::get_if<models::AiJob>(&kind)) {
      for (std::size_t p = 0; p < places_.size(); ++p) {
        if (places_[p].suits && sized.partition[p].per_second > 0.0) note_evidence(*job, kind, places_[p], work);
      }
    }
    work.sizes.push_back(std::move(sized));
  }

  /// How well the speed on a place is known.
  static void note_evidence(const models::AiJob& job, const WorkKind& kind, const WorkPlace& place, AiWork& work) {
    const models::TimeRange range = models::time_range(models::error_of(job, place.device), software_on(kind, place));
    work.time_low = std::min(work.time_low, range.low);
    work.time_high = std::max(work.time_high, range.high);
    const auto& accelerator = *catalogue::find_accelerator(place.accelerator);
    if (models::measurements_for(accelerator, models::software_task(job.task), software_on(kind, place),
                                 job.model.mixture())
            .on_accelerator > 0) {
      return;
    }
    if (std::find(work.unmeasured.begin(), work.unmeasured.end(), accelerator.id) == work.unmeasured.end()) {
      work.unmeasured.push_back(accelerator.id);
    }
  }

  /// No partition that suits does the work with so many.
  void report_not_able(const WorkKind& kind, std::int64_t accelerators) {
    const auto suits = [&](const WorkPlace& place) { return place.suits && place.count >= accelerators; };
    const bool large_enough = std::any_of(places_.begin(), places_.end(), suits);
    const auto* job = std::get_if<models::AiJob>(&kind);
    if (job == nullptr || !large_enough) {
      // A job larger than any site is complained about by its size; of those that suit `requires` speaks.
      stream_.classes.push_back(class_of_size(stream_.name, {accelerators, 1.0}, ConstantRuntime{units::Seconds{1}}));
      return;
    }
    std::optional<std::pair<std::int64_t, std::string>> fewest;
    for (const WorkPlace& place : places_) {
      const auto needs = place.suits ? models::fewest_devices(*job, place.device) : std::nullopt;
      if (needs && (!fewest || *needs < fewest->first)) fewest = {*needs, place.accelerator};
    }
    const auto step = context_.enter("job.accelerators");
    context_.error(job_.accelerators.origin,
                   fmt::format("{} does not fit on {} accelerators in any layout{}", *job_.ai_model, accelerators,
                               fewest ? fmt::format(": {} of {} are the fewest", fewest->first, fewest->second)
                               : models::trains(job->task)
                                   ? std::string{", nor on any other number (shorter sequences take less memory)"}
                                   : std::string{", nor in any domain of these (lower precision takes less memory)"}));
  }

  void warn_about_idle(const WorkKind& kind, const WorkPlace& place, std::int64_t accelerators) {
    const auto* job = std::get_if<models::AiJob>(&kind);
    if (job == nullptr || idle_told_) return;
    const auto run = models::run_of(*job, place.device, accelerators);
    if (!run || static_cast<double>(run->devices_at_work) >= kHardlyIdle * static_cast<double>(accelerators)) return;
    idle_told_ = true;
    const std::string why =
        models::trains(job->task)
            ? fmt::format("{} copies of {} accelerators share a batch of {:.0f} sequences", run->layout.data,
                          run->layout.tensor * run->layout.pipeline * run->layout.context, job->batch / job->sequence)
            : fmt::format("{} replicas have {} each", run->replicas, run->replica.tensor);
    context_.warning(job_.at, fmt::format("only {} of {} accelerators have work on {}: {}", run->devices_at_work,
                                          accelerators, place.name, why));
  }

  void resolve_deadline(const WorkKind& kind) {
    std::optional<InTime> best;
    const WorkPlace* where = nullptr;
    for (const WorkPlace& place : places_) {
      if (!place.suits) continue;
      const InTime here = smallest_in_time(kind, place, job_.median(), *job_.deadline);
      if (here.accelerators > 0 && (!best || comes_before(here, *best))) {
        best = here;
        where = &place;
      }
    }
    const auto step = context_.enter("job.deadline");
    if (!best) {
      context_.error(job_.deadline.origin, "no partition can do this work at any size");
    } else if (!best->within(*job_.deadline)) {
      context_.error(job_.deadline.origin,
                     fmt::format("no partition is done in {}: the fastest takes {} on {} accelerators of {}; {}",
                                 units::humane_duration(*job_.deadline), units::humane_duration(best->takes),
                                 best->accelerators, where->name, enough_anywhere(kind)));
    } else {
      AiWork work = described(kind);
      add(kind, {best->accelerators, 1.0}, work);
      exclude_the_late(work);
      settle(std::move(work));
    }
  }

  /// How many of the accelerators that suit would do, if a site had them; else how fast any number of them is.
  [[nodiscard]] std::string enough_anywhere(const WorkKind& kind) const {
    std::optional<InTime> best;
    const WorkPlace* of = nullptr;
    for (const WorkPlace& place : places_) {
      if (!place.suits) continue;
      WorkPlace machine = place;
      machine.count = kMostConceivable / place.per_node * place.per_node;
      InTime there = smallest_in_time(kind, machine, job_.median(), *job_.deadline);
      if (there.accelerators == 0) continue;
      // Beyond some size no more is gained: the smallest that is as fast.
      if (!there.within(*job_.deadline)) there = smallest_in_time(kind, machine, job_.median(), there.takes);
      if (best && !comes_before(there, *best)) continue;
      best = there;
      of = &place;
    }
    if (best->within(*job_.deadline)) {
      return fmt::format("{} of {} would be enough", units::grouped(best->accelerators), of->accelerator);
    }
    return fmt::format("no number would be enough: {} of {} take {}, and more are no faster",
                       units::grouped(best->accelerators), of->accelerator, units::humane_duration(best->takes));
  }

  /// In time before late, then fewer accelerators, or if both are late the faster.
  [[nodiscard]] bool comes_before(const InTime& a, const InTime& b) const {
    const bool in_time = a.within(*job_.deadline);
    if (in_time != b.within(*job_.deadline)) return in_time;
    return in_time ? a.accelerators < b.accelerators : a.takes < b.takes;
  }

  void exclude_the_late(AiWork& work) {
    for (SizedWork& size : work.sizes) {
      const double before = size.partition[static_cast<std::size_t>(size.reference)].per_second;
      size.reference = -1;
      for (std::size_t p = 0; p < size.partition.size(); ++p) {
        WorkRate& rate = size.partition[p];
        if (rate.obstacle != Obstacle::kNone) continue;
        if (work_time(job_.median(), rate.per_second) > *job_.deadline) {
          rate.obstacle = Obstacle::kDeadline;
          rate.per_second = 0.0;
        } else if (size.reference < 0 && places_[p].suits && places_[p].count >= size.accelerators) {
          size.reference = static_cast<std::int32_t>(p);
        }
      }
      const double now = size.partition[static_cast<std::size_t>(size.reference)].per_second;
      if (now != before) stream_.classes.back().runtime = runtime_of(*job_.amount(), now);
    }
  }

  void settle(AiWork work) {
    if (!work.sizes.empty()) stream_.work = std::move(work);
  }

  static constexpr double kHardlyIdle = 0.95;
  static constexpr std::int64_t kMostConceivable = 10'000'000;  // accelerators: a hundred gigafactories

  JobSpec& job_;
  const Surroundings& around_;
  Stream& stream_;
  Context& context_;
  std::vector<WorkPlace> places_;
  bool idle_told_ = false;
};

/// Writes out what nobody stated, so that it is shown.
void settle_defaults(JobSpec& spec) {
  const WorkKind kind = kind_of(spec);
  spec.precision.settle(models::Precision::kBf16);
  const auto* job = std::get_if<models::AiJob>(&kind);
  if (job == nullptr) return;
  spec.task.settle(job->task);
  if (models::trains(job->task)) {
    spec.sequence.settle(job->sequence);
    spec.batch.settle(job->batch);
  } else {
    spec.input.settle(job->input);
    spec.output.settle(job->output);
  }
}

/// Accelerator-hours are the same everywhere: no more than a runtime by size.
void resolve_hours(const JobSpec& job, const SizePmf& sizes, Stream& stream, Context& context) {
  for (const auto& size : sizes) {
    const auto rate = static_cast<double>(size.first);
    if (takes_too_long(job, rate, fmt::format("{} accelerators", size.first), context)) return;
    stream.classes.push_back(class_of_size(stream.name, size, runtime_of(*job.accelerator_hours, rate)));
  }
}

}  // namespace

void resolve_ai_work(StreamSpec& spec, SizePmf sizes, const Surroundings& around, Stream& stream, Context& context) {
  if (!check_ai_work(spec, context)) return;
  if (spec.job->accelerator_hours) {
    resolve_hours(*spec.job, sizes, stream, context);
  } else {
    settle_defaults(*spec.job);
    WorkResolver{spec, around, stream, context}.resolve(std::move(sizes));
  }
}

}  // namespace gigasim::scenario
