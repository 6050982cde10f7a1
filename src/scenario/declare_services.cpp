#include "declare_services.hpp"

#include "ai_work_types.hpp"
#include "catalogue_types.hpp"
#include "declare_brokering.hpp"
#include "job_types.hpp"
#include "list_type.hpp"
#include "scalar_types.hpp"
#include "yaml_text.hpp"

namespace gigasim::scenario {
namespace {

std::string default_time(const units::ModelConstant& constant) {
  return fmt::format("`{}`", duration(true).print(units::Seconds{constant.value()}));
}

const Object<TokensSpec>& tokens_object() {
  static const Object<TokensSpec> object = [] {
    Object<TokensSpec> o{"tokens", "Tokens of a request; all are alike."};
    constexpr double kInputExample = 1000.0;
    constexpr double kOutputExample = 300.0;
    o.field("input", &TokensSpec::input, amount("tokens", kInputExample, false, limits::kTokensOfRequest), required(),
            "That the user sends");
    o.field("output", &TokensSpec::output, amount("tokens", kOutputExample, false, limits::kTokensOfRequest),
            required(), "That are answered");
    return o;
  }();
  return object;
}

const Object<RequestBurstsSpec>& bursts_object() {
  static const Object<RequestBurstsSpec> object = [] {
    Object<RequestBurstsSpec> o{"bursts",
                                "The rate goes up and down by a factor that is drawn again and again: log-normal, of "
                                "mean 1."};
    o.field("sigma", &RequestBurstsSpec::sigma, number({0.0, limits::kSigma, true}), required(),
            "Standard deviation of the factor's natural logarithm");
    o.field("length", &RequestBurstsSpec::length, interval(), required(), "So long a factor holds");
    return o;
  }();
  return object;
}

const Object<RequestTraceSpec>& request_trace_object() {
  static const Object<RequestTraceSpec> object = [] {
    Object<RequestTraceSpec> o{"request-trace",
                               "Requests of a log, in place of rates and lengths: the first one comes at the period's "
                               "start."};
    o.field("file", &RequestTraceSpec::file, file_path(), required(),
            "CSV file with the columns TIMESTAMP, ContextTokens and GeneratedTokens, as Azure publishes them, or JSON "
            "lines with `timestamp` (ms), `input_length` and `output_length`; relative to the scenario file; `.gz` is "
            "unpacked");
    constexpr double kMostScale = 1e6;
    o.field("scale", &RequestTraceSpec::scale, number({1.0 / kMostScale, kMostScale, false}), defaults_to("1"),
            "So many requests for each one of the log");
    o.field("repeat", &RequestTraceSpec::repeat, yes(), defaults_to("false"),
            "The log begins anew where it ends; without, no requests come from there on");
    o.field("strict", &RequestTraceSpec::strict, yes(), otherwise("`false`"),
            "Refuses a log with a request that cannot be read, which is left out with a warning otherwise");
    return o;
  }();
  return object;
}

const Object<RequestDemandSpec>& request_demand_object() {
  static const Object<RequestDemandSpec> object = [] {
    Object<RequestDemandSpec> o{"request-demand", "Which requests come, and when."};
    o.field("origin", &RequestDemandSpec::origin, origin_weights(), defaults_to("population"),
            "Countries of the users. `population` and `gdp`: EU members and every country with a site of the scenario");
    o.field("peak", &RequestDemandSpec::peak, request_rate(), otherwise(""),
            "Rate in the busiest hour of a week, all origins together, before growth and bursts");
    o.field("mean", &RequestDemandSpec::mean, request_rate(), otherwise(""),
            "Mean rate over a week; instead of `peak`");
    o.field("profile", &RequestDemandSpec::profile, arrival_profile_id(), defaults_to("constant"),
            "Hour of day and weekday, in the local time of the request's origin");
    o.field("growth", &RequestDemandSpec::growth, percent_per_year(), defaults_to("0 % per year"),
            "Growth of the rate from the period's start");
    o.map("bursts", &RequestDemandSpec::bursts, bursts_object(), otherwise(""));
    o.field("request_lengths", &RequestDemandSpec::request_lengths, request_lengths_id(), otherwise(""),
            "How long requests and answers are, as measured: means and spread; or `tokens`");
    o.map("tokens", &RequestDemandSpec::tokens, tokens_object(), otherwise(""));
    o.map("trace", &RequestDemandSpec::trace, request_trace_object(), otherwise(""));
    o.rules({{"peak", "mean", "trace"},
             {{"request_lengths", {"tokens"}}, {"trace", {"profile", "growth", "bursts", "request_lengths", "tokens"}}},
             ""});
    return o;
  }();
  return object;
}

const Object<ObjectiveSpec>& objective_object() {
  static const Object<ObjectiveSpec> object = [] {
    Object<ObjectiveSpec> o{"objective",
                            "What 95 % of the requests are promised; a replica is given no more requests "
                            "than it can serve so."};
    o.field("ttft_p95", &ObjectiveSpec::ttft_p95, duration(false), otherwise("no promise"),
            "Time to the first token, the way through the network included");
    o.field("tpot_p95", &ObjectiveSpec::tpot_p95, duration(false), otherwise("no promise"),
            "Time per output token after the first");
    return o;
  }();
  return object;
}

const Object<ReplicasSpec>& replicas_object() {
  static const Object<ReplicasSpec> object = [] {
    Object<ReplicasSpec> o{"replicas", "How many copies of the model run, and where. Each is a job of its own."};
    o.field("count", &ReplicasSpec::count, accelerator_count(), otherwise(""),
            "A number that stays; instead of `min` and `max`");
    o.field("min", &ReplicasSpec::min, whole(0, limits::kAccelerators), otherwise("`1`"), "At least");
    o.field("max", &ReplicasSpec::max, accelerator_count(), otherwise("as many as the machines hold"), "At most");
    o.field("scale_by", &ReplicasSpec::scale_by,
            one_of<ScaleBy>({{"fixed", ScaleBy::kFixed}, {"schedule", ScaleBy::kSchedule}, {"load", ScaleBy::kLoad}}),
            otherwise("`load`; `fixed` with `count`"),
            "The rate of the last interval (`load`), the rate that the profile foretells (`schedule`), or nothing "
            "(`fixed`)");
    o.field("target_load", &ReplicasSpec::target_load, percent({0.0, 1.0, true}),
            otherwise(fmt::format("`{}`", percent({0.0, 1.0}).print(kServiceTargetLoad.value()))),
            "Load that is aimed at, of the rate that a replica can serve within `slo`");
    o.field("interval", &ReplicasSpec::interval, interval(), otherwise(default_time(kServiceInterval)),
            "Time between two decisions; rates are constant in between");
    o.field("start_up", &ReplicasSpec::start_up, duration(true), otherwise(default_time(kServiceStartUp)),
            "Time from the start of a replica's job until it loads its weights from the site's storage");
    o.field("scale_in_after", &ReplicasSpec::scale_in_after, duration(true),
            otherwise(default_time(kServiceScaleInAfter)),
            "Replicas are given back when fewer were enough for so long");
    o.field("sites", &ReplicasSpec::sites, one_or_more(identifier()), otherwise("all where the model fits"),
            "Where replicas may run");
    o.rules({{}, {{"count", {"min", "max"}}}, ""});
    return o;
  }();
  return object;
}

}  // namespace

const Object<ServiceSpec>& service_object() {
  static const Object<ServiceSpec> object = [] {
    Object<ServiceSpec> o{"service",
                          "A model that answers requests, on replicas that are jobs in the queues of the sites. See "
                          "[services](models/services.md)."};
    Need remove = otherwise("`false`");
    remove.only_in_merges = "there is nothing of this name to remove";
    o.field("name", &ServiceSpec::name, identifier(), required(),
            "Name in paths and results; its replicas carry the label `service=NAME`, and are the stream NAME");
    o.field("ai_model", &ServiceSpec::ai_model, ai_model_id(), required(), "Neural network that answers");
    o.field("precision", &ServiceSpec::precision, precision(),
            otherwise("`fp8` where the accelerator has it, else `bf16`"), "Number format of the weights");
    o.field("tensor", &ServiceSpec::tensor, whole(1, limits::kPerNode),
            otherwise("the smallest power of two with room for requests"), "Accelerators of one replica");
    o.field("labels", &ServiceSpec::labels, labels(), otherwise("`{}`"), "Free labels; results are grouped by them");
    o.map("demand", &ServiceSpec::demand, request_demand_object(), required());
    constexpr double kMostCached = 0.99;
    o.field("prefix_cache_hits", &ServiceSpec::prefix_cache_hits, percent({0.0, kMostCached, false}), otherwise("none"),
            "Share of the input tokens whose keys and values are kept from earlier requests with the same beginning "
            "(system prompts, conversations): an assumption about the users");
    o.map("slo", &ServiceSpec::objective, objective_object(), otherwise(""));
    o.field("residency", &ServiceSpec::residency, residency_words(), otherwise("`anywhere`"),
            "Where requests may be answered: `anywhere`, in a member state of the `eu`, or in the request's own "
            "`country`");
    o.field("routing", &ServiceSpec::routing,
            one_of<RequestRouting>({{"nearest", RequestRouting::kNearest},
                                    {"spill_over", RequestRouting::kSpillOver},
                                    {"spread", RequestRouting::kSpread}}),
            defaults_to("spill_over"),
            "To the nearest site with ready replicas (`nearest`), to the nearest and what finds no room there to the "
            "next (`spill_over`), or to all by what they can serve (`spread`)");
    o.map("replicas", &ServiceSpec::replicas, replicas_object(), otherwise(""));
    o.field("when_short", &ServiceSpec::when_short,
            one_of<WhenShort>({{"shed", WhenShort::kShed}, {"queue", WhenShort::kQueue}}), defaults_to("shed"),
            "Requests that find no room are turned away (`shed`) or wait (`queue`)");
    o.field("fidelity", &ServiceSpec::fidelity,
            one_of<Fidelity>({{"fluid", Fidelity::kFluid}, {"requests", Fidelity::kRequests}}), defaults_to("fluid"),
            "Requests as rates, with latencies from closed forms (`fluid`), or each one through the batches of a "
            "replica (`requests`)");
    o.field("remove", &ServiceSpec::remove, yes(), remove, "Takes the service of this name out");
    return o;
  }();
  return object;
}

}  // namespace gigasim::scenario
