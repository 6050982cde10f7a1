#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gigasim/units/calendar.hpp"
#include "results_json.hpp"

namespace gigasim::report {

/// One job as read back from a result folder.
struct JobStory {  // NOLINT(bugprone-exception-escape): that of nlohmann's own checks, which do not throw
  std::vector<std::pair<std::string, std::string>> row;  ///< of jobs.csv: column and field
  /// What the broker met, in the order of the filters: verdict and partitions ("site/partition"). "able" comes first.
  std::vector<std::pair<std::string, std::vector<std::string>>> verdicts;
  Json results;  ///< results.json
  units::UtcTime start;

  [[nodiscard]] const std::string& field(std::string_view column) const;  ///< empty when there is none
  [[nodiscard]] std::optional<double> number(std::string_view column) const;
  /// What its stream asks for: an object of brokering.streams; null when it is not known.
  [[nodiscard]] const Json* needs() const;
  /// How fast it runs where it was sent.
  [[nodiscard]] double speed() const;
};

/// Reads what a folder knows of a job. Throws std::runtime_error with one clear line.
[[nodiscard]] JobStory read_job_story(const std::filesystem::path& result, std::string_view job);

/// The sentences that tell the story, one a line; the lists in them are indented.
[[nodiscard]] std::vector<std::string> sentences_of(const JobStory& story);

/// Splits one line of a CSV file: fields may be quoted, and hold no line breaks.
[[nodiscard]] std::vector<std::string> csv_fields(std::string_view line);

}  // namespace gigasim::report
