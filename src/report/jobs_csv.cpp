#include "jobs_csv.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

#include "csv_text.hpp"
#include "decisions_csv.hpp"
#include "gigasim/metrics/work.hpp"

namespace gigasim::report {
namespace {

constexpr std::string_view kHeader =
    "job_id,stream,access_class,labels,origin,site,partition,accelerators,pods,submit_time_s,start_time_s,end_time_s,"
    "queue_time_s,runtime_s,walltime_s,outcome,refusal_reason";
/// In scenarios that may stop jobs.
constexpr std::string_view kStopsHeader = ",preemptions,interruptions";
/// In scenarios with jobs that are given as work.
constexpr std::string_view kWorkHeader = ",ai_model,task,tokens";

std::string_view outcome_word(const metrics::JobRecord& job) {
  switch (job.outcome) {
    case metrics::Outcome::kQueued:
      return "queued";
    case metrics::Outcome::kRunning:
      return "running";
    case metrics::Outcome::kKilled:
      return "killed";
    case metrics::Outcome::kRefused:
      return "refused";
    case metrics::Outcome::kLeft:
      return "left";
    case metrics::Outcome::kFinished:
      break;
  }
  switch (job.ending) {
    case workload::Ending::kFailed:
      return "failed";
    case workload::Ending::kCancelled:
      return "cancelled";
    case workload::Ending::kCompleted:
      break;
  }
  return "completed";
}

std::string labels_text(const scenario::Stream& stream) {
  std::string text;
  for (const auto& [key, value] : stream.labels) {
    if (!text.empty()) text += ';';
    text.append(key).append("=").append(value);
  }
  return text;
}

/// What all jobs of a stream share: the text before and after the job's number.
struct StreamText {
  std::string before, after;
};

StreamText stream_text(const scenario::Stream& stream, bool own_numbers) {
  StreamText text;
  if (!own_numbers) {
    csv::append_text(text.before, stream.name + "-");
    if (text.before.front() == '"') {  // the quote closes behind the number
      text.before.pop_back();
      text.after += '"';
    }
  }
  for (const std::string& field : {stream.name, stream.access_class, labels_text(stream)}) {
    text.after += ',';
    csv::append_text(text.after, field);
  }
  text.after += ',';
  return text;
}

std::vector<StreamText> stream_texts(const std::vector<scenario::Stream>& streams) {
  const auto traces = std::count_if(streams.begin(), streams.end(), [](const auto& s) { return s.trace.has_value(); });
  std::vector<StreamText> texts;
  texts.reserve(streams.size());
  for (const scenario::Stream& stream : streams) {
    texts.push_back(stream_text(stream, traces == 1 && stream.trace.has_value()));
  }
  return texts;
}

/// "site,partition," for every partition, and last "site,," for a job that has no partition yet.
std::vector<std::string> place_texts(const scenario::Site& site) {
  std::string name;
  csv::append_text(name, site.name);
  name += ',';
  std::vector<std::string> texts;
  for (const scenario::Partition& partition : site.partitions) {
    csv::append_text(texts.emplace_back(name), partition.name);
    texts.back() += ',';
  }
  texts.push_back(name + ',');
  return texts;
}

template <class T>
const T* at(const std::vector<T>& list, std::int32_t index) {
  return index >= 0 && static_cast<std::size_t>(index) < list.size() ? &list[static_cast<std::size_t>(index)] : nullptr;
}

bool has_work(const scenario::Scenario& scenario) {
  const auto& streams = scenario.workload.streams;
  return std::any_of(streams.begin(), streams.end(), [](const auto& stream) { return stream.work.has_value(); });
}

class JobRows {
 public:
  explicit JobRows(const metrics::Results& results)
      : scenario_(results.scenario),
        origins_(results.origins_of_jobs),
        refusal_reasons_(results.refusal_reasons),
        end_(results.results_end),
        with_stops_(may_stop_jobs(results.scenario)),
        with_work_(has_work(results.scenario)) {
    streams_ = stream_texts(results.scenario.workload.streams);
    for (const scenario::Site& site : results.scenario.sites) places_.push_back(place_texts(site));
  }

  void append(std::string& out, const metrics::JobRecord& job) const {
    append_identity(out, job);
    append_place(out, job.place);
    csv::append_integer(out, job.accelerators);
    out += ',';
    if (job.pods > 0) csv::append_integer(out, job.pods);
    out += ',';
    append_times(out, job);
    out += outcome_word(job);
    out += ',';
    if (const std::string* reason = at(refusal_reasons_, job.refusal)) csv::append_text(out, *reason);
    append_decision(out, job, scenario_);
    if (with_stops_) {
      out += ',';
      csv::append_integer(out, job.preemptions);
      out += ',';
      csv::append_integer(out, job.interruptions);
    }
    if (with_work_) append_work(out, job);
    out += '\n';
  }

  void append(std::string& out, const metrics::JobRecord& job, const metrics::StoppedRun& run) const {
    append_identity(out, job);
    append_place(out, run.place);
    csv::append_integer(out, run.accelerators);
    out += ',';
    csv::append_seconds(out, run.start);
    out += ',';
    csv::append_seconds(out, run.end);
    out += run.by == metrics::StoppedBy::kPreemption ? ",preemption\n" : ",failure\n";
  }

 private:
  void append_identity(std::string& out, const metrics::JobRecord& job) const {
    const StreamText* stream = at(streams_, job.stream);
    if (stream != nullptr) out += stream->before;
    csv::append_integer(out, job.number);
    out += stream != nullptr ? std::string_view{stream->after} : std::string_view{",,,,"};
    if (const std::string* origin = at(origins_, job.origin)) csv::append_text(out, *origin);
    out += ',';
  }

  void append_place(std::string& out, metrics::Place place) const {
    const std::vector<std::string>* texts = at(places_, place.site);
    if (texts == nullptr) {
      out += ",,";
      return;
    }
    const std::string* text = at(*texts, place.partition);
    out += text != nullptr ? *text : texts->back();
  }

  void append_work(std::string& out, const metrics::JobRecord& job) const {
    const auto& work = scenario_.workload.streams[static_cast<std::size_t>(job.stream)].work;
    if (!work || !work->task) {
      out += ",,,";
      return;
    }
    out += ',';
    csv::append_text(out, work->ai_model);
    out.append(",").append(models::ai_task_word(*work->task)).append(",");
    csv::append_number(out, metrics::work_kept(job, scenario_, end_));
  }

  static void append_times(std::string& out, const metrics::JobRecord& job) {
    csv::append_seconds(out, job.submit);
    out += ',';
    if (job.start) csv::append_seconds(out, *job.start);
    out += ',';
    if (job.end) csv::append_seconds(out, *job.end);
    out += ',';
    if (job.start) csv::append_seconds(out, *job.start - job.submit);
    out += ',';
    if (job.start && job.end) csv::append_seconds(out, job.ran_before + (*job.end - job.resumed));
    out += ',';
    csv::append_seconds(out, job.walltime);
    out += ',';
  }

  const scenario::Scenario& scenario_;
  const std::vector<std::string>& origins_;
  const std::vector<std::string>& refusal_reasons_;
  units::Seconds end_;
  bool with_stops_, with_work_;
  std::vector<StreamText> streams_;
  std::vector<std::vector<std::string>> places_;
};

}  // namespace

bool may_stop_jobs(const scenario::Scenario& scenario) {
  return !scenario.scheduling.preemption.empty() || scenario.failures.has_value();
}

std::string stopped_runs_csv(const metrics::Results& results) {
  const JobRows rows{results};
  std::string out =
      "job_id,stream,access_class,labels,origin,site,partition,accelerators,start_time_s,end_time_s,stopped_by\n";
  for (const metrics::StoppedRun& run : results.stopped_runs) {
    rows.append(out, results.jobs[static_cast<std::size_t>(run.job)], run);
  }
  return out;
}

void write_jobs_csv(const metrics::Results& results, const TextSink& sink) {
  constexpr std::size_t kPiece = 1U << 20U;
  const JobRows rows{results};
  std::string out;
  out.reserve(kPiece + kPiece / 4);
  out.append(kHeader).append(decision_header());
  if (may_stop_jobs(results.scenario)) out += kStopsHeader;
  if (has_work(results.scenario)) out += kWorkHeader;
  out += '\n';
  for (const metrics::JobRecord& job : results.jobs) {
    rows.append(out, job);
    if (out.size() < kPiece) continue;
    sink(out);
    out.clear();
  }
  sink(out);
}

std::string jobs_csv(const metrics::Results& results) {
  std::string out;
  write_jobs_csv(results, [&out](std::string_view piece) { out += piece; });
  return out;
}

}  // namespace gigasim::report
