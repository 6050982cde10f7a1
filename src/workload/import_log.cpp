#include "import_log.hpp"

#include <fmt/format.h>

#include <utility>

#include "gigasim/scenario/load.hpp"
#include "jobs_import.hpp"

namespace gigasim::workload {

ImportedLog import_log(const scenario::Trace& trace, const ImportRules& rules) {
  if (trace.format != "swf" && trace.format != "jobs" && trace.format != "auto") {
    throw scenario::ScenarioError{
        {fmt::format(R"({}: unknown log format "{}", expected "swf" or "jobs")", trace.file, trace.format)}};
  }
  LogFile file = read_log_file(trace.file);
  const bool neutral = trace.format == "jobs" || (trace.format == "auto" && is_neutral(file.text));
  return neutral ? take_neutral(std::move(file), trace, rules) : take_swf(std::move(file), trace, rules);
}

}  // namespace gigasim::workload
