#pragma once

#include <string>

#include "gigasim/report/report.hpp"
#include "gigasim/workload/source.hpp"

namespace gigasim::report {

/// What became of the jobs of a log: lines read, kept, dropped and repaired by reason. As a table or as JSON.
[[nodiscard]] std::string import_report(const workload::ImportReport& report, Format format);

}  // namespace gigasim::report
