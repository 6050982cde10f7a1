#include "kinds.hpp"

#include <array>

namespace gigasim::catalogue {
namespace {

constexpr std::array kKinds{
    Kind{"ai-factories", "the 19 EuroHPC AI Factories and their AI-optimised systems"},
    Kind{"antennas", "the 13 AI Factory Antennas: access points without a large machine of their own"},
    Kind{"supercomputers", "systems in operation or contracted; same_as marks a machine that is a factory's own"},
    Kind{"gigafactory-candidates", "candidate sites of AI gigafactories and private comparators; none is selected"},
    Kind{"accelerators", "accelerator types: peak rates, memory, links, power with the node's share"},
    Kind{"ai-models", "neural networks, dense and mixtures of experts: parameters, layers, heads"},
    Kind{"training-runs", "published rates of training, to hold the training model against"},
    Kind{"inference-benchmarks", "published rates and latencies of serving, to hold the inference model against"},
    Kind{"request-lengths", "tokens in and out of requests to language models, by class of use"},
    Kind{"failure-records", "published counts and rates of failures of large machines and long runs"},
    Kind{"countries", "population, GDP, legal time and national research network"},
    Kind{"carbon-intensity", "annual mean carbon intensity of electricity by country"},
    Kind{"access-modes", "access classes of EuroHPC, AI Factories and gigafactories"},
    Kind{"wan-nodes", "backbone points of presence, national networks and factory sites"},
    Kind{"wan-links", "links between WAN nodes: latency and low, best and hyper capacity"},
    Kind{"job-mixes", "job classes of two LLM development clusters, their shares and outcome laws"},
    Kind{"job-sizes", "accelerators per job by job class"},
    Kind{"job-durations", "cumulative distribution of job durations by job class"},
    Kind{"speed-ratios", "throughput of accelerators against an H100, by class of job, with ranges"},
    Kind{"scalable-fractions", "share of a job's time that a faster accelerator shortens, by class of job"},
    Kind{"arrival-profiles", "relative arrival rate by hour of day and weekday"},
    Kind{"bursts", "burst size quantiles of job submission"},
    Kind{"sector-mixes", "sectors of users: how many AI factories name each as their focus"},
    Kind{"walltime-models", "how users' walltime requests exceed runtimes"},
    Kind{"cost-parameters", "prices, lives and rates of the cost model: best, low and high, by country, EU or world"},
    Kind{"contract-anchors", "contracts, projects, bids, models and market prices to hold a cost against"},
    Kind{"funding-rules", "who pays which share in which programme, with caps and access rules"},
};

}  // namespace

std::span<const Kind> kinds() {
  return kKinds;
}

}  // namespace gigasim::catalogue
