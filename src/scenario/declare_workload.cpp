#include "catalogue_types.hpp"
#include "declarations.hpp"
#include "declare_brokering.hpp"
#include "job_types.hpp"
#include "scalar_types.hpp"

namespace gigasim::scenario {
namespace {

constexpr Limits kMoreThanNothing{0.0, std::nullopt, true};

const Object<DemandSpec>& demand_object() {
  static const Object<DemandSpec> object = [] {
    Object<DemandSpec> o{"demand", "Demand of all streams that take a share of it."};
    o.field("load", &DemandSpec::load, percent(kMoreThanNothing), otherwise("none: streams state their own"),
            "Demand of all streams with a share, as a fraction of the accelerators that `of` names");
    o.field(
        "of", &DemandSpec::of, demand_of(), defaults_to("reference"),
        "What 100 % is: the mean number of accelerators online in the results period of this file without variant and "
        "--set (`reference`), of this very scenario (`own`), or a number");
    o.field("growth", &DemandSpec::growth, percent_per_year(), defaults_to("0 % per year"),
            "Growth of the demand from the period's start");
    return o;
  }();
  return object;
}

const Object<StreamDemandSpec>& stream_demand_object() {
  static const Object<StreamDemandSpec> object = [] {
    Object<StreamDemandSpec> o{"stream-demand", "Demand of this stream alone."};
    o.field("load", &StreamDemandSpec::load, percent(kMoreThanNothing), otherwise(""),
            "Demand of this stream relative to `workload.demand.of`; instead of `share` or `arrivals.rate`");
    return o;
  }();
  return object;
}

const Object<TraceSpec>& trace_object() {
  static const Object<TraceSpec> object = [] {
    Object<TraceSpec> o{"trace", "A log to replay."};
    o.field("file", &TraceSpec::file, file_path(), required(),
            "Log file, relative to the scenario file; `.gz` is unpacked");
    o.field("format", &TraceSpec::format, one_of<std::string>({{"swf", "swf"}}), defaults_to("swf"),
            "Standard Workload Format");
    o.field("accelerators_per_processor", &TraceSpec::accelerators_per_processor, number(kMoreThanNothing),
            defaults_to("1"), "Accelerators for one processor of the log");
    return o;
  }();
  return object;
}

const Object<ArrivalsSpec>& arrivals_object() {
  static const Object<ArrivalsSpec> object = [] {
    Object<ArrivalsSpec> o{"arrivals", "When jobs arrive."};
    o.field("rate", &ArrivalsSpec::rate, job_rate(), otherwise("from `share` or `demand.load`"),
            "Mean arrival rate of jobs");
    o.field("profile", &ArrivalsSpec::profile, arrival_profile_id(), defaults_to("constant"),
            "Hour of day and weekday, in the local time of the job's origin");
    o.field("bursts", &ArrivalsSpec::bursts, burst_law_id(), defaults_to("none"), "Jobs that come together");
    o.field("max_jobs", &ArrivalsSpec::max_jobs, whole(1), otherwise("no limit"),
            "The stream ends after this many jobs");
    o.field("growth", &ArrivalsSpec::growth, percent_per_year(), otherwise("`workload.demand.growth`"),
            "Growth of the rate from the period's start");
    return o;
  }();
  return object;
}

const Object<SizeBoundsSpec>& size_bounds_object() {
  static const Object<SizeBoundsSpec> object = [] {
    Object<SizeBoundsSpec> o{"size-bounds",
                             "Sizes of the mix that are kept; the others are dropped and the rest renormalised."};
    o.field("min", &SizeBoundsSpec::min, whole(1), otherwise("`1`"), "Smallest job of the mix that is kept");
    o.field("max", &SizeBoundsSpec::max, whole(1), otherwise("the largest partition of the reference scenario"),
            "Largest job of the mix that is kept");
    return o;
  }();
  return object;
}

const Object<JobSpec>& job_object() {
  static const Object<JobSpec> object = [] {
    Object<JobSpec> o{"job", "An explicit kind of job."};
    o.field("accelerators", &JobSpec::accelerators, job_sizes(), required(), "Accelerators per job");
    o.field("runtime", &JobSpec::runtime, runtime_law(), required(), "Time on the accelerators");
    return o;
  }();
  return object;
}

const Object<ProjectsSpec>& projects_object() {
  static const Object<ProjectsSpec> object = [] {
    Object<ProjectsSpec> o{
        "projects",
        "Users must ask for access: time to access = decision + onboarding + queue time. Jobs that come "
        "before their project is on board are submitted then."};
    o.field("jobs", &ProjectsSpec::jobs, whole(1), required(),
            "Jobs of one project: so many consecutive ones of a country; the first one applies");
    o.field("decision", &ProjectsSpec::decision, duration(true), otherwise("of the access class in the catalogue"),
            "Time from the application to the decision");
    return o;
  }();
  return object;
}

const Object<StreamSpec>& stream_object() {
  static const Object<StreamSpec> object = [] {
    Object<StreamSpec> o{
        "stream",
        "A source of jobs: a `mix` of the catalogue, an explicit kind of `job`, or a `trace` to replay. A synthetic "
        "stream has one of `share`, `demand.load` and `arrivals.rate`; the only one without takes the rest of the "
        "shares."};
    Need remove = otherwise("`false`");
    remove.only_in_merges = "there is nothing of this name to remove";
    o.field("name", &StreamSpec::name, identifier(), required(), "Name in paths and results");
    o.field("access_class", &StreamSpec::access_class, access_mode_id(), otherwise("none"),
            "Access mode; results are grouped by it");
    o.field("labels", &StreamSpec::labels, labels(), otherwise("`{}`"), "Free labels; results are grouped by them");
    o.field("origin", &StreamSpec::origin, origin_weights(), otherwise("`population`; none for a trace"),
            "Countries of the users. `population` and `gdp`: EU members and every country with a site of the scenario");
    o.field("sectors", &StreamSpec::sectors, sector_mix_id(), otherwise("none"),
            "Splits the stream into one per sector of the mix, called STREAM-SECTOR and labelled `sector`, with its "
            "part of "
            "the demand");
    o.map("projects", &StreamSpec::projects, projects_object(), otherwise(""));
    o.map("trace", &StreamSpec::trace, trace_object(), otherwise(""));
    o.field("share", &StreamSpec::share, percent(kMoreThanNothing), otherwise(""),
            "Share of `workload.demand` in accelerator time; shares sum to 100 %");
    o.map("demand", &StreamSpec::demand, stream_demand_object(), otherwise(""));
    o.map("arrivals", &StreamSpec::arrivals, arrivals_object(), otherwise(""));
    o.field("mix", &StreamSpec::mix, mix_choice(), otherwise(""),
            "Job mix, or job classes weighted by their shares in it");
    o.map("accelerators", &StreamSpec::accelerators, size_bounds_object(), otherwise(""));
    o.field("size_factor", &StreamSpec::size_factor, whole(1), otherwise("`1`"),
            "With `mix`: multiplies the sizes of pre-training jobs");
    o.field("bundle", &StreamSpec::bundle, whole(1), otherwise("`1`"),
            "With `mix`: this many jobs of one class and size, not pre-training, are submitted as one that lasts as "
            "long as all");
    o.map("job", &StreamSpec::job, job_object(), otherwise(""));
    o.field("walltime", &StreamSpec::walltime, walltime(), otherwise("`theta` with `mix`, `exact` with `job`"),
            "What users request, at most 72 h");
    o.field("patience", &StreamSpec::patience, patience_law(), otherwise("none: they wait for ever"),
            "How long a job waits for its start before it leaves the queue for good");
    o.field("sensitive", &StreamSpec::sensitive, yes(), otherwise("`false`"),
            "Its jobs run on trusted partitions only, on whole nodes; results are grouped by the label `sensitive`");
    o.map("requires", &StreamSpec::needs, requires_object(), otherwise(""));
    o.field(
        "residency", &StreamSpec::residency, residency_words(), otherwise("`anywhere`"),
        "Where its data may be processed: `anywhere`, in a member state of the `eu`, or in the job's own `country`");
    o.field("remove", &StreamSpec::remove, yes(), remove, "Takes the stream of this name out");
    o.rules({{"trace", "mix", "job"},
             {{"trace", {"share", "demand", "arrivals", "accelerators", "size_factor", "bundle", "walltime"}},
              {"job", {"accelerators", "size_factor", "bundle"}}},
             ""});
    return o;
  }();
  return object;
}

}  // namespace

const Object<WorkloadSpec>& workload_object() {
  static const Object<WorkloadSpec> object = [] {
    Object<WorkloadSpec> o{"workload", "What users ask for."};
    o.map("demand", &WorkloadSpec::demand, demand_object(), otherwise(""));
    o.list("streams", &WorkloadSpec::streams, stream_object(), required(), "Sources of jobs");
    return o;
  }();
  return object;
}

}  // namespace gigasim::scenario
