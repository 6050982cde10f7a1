#include "kinds.hpp"

#include <algorithm>
#include <array>

#include "columns_cost.hpp"
#include "columns_demand.hpp"
#include "columns_machines.hpp"
#include "columns_models.hpp"
#include "columns_places.hpp"
#include "columns_sites.hpp"

namespace gigasim::catalogue {
namespace {

constexpr std::array kKinds{
    Kind{"ai-factories",
         "the 19 EuroHPC AI Factories and their AI-optimised systems",
         {kAiFactoryColumns, kAiFactoryOrder}},
    Kind{"antennas",
         "the 13 AI Factory Antennas: access points without a large machine of their own",
         {kAntennaColumns}},
    Kind{"supercomputers",
         "systems in operation or contracted; same_as marks a machine that is a factory's own",
         {kSupercomputerColumns}},
    Kind{"gigafactory-candidates",
         "candidate sites of AI gigafactories and private comparators; none is selected",
         {kGigafactoryCandidateColumns, kGigafactoryCandidateOrder}},
    Kind{"accelerators",
         "accelerator types: peak rates, memory, links, power with the node's share",
         {kAcceleratorColumns, kAcceleratorOrder}},
    Kind{"ai-models",
         "neural networks, dense and mixtures of experts: parameters, layers, heads",
         {kAiModelColumns, kAiModelOrder}},
    Kind{"training-runs",
         "published rates of training, to hold the training model against",
         {kTrainingRunColumns, kTrainingRunOrder}},
    Kind{"inference-benchmarks",
         "published rates and latencies of serving, to hold the inference model against",
         {kInferenceBenchmarkColumns, kInferenceBenchmarkOrder}},
    Kind{"software-stacks",
         "what training and serving software leaves of a tuned stack's speed, by vendor, with its range",
         {kSoftwareStackColumns, kSoftwareStackOrder}},
    Kind{"request-lengths",
         "tokens in and out of requests to language models, by class of use",
         {kRequestLengthColumns, kRequestLengthOrder}},
    Kind{"failure-records",
         "published counts and rates of failures of large machines and long runs",
         {kFailureRecordColumns}},
    Kind{"countries", "population, GDP, legal time and national research network", {kCountryColumns}},
    Kind{"carbon-intensity", "annual mean carbon intensity of electricity by country", {kCarbonIntensityColumns}},
    Kind{"access-modes",
         "access classes of EuroHPC, AI Factories and gigafactories",
         {kAccessModeColumns, kAccessModeOrder}},
    Kind{"wan-nodes", "backbone points of presence, national networks and factory sites", {kWanNodeColumns}},
    Kind{"wan-links",
         "links between WAN nodes: latency and low, best and hyper capacity",
         {kWanLinkColumns, kWanLinkOrder}},
    Kind{"job-mixes",
         "job classes of two LLM development clusters, their shares and outcome laws",
         {.columns = kJobMixColumns, .shares = kJobMixShares, .details = kJobMixDetails}},
    Kind{"job-sizes", "accelerators per job by job class", {.columns = kJobSizeColumns, .shares = kJobSizeShares}},
    Kind{"job-durations",
         "cumulative distribution of job durations by job class",
         {.columns = kJobDurationColumns, .curve = Curve{"class", "seconds", "cumulative_percent"}}},
    Kind{"speed-ratios",
         "throughput of accelerators against an H100, by class of job, with ranges",
         {kSpeedRatioColumns, kSpeedRatioOrder}},
    Kind{"scalable-fractions",
         "share of a job's time that a faster accelerator shortens, by class of job",
         {kScalableFractionColumns, kScalableFractionOrder}},
    Kind{"arrival-profiles",
         "relative arrival rate by hour of day and weekday",
         {.columns = kArrivalProfileColumns, .shares = kArrivalProfileShares}},
    Kind{"bursts", "burst size quantiles of job submission", {kBurstColumns, kBurstOrder}},
    Kind{"sector-mixes",
         "sectors of users: how many AI factories name each as their focus",
         {.columns = kSectorMixColumns, .shares = kSectorMixShares}},
    Kind{"walltime-models", "how users' walltime requests exceed runtimes", {kWalltimeModelColumns}},
    Kind{"cost-parameters",
         "prices, lives and rates of the cost model: best, low and high, by country, EU or world",
         {.columns = kCostParameterColumns, .order = kCostParameterOrder, .same = Same{"parameter", "unit"}}},
    Kind{"contract-anchors",
         "contracts, projects, bids, models and market prices to hold a cost against",
         {kContractAnchorColumns}},
    Kind{"funding-rules",
         "who pays which share in which programme, with caps and access rules",
         {kFundingRuleColumns, kFundingRuleOrder}},
};

}  // namespace

std::span<const Kind> kinds() {
  return kKinds;
}

const Kind* find_kind(std::string_view name) {
  const auto* const found =
      std::find_if(kKinds.begin(), kKinds.end(), [&](const Kind& kind) { return kind.name == name; });
  return found == kKinds.end() ? nullptr : found;
}

}  // namespace gigasim::catalogue
