#pragma once

#include <map>
#include <optional>
#include <string>

#include "gigasim/units/model_constant.hpp"
#include "gigasim/units/quantity.hpp"

namespace gigasim::scenario {

/// Outages of something larger than a node, each of which takes all its nodes down: at a constant rate, repaired after
/// an exponentially distributed time.
struct WideOutages {
  units::PerSecond rate{0};  ///< of one pod, or of one site
  units::Seconds repair{0};  ///< mean
  bool operator==(const WideOutages&) const = default;
};

/// How nodes fail and come back: docs/models/failures.md.
struct Failures {
  units::PerSecond rate{0};                       ///< of one node: interruptions that nobody planned
  std::map<std::string, units::PerSecond> rates;  ///< by accelerator, instead
  double shape = 1.0;                             ///< of the Weibull law of the time to failure; 1: exponential
  double early_factor = 1.0;                      ///< on the rate in the first `early_length` of a partition
  units::Seconds early_length{0};
  double lemon_share = 0.0;  ///< of the nodes that fail `lemon_factor` times as often
  double lemon_factor = 1.0;
  std::optional<units::Seconds> repair;  ///< of a node, always as long; nothing: by class, as in the document
  units::Seconds restart{0};  ///< from an interruption until the job loads its checkpoint: detection, new node, start
  double spares = 0.0;        ///< share of each partition's nodes that are kept free to take the place of others
  WideOutages pods, sites;

  [[nodiscard]] units::PerSecond rate_of(const std::string& accelerator) const {
    const auto own = rates.find(accelerator);
    return own == rates.end() ? rate : own->second;
  }
  bool operator==(const Failures&) const = default;
};

/// What a stream's jobs save while they run, to the storage of their site.
struct Checkpointing {
  units::Bytes size{0};                    ///< of one checkpoint
  std::optional<units::Seconds> interval;  ///< of work between two; nothing: the one that loses least
  bool asynchronous = false;               ///< work goes on while it is written, after `staging`
  units::Seconds staging{0};
  units::Bytes load{0};  ///< read from storage at each start, besides the checkpoint at a restart
  bool operator==(const Checkpointing&) const = default;
};

inline const units::ModelConstant kFailureRate{
    4e-3 / 86400.0,
    {"scenario.failure_rate", "1/s", "`failures.rate`: interruptions of a node that nobody planned",
     "4 per 1000 node-days: Llama 3 (Dubey et al. 2024) 3.8, Meta RSC-1 and RSC-2 (Kokolis et al. 2024) 6.5 and 2.3"}};
inline const units::ModelConstant kCheckpointBytes{
    14.0,
    {"scenario.checkpoint_bytes_per_parameter", "B", "`checkpoint.size` of a job that names an AI model",
     "mixed precision with Adam: bf16 weights, fp32 master copy and two moments; 9 to 16 were observed (OPT, BLOOM)"}};
inline const units::ModelConstant kRestartTime{
    300.0,
    {"scenario.restart_time", "s", "`failures.restart`",
     "assumption: with 5 min Llama 3's share of effective training time comes out at the reported 'above 0.90'"}};
inline const units::ModelConstant kCheckpointStaging{
    5.0,
    {"scenario.checkpoint_staging", "s", "`checkpoint.staging`: an asynchronous checkpoint stops the work for so long",
     "assumption: 2 to 10 s to copy to the memory of the host"}};

}  // namespace gigasim::scenario
