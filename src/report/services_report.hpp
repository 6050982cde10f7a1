#pragma once

#include <string>

#include "result_file.hpp"
#include "sections.hpp"

/// What inference services did, for files and for people.
namespace gigasim::report {

/// services.csv: a row for each service, for each of its sites and origins, and for both together.
[[nodiscard]] std::string services_csv(const metrics::Results& results);
/// The array `services` of results.json: each service with its sites and origins.
[[nodiscard]] Json services_json(const metrics::Results& results);
/// Writes a time of requests: "162 ms", "41.3 s".
[[nodiscard]] std::string request_time_text(double seconds);
/// Empty without services.
[[nodiscard]] Section services_section(const metrics::Results& results);

}  // namespace gigasim::report
