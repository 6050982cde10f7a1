#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace gigasim::workload {

/// The GPUs of a Slurm job.
struct SlurmGpus {
  double count = 0.0;          ///< of whole GPUs, shares by their factors
  bool shares = false;         ///< some are shares of a GPU
  bool unknown_share = false;  ///< there is a share of which nobody said how large it is; it is not in the count
};

/// The share of a whole GPU that a type of a generic resource stands for: as stated in `stated` by its name (shard,
/// mps, a100_3g.20gb or 3g.20gb), else by the name of a MIG slice: Ng. is N/7 of the GPU, of the A30 (1g.6gb, 2g.12gb,
/// 4g.24gb) N/4. Nothing for any other type: it is whole.
/// Source: NVIDIA, Multi-Instance GPU user guide, tables of profiles.
[[nodiscard]] std::optional<double> gpu_share(std::string_view type, const std::map<std::string, double>& stated);

/// GPUs of a TRES list such as "billing=64,cpu=64,gres/gpu=8,gres/gpu:h100=8,node=2". The typed entries repeat the
/// untyped one: whole ones count only where that is missing. Nothing when a count is no whole number.
[[nodiscard]] std::optional<SlurmGpus> gpus_in_tres(std::string_view tres, const std::map<std::string, double>& stated);

/// The same of a list of generic resources as Slurm before 20.11 writes it: "gpu:4", "gpu:tesla:2,gpu:kepler:1".
[[nodiscard]] std::optional<SlurmGpus> gpus_in_gres(std::string_view gres, const std::map<std::string, double>& stated);

}  // namespace gigasim::workload
