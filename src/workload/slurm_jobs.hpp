#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

#include "neutral_log.hpp"
#include "slurm_gpus.hpp"

namespace gigasim::workload {

inline constexpr double kSecondsOfMinute = 60.0;  // Slurm gives limits in minutes, all other times in seconds

/// What a word of the column State means.
struct SlurmState {
  std::string_view word, outcome;
  std::string_view dropped;  ///< why such a job is none of ours; empty: it is
};

/// "CANCELLED by 1000" and "CANCELLED+" are CANCELLED; null for a word that is no state.
[[nodiscard]] const SlurmState* slurm_state(std::string_view cell);

/// A record of Slurm's accounting, as a table or as JSON; times in seconds, dates since 1970.
struct SlurmRecord {
  std::string id;         ///< as the job is called in the table
  std::string listed_id;  ///< it may hold a range of array tasks
  std::string user, account, cluster, job_class;
  const SlurmState* state = nullptr;
  std::optional<double> submit, eligible, start, elapsed, limit;
  bool started = false;  ///< there is a start, and it is not the end
  SlurmGpus gpus;
  std::optional<std::int64_t> nodes, cpus;
};

/// Turns records into jobs by the rules of docs/import.md.
class SlurmJobs {
 public:
  SlurmJobs(const ImportOptions& options, NeutralLog& log) : options_(options), log_(log) {}

  /// A record that could be read: kept, dropped, merged with one that was there before, or several jobs.
  void take(const SlurmRecord& record);

 private:
  [[nodiscard]] std::optional<double> submit_time(const SlurmRecord& record);
  [[nodiscard]] double accelerators_of(const SlurmRecord& record);
  void keep(const SlurmRecord& record, const std::string& id, double submit, double accelerators);

  const ImportOptions& options_;
  NeutralLog& log_;
  std::unordered_set<std::string> ids_;
};

}  // namespace gigasim::workload
