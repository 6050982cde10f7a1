#include "catalogue_types.hpp"
#include "cut_off_type.hpp"
#include "declarations.hpp"
#include "declare_ai_work.hpp"
#include "declare_brokering.hpp"
#include "declare_failures.hpp"
#include "declare_services.hpp"
#include "job_types.hpp"
#include "recorded_on_type.hpp"
#include "scalar_types.hpp"

namespace gigasim::scenario {
namespace {

constexpr Limits kMoreThanNothing{0.0, std::nullopt, true};
constexpr double kBudgetExample = 5000.0;

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
    o.field("format", &TraceSpec::format, one_of<std::string>({{"swf", "swf"}, {"jobs", "jobs"}}), defaults_to("swf"),
            "`swf`: Standard Workload Format; `jobs`: a table of `gigasim import`");
    o.field("accelerators_per_processor", &TraceSpec::accelerators_per_processor, number(kMoreThanNothing),
            defaults_to("1"), "Accelerators for one processor of the log");
    o.field("strict", &TraceSpec::strict, yes(), otherwise("`false`"),
            "Refuses a log with a row that cannot be read, which is left out and counted otherwise");
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
    o.field("min", &SizeBoundsSpec::min, accelerator_count(), otherwise("`1`"), "Smallest job of the mix that is kept");
    o.field("max", &SizeBoundsSpec::max, accelerator_count(),
            otherwise("the largest partition of the reference scenario"), "Largest job of the mix that is kept");
    return o;
  }();
  return object;
}

const Object<MoldableSpec>& moldable_object() {
  static const Object<MoldableSpec> object = [] {
    Object<MoldableSpec> o{"moldable",
                           "The job may run on fewer or more accelerators. At submission it is given one of the sizes "
                           "`min`, 2 `min`, 4 `min`, ... and `max`."};
    o.field("min", &MoldableSpec::min, accelerator_count(), required(), "Smallest size");
    o.field("max", &MoldableSpec::max, accelerator_count(), required(), "Largest size");
    o.field("speed_up", &MoldableSpec::speed_up, speed_up_law(), required(),
            "How much faster than on one accelerator; `runtime` is at the size `accelerators`");
    o.field("pick", &MoldableSpec::pick,
            one_of<SizePick>({{"earliest_end", SizePick::kEarliestEnd}, {"largest", SizePick::kLargest}}),
            defaults_to("earliest_end"),
            "Which size: the one with the earliest estimated end, the smaller of two that tie; or the largest that a "
            "site accepts");
    o.field("min_efficiency", &MoldableSpec::min_efficiency, percent({0.0, 1.0, false}), otherwise("no limit"),
            "Least speed-up per accelerator of the sizes above `min`");
    return o;
  }();
  return object;
}

const Object<JobSpec>& job_object() {
  static const Object<JobSpec> object = [] {
    Object<JobSpec> o{
        "job", "An explicit kind of job: its size and runtime, or its size (or a deadline) and the work that it does."};
    o.field("accelerators", &JobSpec::accelerators, job_sizes(), otherwise("required without `deadline`"),
            "Accelerators per job");
    o.field("runtime", &JobSpec::runtime, runtime_law(), otherwise("from the work"), "Time on the accelerators");
    o.map("moldable", &JobSpec::moldable, moldable_object(), otherwise(""));
    declare_ai_work(o);
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
    o.field(
        "terms", &ProjectsSpec::terms,
        one_of<ProjectTerms>({{"stated", ProjectTerms::kStated}, {"class", ProjectTerms::kClass}}),
        defaults_to("stated"),
        "`class`: budget, allocation and cut-offs that are not stated are those of the access class in the catalogue; "
        "`stated`: there are none");
    o.field("decision", &ProjectsSpec::decision, duration(true), otherwise("of the access class in the catalogue"),
            "Time from the application, or the cut-off after it, to the decision");
    o.field("cut_offs", &ProjectsSpec::cut_offs, cut_offs(),
            otherwise("`continuous`; with `terms: class` of the class"),
            "When applications are decided on: each waits for the next of these days, 00:00 UTC");
    o.field("budget", &ProjectsSpec::budget,
            scenario::amount("accelerator-h", kBudgetExample, false, limits::kAcceleratorSeconds / 3600.0),
            otherwise("no limit; with `terms: class` the most that the class grants"),
            "Accelerator-hours of one project: a job is charged its request when it is submitted, and gets back what "
            "it did "
            "not use; one that the budget does not cover is refused");
    o.field("allocation", &ProjectsSpec::allocation, duration(false),
            otherwise("for ever; with `terms: class` the longest of the class"),
            "So long after it is on board a project may submit jobs");
    return o;
  }();
  return object;
}

const Object<StreamSpec>& stream_object() {
  static const Object<StreamSpec> object = [] {
    Object<StreamSpec> o{
        "stream",
        "A source of jobs: a `mix` of the catalogue, an explicit kind of `job`, or a `trace` to replay. A synthetic "
        "stream has one of `share`, `demand.load` and `arrivals.rate`, or comes `after` another one; the only one "
        "without takes the rest of the "
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
    o.field(
        "after", &StreamSpec::after, identifier(), otherwise("none"),
        "Stream before this one: each of its jobs is followed by one of this stream, which is submitted when it has "
        "completed");
    o.field("after_delay", &StreamSpec::after_delay, duration(true), otherwise("`0 s`"),
            "With `after`: from the end of the job before to the submission");
    o.field("share", &StreamSpec::share, percent(kMoreThanNothing), otherwise(""),
            "Share of `workload.demand` in accelerator time; shares sum to 100 %");
    o.map("demand", &StreamSpec::demand, stream_demand_object(), otherwise(""));
    o.map("arrivals", &StreamSpec::arrivals, arrivals_object(), otherwise(""));
    o.field("mix", &StreamSpec::mix, mix_choice(), otherwise(""),
            "Job mix, or job classes weighted by their shares in it");
    o.map("accelerators", &StreamSpec::accelerators, size_bounds_object(), otherwise(""));
    o.field("size_factor", &StreamSpec::size_factor, whole(1, limits::kSizeFactor), otherwise("`1`"),
            "With `mix`: multiplies the sizes of pre-training jobs");
    o.field("bundle", &StreamSpec::bundle, whole(1, limits::kBundle), otherwise("`1`"),
            "With `mix`: this many jobs of one class and size, not pre-training, are submitted as one that lasts as "
            "long as all");
    o.map("job", &StreamSpec::job, job_object(), otherwise(""));
    o.field("walltime", &StreamSpec::walltime, walltime(), otherwise("`theta` with `mix`, `exact` with `job`"),
            "What users request, at most 72 h");
    o.field("patience", &StreamSpec::patience, patience_law(), otherwise("none: they wait for ever"),
            "How long a job waits for its start before it leaves the queue for good");
    o.field("sensitive", &StreamSpec::sensitive, yes(), otherwise("`false`"),
            "Its jobs run on trusted partitions only, on whole nodes; results are grouped by the label `sensitive`");
    o.field("recorded_on", &StreamSpec::recorded_on, recorded_on(),
            otherwise("with job classes of the catalogue as it says; else `none`"),
            "Accelerator on which the runtimes and requests are those given or drawn: on others jobs are faster or "
            "slower, as measured for their class of jobs (`speed-ratios`, `scalable-fractions`). `none`: as long "
            "everywhere. `class`: for a log or a stated runtime, `other` where unsaid");
    o.map("requires", &StreamSpec::needs, requires_object(), otherwise(""));
    o.field(
        "residency", &StreamSpec::residency, residency_words(), otherwise("`anywhere`"),
        "Where its data may be processed: `anywhere`, in a member state of the `eu`, or in the job's own `country`");
    o.map("checkpoint", &StreamSpec::checkpoint, checkpoint_object(), otherwise(""));
    o.field("remove", &StreamSpec::remove, yes(), remove, "Takes the stream of this name out");
    o.rules({{"trace", "mix", "job"},
             {{"trace", {"share", "demand", "arrivals", "accelerators", "size_factor", "bundle", "walltime"}},
              {"job", {"accelerators", "size_factor", "bundle"}},
              {"after", {"trace", "share", "demand", "arrivals", "origin", "projects", "sectors"}}},
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
    o.field("speed_ratios", &WorkloadSpec::speed_ratios,
            one_of<catalogue::SpeedRange>({{"low", catalogue::SpeedRange::kLow},
                                           {"best", catalogue::SpeedRange::kBest},
                                           {"high", catalogue::SpeedRange::kHigh}}),
            defaults_to("best"),
            "How fast accelerators run jobs recorded on others: the slowest, the best or the fastest figures of the "
            "catalogue's ranges");
    o.list("streams", &WorkloadSpec::streams, stream_object(), otherwise("none"), "Sources of jobs");
    o.list("services", &WorkloadSpec::services, service_object(), otherwise("none"), "Inference services");
    o.rules({.some_of = {"streams", "services"}});
    return o;
  }();
  return object;
}

}  // namespace gigasim::scenario
