#include "job_story.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <stdexcept>

#include "gigasim/units/input_file.hpp"
#include "gigasim/units/text.hpp"
#include "result_file.hpp"

namespace gigasim::report {
namespace {

namespace fs = std::filesystem;

std::ifstream opened(const fs::path& file) {
  const std::string why = units::why_not_a_file(file);
  if (!why.empty() && why != "file not found") fail_reading(file, why);
  std::ifstream in{file, std::ios::binary};
  if (!in) fail_reading(file, "no such file: the result folder is of an earlier gigasim, or not whole");
  return in;
}

[[noreturn]] void fail_unknown(const fs::path& file, std::string_view job, const std::vector<std::string>& ids) {
  const auto near = units::nearest(job, ids);
  const std::string hint = near ? fmt::format(" (did you mean \"{}\"?)", *near) : "";
  fail_reading(file, fmt::format("no job \"{}\" among {}{}", job, ids.size(), hint));
}

std::vector<std::pair<std::string, std::string>> read_row(const fs::path& file, std::string_view job) {
  std::ifstream in = opened(file);
  std::string line;
  std::getline(in, line);
  const std::vector<std::string> columns = csv_fields(line);
  if (columns.empty() || columns.front() != "job_id") fail_reading(file, "not the jobs of a gigasim result");
  std::vector<std::string> ids;
  while (std::getline(in, line)) {
    // The first field alone, as long as it is another job's.
    std::string id = line.starts_with('"') ? csv_fields(line).front() : line.substr(0, line.find(','));
    if (id != job) {
      ids.push_back(std::move(id));
      continue;
    }
    const std::vector<std::string> fields = csv_fields(line);
    if (fields.size() != columns.size()) fail_reading(file, fmt::format("the row of job {} is cut off", job));
    std::vector<std::pair<std::string, std::string>> row;
    for (std::size_t i = 0; i < columns.size(); ++i) row.emplace_back(columns[i], fields[i]);
    return row;
  }
  fail_unknown(file, job, ids);
}

std::vector<std::string> split_list(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = text.find(';');
    parts.emplace_back(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
  }
  return parts;
}

std::vector<std::pair<std::string, std::vector<std::string>>> read_verdicts(const fs::path& file,
                                                                            const std::string& decision) {
  std::ifstream in = opened(file);
  std::vector<std::pair<std::string, std::vector<std::string>>> verdicts;
  for (std::string line; std::getline(in, line);) {
    const std::vector<std::string> fields = csv_fields(line);
    if (fields.size() == 3 && fields[0] == decision) verdicts.emplace_back(fields[1], split_list(fields[2]));
  }
  return verdicts;
}

}  // namespace

std::vector<std::string> csv_fields(std::string_view line) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"') {
      fields.back() += '"';
      ++i;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      fields.emplace_back();
    } else {
      fields.back() += c;
    }
  }
  return fields;
}

const std::string& JobStory::field(std::string_view column) const {
  static const std::string kNothing;
  const auto found = std::find_if(row.begin(), row.end(), [&](const auto& cell) { return cell.first == column; });
  return found == row.end() ? kNothing : found->second;
}

std::optional<double> JobStory::number(std::string_view column) const {
  return units::parse_number(field(column));
}

const Json* JobStory::needs() const {
  for (const Json& stream : list_at(results, "brokering.streams")) {
    if (string_at(stream, "stream") == field("stream")) return &stream;
  }
  return nullptr;
}

double JobStory::speed() const {
  std::string accelerator;
  for (const Json& site : list_at(results, "platform.sites")) {
    if (string_at(site, "name") != field("site")) continue;
    for (const Json& partition : list_at(site, "partitions")) {
      if (string_at(partition, "name") == field("partition")) accelerator = string_at(partition, "accelerator");
    }
  }
  const Json* asked = needs();
  if (asked == nullptr) return 1.0;
  for (const Json& one : list_at(*asked, "accelerators")) {
    if (string_at(one, "id") == accelerator) return number_at(one, "speed").value_or(1.0);
  }
  return 1.0;
}

JobStory read_job_story(const fs::path& result, std::string_view job) {
  const fs::path file = results_file(result);
  JobStory story;
  story.results = read_results(file);
  const auto start = units::parse_date(string_at(story.results, "period.start"));
  if (!start) fail_reading(file, "has no period.start");
  story.start = start->best;
  story.row = read_row(file.parent_path() / "jobs.csv", job);
  if (const std::string& decision = story.field("decision"); !decision.empty()) {
    story.verdicts = read_verdicts(file.parent_path() / "decisions.csv", decision);
  }
  return story;
}

}  // namespace gigasim::report
