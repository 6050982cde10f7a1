#include <algorithm>
#include <array>

#include "gigasim/report/explain.hpp"
#include "gigasim/units/text.hpp"
#include "job_story.hpp"
#include "result_file.hpp"

namespace gigasim::report {
namespace {

/// Columns that hold text even where it looks like a number.
constexpr std::array<std::string_view, 11> kTextColumns{"job_id",         "stream",    "access_class",  "labels",
                                                        "origin",         "site",      "partition",     "outcome",
                                                        "refusal_reason", "next_site", "next_partition"};

Json field_json(const std::string& column, const std::string& field) {
  if (field.empty()) return nullptr;
  const bool text = std::find(kTextColumns.begin(), kTextColumns.end(), column) != kTextColumns.end();
  const auto number = text ? std::nullopt : units::parse_number(field);
  return number ? json_number(*number, true) : Json(field);
}

}  // namespace

std::string explain_json(const std::filesystem::path& result, std::string_view job) {
  const JobStory story = read_job_story(result, job);
  Json json;
  json["job"] = Json::object();
  for (const auto& [column, field] : story.row) json["job"][column] = field_json(column, field);
  json["broker"] = string_at(story.results, "brokering.broker");
  json["partitions"] = Json::object();
  for (const auto& [verdict, partitions] : story.verdicts) json["partitions"][verdict] = partitions;
  json["sentences"] = sentences_of(story);
  return json_text(json);
}

}  // namespace gigasim::report
