#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "gigasim/catalogue/catalogue.hpp"
#include "gigasim/catalogue/speeds.hpp"
#include "resolve.hpp"

namespace gigasim::scenario {
namespace {

constexpr std::string_view kUnsaidClass = "other";

bool states_speeds(const StreamSpec& spec) {
  const auto list = spec.needs.accelerators.value_or({});
  return std::any_of(list.begin(), list.end(), [](const AcceptedAccelerator& one) { return one.speed != 1.0; });
}

/// Whether the jobs of a stream may run on a type of accelerator, as far as the type decides it.
bool accepts(const StreamSpec& spec, const std::string& accelerator) {
  const auto list = spec.needs.accelerators.value_or({});
  const bool listed = std::any_of(list.begin(), list.end(), [&](const auto& one) { return one.id == accelerator; });
  if (!list.empty() && !listed) return false;
  const auto* known = catalogue::find_accelerator(accelerator);
  const units::Bytes memory{known == nullptr ? 0.0 : known->memory_gb * 1e9};
  return spec.needs.memory.value_or(units::Bytes{0}) <= memory;
}

/// The job class of the catalogue that an explicit job takes its runtimes from, or that a class of a mix is.
const catalogue::JobClass* catalogue_class(const JobClass& job_class) {
  const auto* runtime = std::get_if<ClassRuntime>(&job_class.runtime);
  return runtime == nullptr ? nullptr : catalogue::find_job_class(runtime->job_class);
}

/// How fast the jobs of one stream run where.
class StreamSpeeds {
 public:
  StreamSpeeds(StreamSpec& spec, catalogue::SpeedRange range, const Surroundings& around,
               const std::map<std::string, double>& reference, Stream& stream, Context& context)
      : spec_(spec), range_(range), around_(around), reference_(reference), stream_(stream), context_(context) {}

  void resolve() {
    if (!settle_recorded()) return;
    if (stream_.trace) {
      if (const auto recorded = recorded_of(nullptr)) stream_.trace->speeds = by_partition(*recorded);
    }
    for (JobClass& job_class : stream_.classes) settle(job_class);
    warn_about_unknown();
  }

 private:
  /// Fills in what the catalogue says of where the times were recorded; false where two things say how fast jobs are.
  bool settle_recorded() {
    Setting<RecordedOn>& recorded = spec_.recorded_on;
    const bool stated = recorded && !recorded->accelerator.empty();
    const bool by_work = stream_.work.has_value();
    if (stated && (states_speeds(spec_) || by_work)) {
      const auto step = context_.enter("recorded_on");
      context_.error(recorded.origin, by_work ? "speeds follow from the work of the job: leave it out"
                                              : "requires.accelerators states speeds: leave one of the two out");
      return false;
    }
    if (states_speeds(spec_) || by_work) return true;
    if (stated && recorded->speed_class.empty() && !has_catalogue_classes()) {
      recorded.value->speed_class = kUnsaidClass;  // so that it is shown
    }
    for (const JobClass& job_class : stream_.classes) {
      if (recorded) break;
      const auto* known = catalogue_class(job_class);
      if (known != nullptr && !known->recorded_on.empty()) recorded.settle(RecordedOn{known->recorded_on, {}});
    }
    return true;
  }

  [[nodiscard]] bool has_catalogue_classes() const {
    return std::any_of(stream_.classes.begin(), stream_.classes.end(),
                       [](const JobClass& one) { return catalogue_class(one) != nullptr; });
  }

  /// Where times of a class were recorded, and how they scale; nothing where they are the same everywhere.
  [[nodiscard]] std::optional<RecordedOn> recorded_of(const JobClass* job_class) const {
    if (!spec_.recorded_on || spec_.recorded_on->accelerator.empty() || states_speeds(spec_) || stream_.work) {
      return std::nullopt;
    }
    RecordedOn recorded = *spec_.recorded_on;
    const auto* known = job_class == nullptr ? nullptr : catalogue_class(*job_class);
    if (recorded.speed_class.empty()) recorded.speed_class = known == nullptr ? kUnsaidClass : known->speed_class;
    return recorded;
  }

  double speed(const RecordedOn& recorded, const std::string& accelerator) {
    const auto known = catalogue::speed_on(recorded.speed_class, recorded.accelerator, accelerator, range_);
    if (!known && accepts(spec_, accelerator)) unknown_.insert(accelerator);
    return known.value_or(1.0);
  }

  [[nodiscard]] std::vector<double> by_partition(const RecordedOn& recorded) {
    std::vector<double> speeds;
    for (const Site& site : *around_.sites) {
      for (const Partition& partition : site.partitions) speeds.push_back(speed(recorded, partition.accelerator));
    }
    const bool all_one = std::all_of(speeds.begin(), speeds.end(), [](double one) { return one == 1.0; });
    return all_one ? std::vector<double>{} : speeds;
  }

  void settle(JobClass& job_class) {
    if (stream_.work) {
      job_class.mean_speed = mean_of_work(job_class);
    } else if (const auto recorded = recorded_of(&job_class)) {
      job_class.speeds = by_partition(*recorded);
      job_class.mean_speed = mean([&](const std::string& accelerator) { return speed(*recorded, accelerator); });
    } else if (states_speeds(spec_)) {
      job_class.mean_speed = mean([&](const std::string& accelerator) { return stated_speed(accelerator); });
    }
  }

  [[nodiscard]] double stated_speed(const std::string& accelerator) const {
    for (const AcceptedAccelerator& one : *spec_.needs.accelerators) {
      if (one.id == accelerator) return one.speed;
    }
    return 1.0;
  }

  /// Over the accelerators of the reference that the jobs accept, or else those of the scenario itself.
  template <class Speed>
  [[nodiscard]] double mean(Speed speed_of) const {
    for (const auto* types : {&reference_, &around_.own.of_type}) {
      double speeds = 0.0;
      double accelerators = 0.0;
      for (const auto& [accelerator, online] : *types) {
        if (online <= 0.0 || !accepts(spec_, accelerator)) continue;
        speeds += online * speed_of(accelerator);
        accelerators += online;
      }
      if (accelerators > 0.0) return speeds / accelerators;
    }
    return 1.0;
  }

  /// Work is measured against the partition of its reference, which is one of the scenario's own.
  [[nodiscard]] double mean_of_work(const JobClass& job_class) const {
    const SizedWork* size = job_class.sizes.empty() ? nullptr : stream_.work->of_size(job_class.sizes.front().first);
    double speeds = 0.0;
    double accelerators = 0.0;
    std::size_t p = 0;
    for (const Site& site : *around_.sites) {
      for (const Partition& partition : site.partitions) {
        const double online = around_.own.of_partition[p];
        const bool able = size != nullptr && size->partition[p].per_second > 0.0 &&
                          partition.count >= size->accelerators && accepts(spec_, partition.accelerator);
        if (able) {
          speeds += online * size->speed_on(p);
          accelerators += online;
        }
        ++p;
      }
    }
    return accelerators > 0.0 ? speeds / accelerators : 1.0;
  }

  void warn_about_unknown() {
    if (unknown_.empty()) return;
    const auto step = context_.enter("recorded_on");
    context_.warning(spec_.recorded_on.origin.kind == Origin::Kind::kDefault ? spec_.at : spec_.recorded_on.origin,
                     fmt::format("nobody has measured how fast its jobs run on {} against {}: they run as long there "
                                 "as they were recorded (requires.accelerators can state a speed)",
                                 fmt::join(unknown_, ", "), spec_.recorded_on->accelerator));
  }

  StreamSpec& spec_;
  catalogue::SpeedRange range_;
  const Surroundings& around_;
  const std::map<std::string, double>& reference_;
  Stream& stream_;
  Context& context_;
  std::set<std::string> unknown_;
};

}  // namespace

void resolve_speeds(WorkloadSpec& spec, const Surroundings& around, Workload& workload, Context& context) {
  const DemandOf& of = *spec.demand.of;
  const auto& reference = of.of_type.empty() ? around.own.of_type : of.of_type;
  const auto list = context.enter("streams");
  for (std::size_t i = 0; i < spec.streams.size(); ++i) {
    const auto item = context.enter_named(spec.streams[i].name.value_or("?"));
    const auto range = spec.speed_ratios.value_or(catalogue::SpeedRange::kBest);
    StreamSpeeds{spec.streams[i], range, around, reference, workload.streams[i], context}.resolve();
  }
}

}  // namespace gigasim::scenario
