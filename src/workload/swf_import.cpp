#include "swf_import.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "job_intake.hpp"
#include "swf_parse.hpp"
#include "swf_rules.hpp"

namespace gigasim::workload {

ImportedLog take_swf(LogFile file, const scenario::Trace& trace, const ImportRules& rules) {
  SwfLog log = parse_swf(file.text, name_of_log(trace.file), trace.strict);
  JobIntake intake{rules, report_on_swf(log, name_of_log(trace.file), std::move(file.digest))};
  const bool dates = settle_records(log, intake.report());
  const std::vector<std::int64_t> summarised = summarised_jobs(log.records);
  intake.reserve(log.records.size());
  using Numbers = std::unordered_map<std::int64_t, std::int32_t>;  // by label; looked up only, never iterated
  Numbers users;
  Numbers groups;
  const auto number_of = [](std::int64_t label, Numbers& numbers) {
    if (label < 0) return -1;
    return numbers.try_emplace(label, static_cast<std::int32_t>(numbers.size())).first->second;
  };
  for (const SwfRecord& record : log.records) {
    const LoggedJob logged{record.number,
                           record.submit,
                           record.runtime,
                           record.walltime,
                           record.processors * trace.accelerators_per_processor,
                           ending_of(record)};
    std::string_view reason = reason_to_drop(record, summarised);
    if (reason.empty()) reason = intake.reason_to_drop(logged);
    if (!reason.empty()) {
      intake.drop(reason);
      continue;
    }
    Job& job = intake.take(logged);
    job.user = number_of(record.user, users);
    job.account = number_of(record.group, groups);
    intake.waited(record.wait, record.runtime);
    if (record.padded) intake.repaired("fewer than 18 fields, padded with -1");
    if (dates) intake.repaired("date as submit time, made relative");
  }
  return intake.finish(log.errors.messages());
}

ImportRules import_rules(const scenario::Scenario& scenario, std::size_t stream) {
  ImportRules rules;
  rules.stream = static_cast<std::int32_t>(stream);
  for (const scenario::Site& site : scenario.sites) {
    for (const scenario::Partition& partition : site.partitions) {
      rules.largest_partition = std::max(rules.largest_partition, partition.count);
    }
  }
  rules.extend_walltime = scenario.scheduling.overrun == scenario::Overrun::kExtend;
  if (!scenario.period.until_drained) rules.period = scenario.period.warm_up + scenario.period.length;
  return rules;
}

ImportedLog import_swf(const scenario::Trace& trace, const ImportRules& rules) {
  return take_swf(read_log_file(trace.file), trace, rules);
}

}  // namespace gigasim::workload
