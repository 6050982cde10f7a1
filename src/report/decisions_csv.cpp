#include "decisions_csv.hpp"

#include <cstddef>
#include <vector>

#include "csv_text.hpp"

namespace gigasim::report {
namespace {

/// "site/partition" of every partition, in the order of the scenario.
std::vector<std::string> partition_names(const scenario::Scenario& scenario) {
  std::vector<std::string> names;
  for (const scenario::Site& site : scenario.sites) {
    for (const scenario::Partition& partition : site.partitions) names.push_back(site.name + "/" + partition.name);
  }
  return names;
}

/// The partitions of which one verdict holds, joined with ";".
std::string joined(const std::vector<metrics::Exclusion>& exclusions, metrics::Exclusion verdict,
                   const std::vector<std::string>& names) {
  std::string places;
  for (std::size_t i = 0; i < exclusions.size() && i < names.size(); ++i) {
    if (exclusions[i] != verdict) continue;
    if (!places.empty()) places += ';';
    places += names[i];
  }
  return places;
}

}  // namespace

std::string decisions_csv(const metrics::Results& results) {
  const std::vector<std::string> names = partition_names(results.scenario);
  std::string out = "decision,verdict,partitions\n";
  for (std::size_t number = 0; number < results.exclusions.size(); ++number) {
    for (std::size_t v = 0; v < metrics::kExclusionWords.size(); ++v) {
      const std::string places = joined(results.exclusions[number], static_cast<metrics::Exclusion>(v), names);
      if (places.empty()) continue;
      csv::append_integer(out, static_cast<std::int64_t>(number));
      out.append(",").append(metrics::kExclusionWords[v]).append(",");
      csv::append_text(out, places);
      out += '\n';
    }
  }
  return out;
}

std::string decision_header() {
  return ",decision,why,brokered_time_s,expected_start_time_s,score,next_site,next_partition,next_score,moves";
}

void append_decision(std::string& out, const metrics::JobRecord& job, const scenario::Scenario& scenario) {
  const metrics::Decision& decision = job.decision;
  if (decision.exclusions < 0) {
    out += ",,,,,,,,,";
    return;
  }
  out += ',';
  csv::append_integer(out, decision.exclusions);
  out.append(",").append(metrics::why_word(decision.why)).append(",");
  if (decision.at && *decision.at != job.submit) csv::append_seconds(out, *decision.at);
  out += ',';
  if (decision.expected_start) csv::append_seconds(out, *decision.expected_start);
  out += ',';
  if (decision.score) csv::append_number(out, *decision.score);
  out += ',';
  if (decision.next.site >= 0) {
    const scenario::Site& site = scenario.sites.at(static_cast<std::size_t>(decision.next.site));
    csv::append_text(out, site.name);
    out += ',';
    csv::append_text(out, site.partitions.at(static_cast<std::size_t>(decision.next.partition)).name);
  } else {
    out += ',';
  }
  out += ',';
  if (decision.next_score) csv::append_number(out, *decision.next_score);
  out += ',';
  if (job.moves > 0) csv::append_integer(out, job.moves);
}

}  // namespace gigasim::report
