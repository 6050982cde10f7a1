#include <fmt/format.h>

#include <cmath>
#include <utility>

#include "converters.hpp"
#include "neutral_log.hpp"
#include "swf_parse.hpp"
#include "swf_rules.hpp"

namespace gigasim::workload {
namespace {

std::string name_of_label(std::int64_t label) {
  return label < 0 ? "" : fmt::format("{}", label);
}

std::string_view swf_outcome(const SwfRecord& record) {
  if (record.status < 0) return "";
  const Ending ending = ending_of(record);
  if (ending == Ending::kFailed) return kFailed;
  return ending == Ending::kCancelled ? kCancelled : kCompleted;
}

}  // namespace

NeutralTable convert_swf(const ForeignLog& log) {
  SwfLog swf = parse_swf(log.content.text, log.file, log.options.strict);
  NeutralLog neutral{"swf", log.file, log.content.digest};
  neutral.report() = report_on_swf(swf, log.file, log.content.digest);
  const double factor = stated_factor(log, neutral.report());
  const bool dates = settle_records(swf, neutral.report());
  const std::vector<std::int64_t> summarised = summarised_jobs(swf.records);
  for (const SwfRecord& record : swf.records) {
    if (const std::string_view reason = reason_to_drop(record, summarised); !reason.empty()) {
      neutral.drop(reason);
      continue;
    }
    if (record.padded) neutral.repaired("fewer than 18 fields, padded with -1");
    if (dates) neutral.repaired("date as submit time, made relative");
    NeutralJob job;
    job.id = fmt::format("{}", record.number);
    job.submit = record.submit;
    job.accelerators = whole_accelerators(record.processors * factor, neutral);
    job.runtime = record.runtime;
    job.wait = record.wait;
    if (record.walltime > 0.0) job.walltime = record.walltime;
    job.job_class = name_of_label(record.queue);
    job.user = name_of_label(record.user);
    job.project = name_of_label(record.group);
    job.outcome = swf_outcome(record);
    neutral.keep(std::move(job));
  }
  return neutral.finish(swf.errors.messages());
}

}  // namespace gigasim::workload
