#pragma once

#include "converters.hpp"

namespace gigasim::workload {

/// What `sacct --json` writes: an object with the list "jobs", read job by job. Members may be numbers or, from
/// data_parser v0.0.39 on, objects {set, infinite, number}. Throws scenario::ScenarioError for what is no such file.
[[nodiscard]] NeutralTable convert_sacct_json(const ForeignLog& log);

}  // namespace gigasim::workload
