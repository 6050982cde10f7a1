#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <variant>

#include "gigasim/catalogue/catalogue.hpp"
#include "job_types.hpp"
#include "resolve.hpp"
#include "resolve_ai_work.hpp"

namespace gigasim::scenario {
namespace {

/// Drops the sizes outside of [min, max] and renormalises what is left; tells whether any was dropped.
bool keep_sizes(SizePmf& sizes, std::int64_t min, std::int64_t max) {
  const auto outside = [&](const auto& size) { return size.first < min || size.first > max; };
  const bool dropped = std::erase_if(sizes, outside) > 0;
  if (!sizes.empty()) normalise(sizes);
  return dropped;
}

std::int64_t largest_size(const std::vector<JobClass>& classes) {
  std::int64_t largest = 0;
  for (const JobClass& job_class : classes) {
    if (!job_class.sizes.empty()) largest = std::max(largest, job_class.sizes.back().first);
  }
  return largest;
}

std::vector<const catalogue::JobClass*> classes_of(const MixSpec& mix) {
  if (mix.classes.empty()) return catalogue::mix_classes(mix.mix);
  std::vector<const catalogue::JobClass*> classes;
  for (const std::string& id : mix.classes) classes.push_back(catalogue::find_job_class(id));
  return classes;
}

JobClass class_of(const catalogue::JobClass& from, const StreamSpec& spec) {
  JobClass job_class;
  job_class.name = from.id;
  job_class.share = from.job_share;
  job_class.sizes = from.sizes;
  job_class.runtime = ClassRuntime{from.id};
  job_class.in_bursts = !from.pre_training;
  if (!from.pre_training) job_class.bundle = *spec.bundle;
  for (auto& [size, share] : job_class.sizes) size *= from.pre_training ? *spec.size_factor : 1;
  return job_class;
}

std::vector<JobClass> classes_with_shares(const StreamSpec& spec) {
  std::vector<JobClass> classes;
  double sum = 0.0;
  for (const catalogue::JobClass* from : classes_of(*spec.mix)) {
    classes.push_back(class_of(*from, spec));
    sum += from->job_share;
  }
  for (JobClass& job_class : classes) job_class.share /= sum;
  return classes;
}

/// Sizes that the stream asks for, and of those the ones that the reference scenario can run.
void limit_sizes(StreamSpec& spec, const Surroundings& around, std::vector<JobClass>& classes, Context& context) {
  const std::int64_t min = *spec.accelerators.min;
  const std::int64_t max = spec.accelerators.max.value_or(std::numeric_limits<std::int64_t>::max());
  const std::int64_t largest = around.reference.largest_partition;
  bool dropped = false;
  for (JobClass& job_class : classes) {
    keep_sizes(job_class.sizes, min, max);
    if (around.sites_good) dropped = keep_sizes(job_class.sizes, min, largest) || dropped;
    if (!job_class.sizes.empty()) continue;
    context.error(spec.mix.origin, fmt::format("job class {} has no size left between {} and {} accelerators",
                                               job_class.name, min, around.sites_good ? std::min(max, largest) : max));
  }
  if (dropped) {
    context.warning(
        spec.mix.origin,
        fmt::format("jobs of more than {} accelerators (the largest partition) are left out of the mix", largest));
  }
  // Written out, so that the resolved scenario draws the same sizes without its reference.
  const bool unsaid = !spec.accelerators.max || dropped;
  if (around.sites_good && unsaid && max > largest) spec.accelerators.max = {largest, Origin{}, std::nullopt};
}

void check_fit(const std::vector<JobClass>& classes, const Origin& at, const Surroundings& around, const char* hint,
               Context& context) {
  const std::int64_t largest = largest_size(classes);
  const std::int64_t room = around.own.largest_partition;
  if (!around.sites_good || largest <= room) return;
  context.error(at, fmt::format("job larger than any site: {} accelerators, the largest partition has {}{}", largest,
                                room, fmt::format(fmt::runtime(hint), room)));
}

void resolve_mix(StreamSpec& spec, const Surroundings& around, Stream& stream, Context& context) {
  spec.size_factor.settle(1);
  spec.bundle.settle(1);
  spec.accelerators.min.settle(1);
  spec.walltime.settle(Walltime{});
  if (spec.accelerators.max && *spec.accelerators.max < *spec.accelerators.min) {
    const auto step = context.enter("accelerators");
    context.error(spec.accelerators.max.origin,
                  fmt::format("max ({}) is below min ({})", *spec.accelerators.max, *spec.accelerators.min));
    return;
  }
  stream.classes = classes_with_shares(spec);
  const auto step = context.enter("mix");
  limit_sizes(spec, around, stream.classes, context);
  check_fit(stream.classes, spec.mix.origin, around, " (add \"accelerators: {{ max: {} }}\" to the stream)", context);
}

/// The pmf of an explicit job.
SizePmf sizes_of(JobSpec& job, const Surroundings& around, Context& context) {
  if (const auto* count = std::get_if<std::int64_t>(&*job.accelerators)) return {{*count, 1.0}};
  if (const auto* pmf = std::get_if<SizePmf>(&*job.accelerators)) return *pmf;
  const std::string id = std::get<std::string>(*job.accelerators);
  SizePmf sizes = catalogue::find_job_class(id)->sizes;
  const std::int64_t largest = around.reference.largest_partition;
  if (!around.sites_good || !keep_sizes(sizes, 1, largest)) return sizes;
  if (sizes.empty()) {
    context.error(job.accelerators.origin,
                  fmt::format("job class {} has no size of at most {} accelerators", id, largest));
    return sizes;
  }
  context.warning(
      job.accelerators.origin,
      fmt::format("jobs of more than {} accelerators (the largest partition) are left out of {}", largest, id));
  job.accelerators.value = sizes;  // written out, so that the resolved scenario stands alone
  return sizes;
}

void resolve_moldable(const MoldableSpec& spec, const Surroundings& around, Stream& stream, Context& context) {
  const auto step = context.enter("job.moldable");
  if (!spec.min || !spec.max || !spec.speed_up) return;
  const std::int64_t room = around.own.largest_partition;
  if (*spec.max < *spec.min) {
    context.error(spec.max.origin, fmt::format("max ({}) is below min ({})", *spec.max, *spec.min));
  } else if (around.sites_good && *spec.max > room) {
    context.error(
        spec.max.origin,
        fmt::format("max is larger than any site: {} accelerators, the largest partition has {}", *spec.max, room));
  }
  stream.moldable = Moulding{*spec.min, *spec.max, *spec.speed_up, spec.pick.value_or(SizePick::kEarliestEnd),
                             spec.min_efficiency.value_or(0.0)};
}

void resolve_job(StreamSpec& spec, const Surroundings& around, Stream& stream, Context& context) {
  JobSpec& job = *spec.job;
  Walltime exact;
  exact.kind = Walltime::Kind::kExact;
  exact.model.clear();
  spec.walltime.settle(exact);
  if (job.moldable) resolve_moldable(*job.moldable, around, stream, context);
  if (!job.accelerators && !job.deadline) {
    const auto step = context.enter("job");
    if (!context.diagnostics().has_errors_under(context.path())) {
      context.error(job.at, "missing key \"accelerators\"");
    }
    return;
  }
  if (!job.runtime) {
    SizePmf sizes;
    if (job.accelerators) {
      const auto step = context.enter("job.accelerators");
      sizes = sizes_of(job, around, context);
    }
    resolve_ai_work(spec, std::move(sizes), around, stream, context);
    const auto step = context.enter("job.accelerators");
    if (job.accelerators) check_fit(stream.classes, job.accelerators.origin, around, "", context);
    return;
  }
  if (!job.accelerators) return;
  const auto step = context.enter("job.accelerators");
  JobClass job_class;
  job_class.name = stream.name;
  job_class.sizes = sizes_of(job, around, context);
  job_class.runtime = *job.runtime;
  stream.classes.push_back(std::move(job_class));
  check_fit(stream.classes, job.accelerators.origin, around, "", context);
}

}  // namespace

void resolve_jobs(StreamSpec& spec, const Surroundings& around, Stream& stream, Context& context) {
  if (spec.mix) resolve_mix(spec, around, stream, context);
  if (spec.job && !spec.mix) resolve_job(spec, around, stream, context);
  if (spec.walltime) stream.walltime = *spec.walltime;
}

}  // namespace gigasim::scenario
