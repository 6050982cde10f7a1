#pragma once

#include "result_file.hpp"
#include "sections.hpp"

namespace gigasim::report {

/// What the jobs that are given as work did; nothing in a scenario without such jobs.
[[nodiscard]] Section ai_section(const metrics::Results& results);
/// The same work as the model predicts it, by stream and size.
[[nodiscard]] Json ai_work_json(const scenario::Scenario& scenario);

}  // namespace gigasim::report
