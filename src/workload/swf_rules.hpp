#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "gigasim/workload/source.hpp"
#include "swf_parse.hpp"

/// What the records of a log in the Standard Workload Format mean (docs/models/workload.md).
namespace gigasim::workload {

/// The account of a log that was read, before any job is taken.
[[nodiscard]] ImportReport report_on_swf(SwfLog& log, const std::string& file, std::string digest);

/// Makes dates relative to the earliest submit time, which the report then states as the log's start, and settles which
/// lines are of no use: those that could not be read, and those of jobs submitted more than 100 years after the log
/// begins. Tells whether the submit times were dates.
bool settle_records(SwfLog& log, ImportReport& report);

/// Job numbers that have a line for the whole job beside lines for its parts, sorted.
[[nodiscard]] std::vector<std::int64_t> summarised_jobs(const std::vector<SwfRecord>& records);

/// Why a record is no job; empty when it is one.
[[nodiscard]] std::string_view reason_to_drop(const SwfRecord& record, const std::vector<std::int64_t>& summarised);

[[nodiscard]] Ending ending_of(const SwfRecord& record);

}  // namespace gigasim::workload
